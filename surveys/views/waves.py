"""Waves: who has answered, who is reminded, what came out."""

from django.contrib import messages
from django.db.models import Avg, Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import journal
from accounts.clock import today
from accounts.models import Participation
from accounts.roles import EVERYONE, PARTICIPANTS, STAFF, Role, roles_allowed
from accounts.years import chosen_year
from pairs.audience import SIDES
from pairs.models import participants_of
from surveys import tables
from surveys.actions import remind, reminder_text
from surveys.forms import WaveForm
from surveys.models import Answer, Questionnaire, Response, Wave
from surveys.views.filling import find_wave


@roles_allowed(*EVERYONE)
def survey_list(request):
    """The year's waves: for those who run the school with their counts, for a participant with their own state."""
    year = chosen_year(request)
    waves = Wave.objects.visible_to(request.user).filter(year=year).select_related("period", "questionnaire")
    runs_school = request.user.has_role(*STAFF)
    own = own_waves(request.user, year)
    context = {
        "year": year,
        "runs_school": runs_school,
        "curates": request.user.has_role(Role.CURATOR),
        "waves": with_counts(waves, year) if runs_school else [],
        "own": own,
        "forms": Questionnaire.objects.visible_to(request.user).published() if runs_school else [],
        "has_growth": any(response and response.submitted_on for _wave, response in own),
    }
    return render(request, "surveys/survey_list.html", context)


def with_counts(waves, year):
    """Each wave with `answered` of `asked_count`; closed waves count their own last day. A query a date, at most four."""
    rows = list(waves.annotate(answered=Count("responses", filter=Q(responses__submitted_on__isnull=False))))
    counted = {}
    for wave in rows:
        wave.year = year
        day = min(today(), wave.closes_on)
        if day not in counted and wave.opens_on <= day:
            found = participants_of(year, day).order_by().values("side").annotate(n=Count("pk"))
            counted[day] = {row["side"]: row["n"] for row in found}
        found = counted.get(day, {})
        wave.asked_count = found.get(SIDES[wave.audience], 0) if wave.audience in SIDES else sum(found.values())
    return rows


def own_waves(user, year):
    """[(wave, response or None)] of this person's sides in the year."""
    if not user.has_role(*PARTICIPANTS):
        return []
    waves = Wave.objects.filter(year=year).asking(user).select_related("period", "questionnaire", "group")
    mine = {r.wave_id: r for r in Response.objects.filter(participation__person=user, year=year)}
    return [(wave, mine.get(wave.pk)) for wave in waves]


@roles_allowed(*STAFF)
def wave_detail(request, pk):
    wave = find_wave(request, pk)
    curates = request.user.has_role(Role.CURATOR)
    done = Response.objects.submitted().filter(wave=wave).select_related("participation__person")
    means = person_means(wave)
    context = {
        "object": wave,
        "curates": curates,
        "done": done.order_by("participation__person__sort_key"),
        "silent": wave.silent().select_related("person").order_by("person__sort_key"),
        "reminder": reminder_text(wave),
        "reminded_today": wave.reminders.filter(on=today()).count(),
        "table": means_table(wave, means) if curates else None,
        "means": tables.means(wave.period, request.user),
        "texts": open_texts(wave) if curates else [],
    }
    context["chart"] = tables.means_chart(context["means"])
    return render(request, "surveys/wave_detail.html", context)


def person_means(wave):
    """[{person, competence, mean}]: one aggregate query."""
    answers = Answer.objects.filter(wave=wave, response__submitted_on__isnull=False, score__isnull=False)
    keys = ("response__participation_id", "competence_id")
    return answers.values(*keys).annotate(mean=Avg("score")).order_by()


def means_table(wave, means):
    """{"competences", "rows": [(person, [(mean, word)])]} for those who have submitted."""
    competences = list(
        {q.competence for q in wave.questionnaire.questions.select_related("competence") if q.competence}
    )
    competences.sort(key=lambda competence: competence.position)
    found = {(row["response__participation_id"], row["competence_id"]): row["mean"] for row in means}
    people = Participation.objects.filter(pk__in={key[0] for key in found}).select_related("person")
    rows = [
        (part.person, [marked(found.get((part.pk, competence.pk))) for competence in competences])
        for part in people.order_by("person__sort_key")
    ]
    return {"competences": competences, "rows": rows}


def marked(mean):
    """(mean, code, word): weak up to 2.8, strong from 4 (the scheme named in the domain's facts)."""
    if mean is None:
        return (None, "", "")
    if mean <= tables.WEAK:
        return (mean, "weak", _("weak"))
    return (mean, "strong", _("strong")) if mean >= tables.STRONG else (mean, "", "")


def open_texts(wave):
    """[(question, [(person, text)])] of the open questions; read by the curator alone."""
    answers = Answer.objects.filter(response__wave=wave, response__submitted_on__isnull=False).exclude(text="")
    found = {}
    for answer in answers.select_related("question", "response__participation__person").order_by("question__position"):
        found.setdefault(answer.question.text, []).append((answer.response.participation.person, answer.text))
    return list(found.items())


@roles_allowed(Role.CURATOR)
@require_POST
def wave_remind(request, pk):
    wave = find_wave(request, pk)
    if not wave.is_open:
        messages.error(request, _("The questionnaire is not open now: nobody is reminded."))
        return redirect(wave)
    count = remind(wave=wave, by=request.user)
    words = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", count) % {"n": count}
    messages.success(request, words if count else _("Everybody who has not answered was reminded today already."))
    return redirect(wave)


@roles_allowed(Role.CURATOR)
def wave_edit(request, pk):
    wave = find_wave(request, pk)
    form = WaveForm(request.POST or None, instance=wave)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(wave)
    return render(request, "surveys/wave_edit.html", {"form": form, "object": wave})
