from dataclasses import replace

from django import template

register = template.Library()


@register.inclusion_tag("papers/table_page.html")
def table_page(table, limit=None):
    """The table on a page: wide on a screen, a card per row on a phone. With a limit its first rows, and how many more."""
    rows = list(table.rows) if limit else table.rows
    if not limit or len(rows) <= limit:
        return {"table": replace(table, rows=rows)}
    return {"table": replace(table, rows=rows[:limit]), "limit": limit, "count": len(rows)}
