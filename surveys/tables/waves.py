"""Diagnostics of a period as tables: who answered, and the means of the competences."""

from collections import defaultdict
from statistics import fmean

from django.db.models import Avg, Exists, Q
from django.utils.translation import gettext as _

from accounts.models import Participation
from pairs.audience import SIDES
from pairs.models import participants_of
from papers.chart import bars
from papers.table import Column, Table
from surveys.models import Answer, Response

ENOUGH = 3  # fewer answers would show what one person wrote
WEAK, STRONG, HIGHEST = 2.8, 4.0, 5


def answered(period, user, on):
    """Table of everybody who is asked in this period, and of who has answered besides, with the day of their answer."""
    done = {
        response.participation_id: response
        for response in Response.objects.submitted().filter(wave__period=period, wave__year__school_id=user.school_id)
    }
    people = list(asked(period, on).select_related("person"))
    came = sum(part.pk in done for part in people)
    others = Participation.objects.filter(pk__in=done).exclude(pk__in=[part.pk for part in people])
    rows = [
        (part.person.full_name, part.get_side_display(), *day_and_paper(done.get(part.pk)))
        for part in sorted(
            [*people, *others.select_related("person")], key=lambda part: (part.side, part.person.sort_key)
        )
    ]
    columns = [
        Column(_("Participant"), width=36),
        Column(_("Role in the year"), width=16),
        Column(_("Answered on"), "date", width=16),
        Column(_("From paper"), "bool", width=12),
    ]
    return Table(_("Who has answered"), columns, rows, note=answered_note(came, len(people)))


def asked(period, on):
    """Participants of the sides that have a wave in the period, at its close or on `on` if that is earlier (3.2)."""
    people = participants_of(period.year, min(period.closes_on, on))
    feeding = period.waves.feeding()
    told = Q(Exists(feeding.exclude(audience__in=SIDES)))
    for audience, side in SIDES.items():
        told |= Q(Exists(feeding.filter(audience=audience)), side=side)
    return people.filter(told)


def answered_note(came, everybody):
    if not everybody:
        return _("Nobody is asked in this period.")
    share = round(100 * came / everybody)
    return _("Answered: %(done)s of %(all)s (%(share)s %%).") % {"done": came, "all": everybody, "share": share}


def day_and_paper(response):
    return (response.submitted_on, response.from_paper or None) if response else (None, None)


def means(period, user):
    """Table of competences: per side how many answered, the mean of their means, how many are weak and strong.

    A person's competence is the mean of its statements (1 to 5); under 3 answers nothing is shown but their number.
    """
    found = defaultdict(list)
    for name, side, mean in person_means(period, user):
        found[name, side].append(mean)
    sides = dict(Participation.Side.choices)
    rows = [(name, sides[side], len(each), *figures(each)) for (name, side), each in found.items()]
    columns = [
        Column(_("Competence"), width=44),
        Column(_("Role in the year"), width=16),
        Column(_("Answers"), "int", width=10),
        Column(_("Mean"), "number", width=12),
        Column(_("Weak (up to 2.8)"), "int", width=12),
        Column(_("Strong (from 4)"), "int", width=12),
    ]
    note = _("Mean of the participants' own means, scale 1 to 5; shown from %(enough)s answers on.") % {
        "enough": ENOUGH
    }
    return Table(_("Competence means"), columns, rows, note=note)


def person_means(period, user):
    """(competence, side, mean) per person who has submitted, in the order of the school's list; one query."""
    answers = Answer.objects.filter(
        year=period.year,
        period=period,
        competence__school_id=user.school_id,
        score__isnull=False,
        response__submitted_on__isnull=False,
    )
    keys = ("competence__position", "competence__name", "response__participation__side", "response_id")
    found = answers.values_list(*keys).annotate(mean=Avg("score")).order_by(*keys)
    return [(name, side, float(mean)) for _position, name, side, _response, mean in found]


def figures(values):
    if len(values) < ENOUGH:
        return (_("too few answers"), None, None)
    weak, strong = sum(value <= WEAK for value in values), sum(value >= STRONG for value in values)
    return (round(fmean(values), 2), weak, strong)


def means_chart(table):
    """The table of `means` as bars, one group per competence: {"svg", "sides"}; None when there is none."""
    means = {(row[0], row[1]): row[3] for row in table.rows if not isinstance(row[3], str)}
    if not means:
        return None
    sides = list(dict.fromkeys(side for _name, side in means))
    names = dict.fromkeys(name for name, _side in means)
    rows = [(name, *(means.get((name, side)) for side in sides)) for name in names]
    return {"svg": bars(rows, table.title, top=HIGHEST), "sides": sides}
