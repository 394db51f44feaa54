"""Reports of the diagnostics: what their tables are, and what stands beside them."""

from django.urls import reverse

from accounts.roles import Role
from surveys.needs import heat_map, needs_of, needs_table
from surveys.note import Contents, paper_of
from surveys.tables.growth import growth as growth_tables


def needs(scope):
    found = needs_of(scope.year, scope.on)
    return [(needs_table(found), {"svg": heat_map(found), "sides": []})] if found else []


def growth(scope):
    return growth_tables(scope.period)


def note(scope):
    return whole_note(scope)[0]


def whole_note(scope):
    """(tables, the last one its appendix; the words, which on paper stand around them)."""
    paper = paper_of(Contents.of(scope.year, scope.on), scope.user)
    edit = f"{reverse('analysis_note')}?year={scope.year.first_year}" if scope.user.has_role(Role.CURATOR) else ""
    parts = [(table, None) for table in [*paper["tables"], paper["people"]]]
    return parts, paper | {"edit_url": edit}
