"""Growth from wave to wave."""

from django.db.models import Avg
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.models import Participation, User
from accounts.roles import PARTICIPANTS, Role, roles_allowed
from accounts.years import chosen_year
from papers.chart import lines
from surveys.models import Answer, Response


@roles_allowed(*PARTICIPANTS)
def survey_growth(request):
    """One's own growth from wave to wave."""
    return render(request, "surveys/survey_growth.html", growth(request.user, chosen_year(request)))


@roles_allowed(Role.CURATOR)
def person_growth(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    return render(request, "surveys/person_growth.html", growth(person, chosen_year(request)))


def growth(person, year):
    """Means per competence and period, for each side, with the change where both first and last were answered."""
    own = Response.objects.submitted().filter(participation__person=person, year=year)
    answers = Answer.objects.filter(response__in=own, score__isnull=False, competence__isnull=False)
    keys = (
        "response__participation__side",
        "competence__position",
        "competence__name",
        "period__opens_on",
        "period__name",
    )
    found = {}
    for row in answers.values(*keys).annotate(mean=Avg("score")).order_by(*keys):
        side = found.setdefault(row["response__participation__side"], {"periods": {}, "values": {}})
        side["periods"][row["period__name"]] = row["period__opens_on"]
        side["values"].setdefault(row["competence__name"], {})[row["period__name"]] = row["mean"]
    labels = dict(Participation.Side.choices)
    return {"person": person, "year": year, "sides": [side_of(labels[side], rows) for side, rows in found.items()]}


def side_of(label, found):
    periods = sorted(found["periods"], key=found["periods"].get)
    values_of = found["values"].items()
    rows = [(name, [(p, values.get(p)) for p in periods], change(values, periods)) for name, values in values_of]
    days = {p: f"{found['periods'][p]:%d.%m}" for p in periods}  # names of four periods do not fit under a chart
    series = [(name, [(days[p], values.get(p)) for p in periods]) for name, values in values_of]
    chart = lines(series, _("Competences from period to period"), 1, 5) if len(periods) > 1 else ""
    return {"label": label, "periods": periods, "rows": rows, "chart": chart}


def change(values, periods):
    """The last answered mean less the first; None unless both are there."""
    known = [values[p] for p in periods if p in values]
    return known[-1] - known[0] if len(known) > 1 else None
