"""Reports of the diagnostics: what their tables are, and what stands beside them."""

from django.urls import reverse

from accounts.roles import Role
from surveys.needs import heat_map, needs_of, needs_table
from surveys.note import Contents, paper_of, people_table
from surveys.tables.growth import growth as growth_tables


def needs(scope):
    found = needs_of(scope.year, scope.on)
    return [(needs_table(scope.year, scope.on, found), {"svg": heat_map(found), "sides": []})] if found else []


def growth(scope):
    return growth_tables(scope.period)


def note(scope):
    """The tables of the note, the last one its appendix."""
    return [(table, None) for table in [*contents(scope).tables(), people_table(scope.year, scope.on)]]


def contents(scope):
    return Contents.of(scope.year, scope.on)


def of_note(scope):
    """What the note says in words; on paper the tables stand among them."""
    found = contents(scope)
    edit = reverse("analysis_note") if scope.user.has_role(Role.CURATOR) else ""
    return paper_of(found, scope.user) | {"edit_url": f"{edit}?year={scope.year.first_year}" if edit else ""}
