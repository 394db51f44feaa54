"""Consents as tables: how many, and who has given what."""

from django.utils.translation import gettext as _

from pairs import consents
from papers.table import Column, Table


def numbers(people):
    """One row for each kind; `people` know their states, see `consents.with_states`."""
    states = list(consents.State)
    columns = [
        Column(_("Consent"), width=24),
        Column(_("Asked of"), "int", width=12),
        *(Column(str(state.label), "int", width=14) for state in states),
    ]
    rows = [
        (str(number.short), number.asked, *(number.of[state] for state in states)) for number in consents.counts(people)
    ]
    return Table(
        _("Consents of the participants"), columns, rows, note=_("Publication is free: nobody is reminded of it.")
    )


def people(found):
    """A row for each person, a column for each kind: the state with its day."""
    columns = [
        Column(_("Full name"), width=32),
        *(Column(str(consents.SHORT[kind]), width=22) for kind in consents.KINDS),
    ]
    rows = [
        (person.full_name, *(words(consents.line_of(person, kind)) for kind in consents.KINDS))
        for person in consents.with_consents(found).order_by("sort_key", "pk")
    ]
    return Table(_("Who has given what"), columns, rows)


def words(line):
    """«Дано 02.09.2026, версия 1»; a dash where it is not asked."""
    if not line.state:
        return "—"
    if line.consent is None:
        return str(line.label)
    day = line.consent.withdrawn_on if line.state == consents.State.WITHDRAWN else line.consent.given_on
    return ", ".join(filter(None, (f"{line.label} {day:%d.%m.%Y}", str(line.consent.version))))
