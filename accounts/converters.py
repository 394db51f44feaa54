"""`<id:pk>` in a URL: a number that fits a database key, so that a huge one is 404 and not an error."""


class IdConverter:
    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)
