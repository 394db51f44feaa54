"""Diagnostics as tables: who answered, and the means of the competences."""

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _

from accounts.models import Participation
from pairs.models import Competence
from papers.chart import bars
from papers.table import Column, Table
from surveys.models import ENOUGH, LEAST_NAMELESS, Answer, Question, Receipt, Response, Thresholds, addressed_in

HIGHEST = 5
PERSON = ("side", "person__sort_key", "pk", "person__last_name", "person__first_name", "person__patronymic")


# ---------------------------------------------------------------- who has answered


def answered(period, user, on):
    """Table of everybody whom the period's diagnostics ask, and of who has answered besides, with the day."""
    rows = Response.objects.submitted().filter(wave__period=period, wave__feeds=True, year__school_id=user.school_id)
    done = rows.values_list("participation_id", "submitted_on", "from_paper")
    return answered_table(addressed_in(period, on), {pk: fact for pk, *fact in done})


def answered_of(wave, on):
    """The same of one wave; of a nameless one by the receipts: who, and on which day."""
    if wave.anonymous:
        found = Receipt.objects.filter(wave=wave).values_list("participation_id", "on")
        done = {pk: (day, None) for pk, day in found}
    else:
        found = Response.objects.submitted().filter(wave=wave)
        done = {pk: fact for pk, *fact in found.values_list("participation_id", "submitted_on", "from_paper")}
    return answered_table(wave.asked(on), done)


def answered_table(asked, done):
    """`done`: {participation's key: (day, was it from paper)}. Three queries with that, however many people."""
    people = list(asked.order_by().values_list(*PERSON))
    known = {row[2] for row in people}
    came = len(known & done.keys())
    others = Participation.objects.filter(pk__in=done.keys() - known)
    people += others.values_list(*PERSON)
    sides = dict(Participation.Side.choices)
    rows = [answered_row(sides, done, *row) for row in sorted(people)]
    columns = [
        Column(_("Participant"), width=36),
        Column(_("Role in the year"), width=16),
        Column(_("Answered on"), "date", width=16),
        Column(_("From paper"), "bool", width=12),
    ]
    return Table(_("Who has answered"), columns, rows, note=answered_note(came, len(known)))


def answered_row(sides, done, side, _key, pk, *names):
    day, paper = done.get(pk, (None, None))
    return " ".join(filter(None, names)), sides[side], day, paper or None


def answered_note(came, everybody):
    if not everybody:
        return _("Nobody is asked in this period.")
    share = round(100 * came / everybody)
    return _("Answered: %(done)s of %(all)s (%(share)s %%).") % {"done": came, "all": everybody, "share": share}


# ---------------------------------------------------------------- means of the competences


def means(period, user):
    """Table of the competences in what feeds the period's diagnostics."""
    return means_table(list(period.waves.feeding()), Thresholds.of(user.school))


def means_of(wave):
    """The same of one wave; of a nameless one for all together, for nobody knows of what side an answer is."""
    return means_table([wave], Thresholds.of(wave.year.school))


def means_table(waves, limits):
    """Per competence and side: how many answered, the mean of their means, how many are weak and strong.

    A person's competence is the mean of its statements (1 to 5); under 3 answers nothing is shown but their number.
    """
    nameless = any(wave.anonymous for wave in waves)
    least = LEAST_NAMELESS if nameless else ENOUGH
    rows = [row for row in means_rows(waves, limits, nameless, least) if row[2]]
    columns = [
        Column(_("Competence"), width=44),
        Column(_("Role in the year"), width=16),
        Column(_("Answers"), "int", width=10),
        Column(_("Mean"), "number", width=12),
        Column(_("Weak (up to %(limit)s)") % {"limit": plain(limits.weak_up_to)}, "int", width=12),
        Column(_("Strong (from %(limit)s)") % {"limit": plain(limits.strong_from)}, "int", width=12),
    ]
    note = _("Mean of the participants' own means, scale 1 to 5; shown from %(enough)s answers on.") % {"enough": least}
    return Table(_("Competence means"), columns, rows, note=note)


def plain(number):
    return f"{number:g}".replace(".", ",")


def means_rows(waves, limits, nameless, least):
    """Two queries: which competences are asked, and all their figures in one row."""
    sides = {None: _("Everybody")} if nameless else dict(sorted(Participation.Side.choices))
    asked = Question.objects.filter(questionnaire__in={wave.questionnaire_id for wave in waves})
    labels = dict(Competence.objects.filter(pk__in=asked.values("competence_id")).values_list("pk", "name"))
    if not labels:
        return []
    answers = Answer.objects.filter(
        wave__in=waves, score__isnull=False, competence__isnull=False, response__submitted_on__isnull=False
    )
    own = answers.order_by().values("response_id", "competence_id", "response__participation__side")
    keys = [(pk, side) for pk in labels for side in sides]
    wanted = {}
    for place, (pk, side) in enumerate(keys):
        wanted |= wanted_of(place, Q(competence_id=pk) & side_is(side), limits)
    found = own.annotate(mean=Avg("score")).aggregate(**wanted)
    return [(labels[pk], sides[side], *figures(found, place, least)) for place, (pk, side) in enumerate(keys)]


def side_is(side):
    return Q() if side is None else Q(response__participation__side=side)


def wanted_of(place, these, limits):
    return {
        f"count{place}": Count("mean", filter=these),
        f"mean{place}": Avg("mean", filter=these),
        f"weak{place}": Count("mean", filter=these & Q(mean__lte=limits.weak_up_to)),
        f"strong{place}": Count("mean", filter=these & Q(mean__gte=limits.strong_from)),
    }


def figures(found, place, least):
    """(answers, mean, weak, strong); the last three only where they do not show what one person wrote."""
    count = found[f"count{place}"]
    if count < least:
        return count, _("too few answers"), None, None
    return count, round(found[f"mean{place}"], 2), found[f"weak{place}"], found[f"strong{place}"]


def means_chart(table):
    """The table of `means` as bars, one group per competence: {"svg", "sides"}; None when there is none."""
    means = {(row[0], row[1]): row[3] for row in table.rows if not isinstance(row[3], str)}
    if not means:
        return None
    sides = list(dict.fromkeys(side for _name, side in means))
    names = dict.fromkeys(name for name, _side in means)
    rows = [(name, *(means.get((name, side)) for side in sides)) for name in names]
    return {"svg": bars(rows, table.title, top=HIGHEST), "sides": sides}
