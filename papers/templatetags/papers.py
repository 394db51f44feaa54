from django import template

register = template.Library()


@register.inclusion_tag("papers/table_page.html")
def table_page(table):
    """The table on a page: wide on a screen, a card per row on a phone."""
    return {"table": table}
