"""What every list does alike: pages and sorting."""

from django.core.paginator import Paginator

PER_PAGE = 50


def page_of(request, rows, per=PER_PAGE, count=None):
    """The asked page (`?page=`) of a queryset or list; a page that is not there becomes the nearest one.

    `count`: the number of rows where the page has counted them already; saves a query.
    """
    paginator = Paginator(rows, per)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))


def sort_of(request, choices, default):
    """The `?sort=` key if it is one of `choices` (key -> order_by fields), else the default's; `-key` reverses."""
    asked = request.GET.get("sort", default)
    key = asked.removeprefix("-")
    fields = choices.get(key) or choices[default.removeprefix("-")]
    if not asked.startswith("-"):
        return fields
    return tuple(field[1:] if field.startswith("-") else f"-{field}" for field in fields)
