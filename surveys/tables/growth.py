"""Growth of the school: the same people at the first stage of the year and at a later one, competence by competence."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from papers.chart import bars
from papers.table import Column, Table
from surveys.means import SIDE_LABELS, moved_of
from surveys.models import ENOUGH, Wave

HIGHEST = 5


def stages(period):
    """(waves of the year's first diagnostics, those of the period); the same twice for the first period."""
    waves = list(Wave.objects.filter(year=period.year).feeding().select_related("period").order_by("opens_on"))
    first = [wave for wave in waves if wave.period_id == waves[0].period_id]
    return first, [wave for wave in waves if wave.period_id == period.pk]


def growth(period):
    """[(table of one side, its chart)] from the entry to that period; empty where there is nothing to compare yet."""
    first, last = stages(period) if period else ([], [])
    if not first or not last or first[0].period_id == period.pk:
        return []
    names = first[0].period.name, period.name
    found = moved_of(period.year, first, last)
    sides = dict.fromkeys(row.side for row in found)
    return [part_of(capfirst(SIDE_LABELS[side]), [row for row in found if row.side == side], names) for side in sides]


def part_of(label, rows, names):
    columns = [
        Column(_("Competence"), width=34),
        Column(_("Answered both"), "int", width=12),
        Column(names[0], "number", width=16),
        Column(names[1], "number", width=16),
        Column(_("Change"), "number", width=12),
        Column(_("Grew"), "int", width=10),
        Column(_("Fell"), "int", width=10),
    ]
    note = _("Means of 1 to 5 of the people who answered both times; shown from %(enough)s people on.") % {
        "enough": ENOUGH
    }
    table = Table(label, columns, [(row.name, row.count, *row.figures()) for row in rows], note=note)
    drawn = [(row.name, row.before, row.after) for row in rows if row.before is not None]
    return table, {"svg": bars(drawn, label, top=HIGHEST), "sides": list(names)} if drawn else None
