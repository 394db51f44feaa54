"""What should never be typed, and is; and how a form is filled with it."""

from urllib.parse import quote_from_bytes

from tests.posting import typed

# Each goes into all the words of a form at once.
WORDS = {
    "nul": "а\x00б",
    "half a character": "а\ud800б",
    "emoji": "👩\u200d🏫🏳️\u200d🌈 \u202bтекст",
    "400 digits": "9" * 400,
    "lines": "строка\r\nдругая\r\n\r\nтретья",
    "html": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}{% now 'Y' %}&amp;%(name)s{0}",
    "formula": "=1+1",
    "spaces": " \t\u00a0\u200b",
    "odd digits": "²³٣",
    "last day": "9999-12-31",
}  # fmt: skip
# Each goes into everything that is sent: numbers, days, choices and what the page hides.
VALUES = {
    **{name: WORDS[name] for name in ("nul", "half a character", "400 digits", "odd digits", "last day")},
    "huge number": "9223372036854775808",
    "no number": "-1e999",
    "first day": "0001-01-01",
    "no day": "31.02.2024",
}
KINDS_OF_WORDS = ("text", "textarea", "search", "email")


def sent_as(data):
    """The body of a form as a browser encodes it, half characters included."""
    pairs = [(name, value) for name, values in data.items() for value in listed(values)]
    return "&".join(f"{encoded(name)}={encoded(value)}" for name, value in pairs)


def listed(values):
    return values if isinstance(values, list) else [values]


def encoded(text):
    return quote_from_bytes(str(text).encode("utf-8", "surrogatepass"))


def received(text):
    """The text as the portal reads it."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def words_of(form):
    return [control.name for control in form.controls if control.kind in KINDS_OF_WORDS]


def in_words(form, value):
    """The form with the value in all its words."""
    return typed(form) | {name: [value] for name in words_of(form)}


def in_first_word(form, value):
    return typed(form) | {name: [value] for name in words_of(form)[:1]}


def everywhere(form, value):
    """The form with the value in everything it sends."""
    return {control.name: [value] for control in form.controls if control.kind != "file"}


def plain(text):
    """For comparing what was typed with what is shown or stored: one kind of line end, no space around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
