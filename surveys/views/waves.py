"""Waves: opening one, who has answered, who is reminded, what came out."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Avg, Case, Count, Exists, OuterRef, Q, When, Window
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import journal
from accounts.clock import today
from accounts.lists import page_of
from accounts.models import Participation
from accounts.roles import EVERYONE, PARTICIPANTS, STAFF, Role, roles_allowed
from accounts.text import number_in
from accounts.years import chosen_year
from surveys import tables
from surveys.actions import remind, reminder_text
from surveys.filling_actions import shuffle
from surveys.forms import WaveCreateForm, WaveForm
from surveys.models import LEAST_NAMELESS, Answer, Questionnaire, Receipt, Reminder, Response, Thresholds, Wave
from surveys.own import own_waves
from surveys.views.filling import find_wave

NAMED = 60  # so many names stand on the wave's page; all of them in its report


@roles_allowed(*EVERYONE)
def survey_list(request):
    """The year's waves: for those who run the school with their counts, for a participant with their own state."""
    year, user = chosen_year(request), request.user
    runs_school = user.has_role(*STAFF)
    own = own_waves(user, year) if user.has_role(*PARTICIPANTS) else []
    context = {
        "year": year,
        "runs_school": runs_school,
        "curates": user.has_role(Role.CURATOR) and not year.is_closed,
        "page": with_counts(request, year) if runs_school else [],
        "own": own,
        "forms": Questionnaire.objects.visible_to(user).published() if runs_school else [],
        "has_growth": any(each.done_on and not each.wave.anonymous for each in own),
    }
    return render(request, "surveys/survey_list.html", context)


def with_counts(request, year):
    """A page of the year's waves, each with `came` of `asked_count`, at its own last day; one query for all of these."""
    rows = Wave.objects.visible_to(request.user).filter(year=year).select_related("period", "questionnaire", "group")
    page = page_of(request, rows.with_came())
    begun = [wave for wave in page if wave.opens_on <= today()]
    for wave in page:
        wave.year = year
    wanted = {f"of{wave.pk}": Count("pk", filter=Q(pk__in=wave.asked().values("pk"))) for wave in begun}
    found = Participation.objects.filter(year=year).order_by().aggregate(**wanted) if wanted else {}
    for wave in page:
        wave.asked_count = found.get(f"of{wave.pk}")
    return page


@roles_allowed(Role.CURATOR)
def wave_create(request):
    year = chosen_year(request)
    if year.is_closed:
        messages.error(request, _("The school year %(year)s is closed.") % {"year": year})
        return redirect("survey_list")
    form = WaveCreateForm(
        request.POST or None, instance=Wave(year=year), school=request.user.school, initial=initial_of(request, year)
    )
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("The questionnaire is open to them from %(day)s.") % {
            "day": f"{form.instance.opens_on:%d.%m.%Y}"
        })  # fmt: skip
        return redirect(form.instance)
    return render(request, "surveys/wave_create.html", {"form": form, "year": year, "least": LEAST_NAMELESS})


def initial_of(request, year):
    """From the link of a questionnaire: for whom it is made."""
    forms = Questionnaire.objects.filter(school=request.user.school).published()
    form = forms.filter(pk=number_in(request.GET.get("questionnaire", ""))).first()
    if form is None:
        return {}
    return {"questionnaire": form, "audience": form.audience, "group": form.group_id, "anonymous": form.anonymous}


@roles_allowed(*STAFF)
def wave_detail(request, pk):
    wave = find_wave(request, pk)
    curates = request.user.has_role(Role.CURATOR)
    silent = list(first_silent(wave))
    done = answered_page(request, wave)
    context = {
        "object": wave,
        "curates": curates,
        "done": done,
        "silent": silent[:NAMED],
        "silent_count": silent[0].total if silent else 0,
        "report": wave.opens_on <= today()
        and f"{reverse('report_detail', args=['wave'])}?year={wave.year.first_year}&wave={wave.pk}",
        "least": LEAST_NAMELESS,
        "may_mix": curates and wave.anonymous and not wave.shuffled_on and wave.closes_on < today(),
    }
    if curates and wave.is_open and silent:
        context |= {"reminder": reminder_text(wave), "reminded_today": silent[0].reminded}
    if wave.shows_results:
        context |= outcome(wave, done, curates)
    return render(request, "surveys/wave_detail.html", context)


def first_silent(wave):
    """The first of them with `total`, how many there are, and `reminded`, how many of them today; one query."""
    today_asked = Exists(Reminder.objects.filter(wave=wave, participation=OuterRef("pk"), on=today()))
    rows = wave.silent().select_related("person").annotate(
        total=Window(Count("pk")), reminded=Window(Count(Case(When(today_asked, then="pk"))))
    )  # fmt: skip
    return rows.order_by("person__sort_key", "pk")[:NAMED]


def answered_page(request, wave):
    """A page of (participation, day, from paper, None) of those who have answered; None for the means to come."""
    if wave.anonymous:
        rows = Receipt.objects.filter(wave=wave)
    else:
        rows = Response.objects.submitted().filter(wave=wave)
    rows = rows.select_related("participation__person").order_by("participation__person__sort_key", "participation_id")
    return page_of(request, rows, count=wave.answered_count)


def outcome(wave, done, curates):
    """Means for those who run the school; by question, by person and in people's words for the curator alone."""
    means = tables.means_of(wave)
    found = {"means": means, "chart": tables.means_chart(means)}
    if curates:
        results = tables.results(wave)
        texts = tables.first_texts(wave, results)
        found["results"] = [(each, texts.get(each.question.pk, [])) for each in results]
        found["competences"] = [] if wave.anonymous else by_person(wave, done, results)
    return found


def by_person(wave, done, results):
    """Puts `cells` on each response of the page: (competence, mean, code, word); one query. Returns the competences."""
    asked = {each.question.competence for each in results if each.question.competence}
    competences = sorted(asked, key=lambda competence: (competence.position, competence.name))
    answers = Answer.objects.filter(response__in=[response.pk for response in done], score__isnull=False)
    rows = answers.order_by().values_list("response_id", "competence_id").annotate(mean=Avg("score"))
    means = {(response, competence): mean for response, competence, mean in rows}
    limits = Thresholds.of(wave.year.school)
    for response in done:
        response.cells = [(each, *marked(means.get((response.pk, each.pk)), limits)) for each in competences]
    return competences


def marked(mean, limits):
    """(mean, code, word): weak and strong by the school's thresholds."""
    if mean is None:
        return (None, "", "")
    if mean <= limits.weak_up_to:
        return (mean, "weak", _("weak"))
    return (mean, "strong", _("strong")) if mean >= limits.strong_from else (mean, "", "")


@roles_allowed(Role.CURATOR)
def wave_texts(request, pk, question):
    """Everything that people wrote to one question."""
    wave = find_wave(request, pk)
    result = next((each for each in tables.results(wave) if each.question.pk == question), None)
    if result is None or not wave.shows_results or result.withheld:
        raise Http404("nothing to read here")
    rows = tables.texts_of(wave).filter(question=question).order_by(*tables.order_of_texts(wave))
    context = {"object": wave, "question": result.question, "page": page_of(request, rows, count=result.texts)}
    return render(request, "surveys/wave_texts.html", context)


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
@require_POST
def wave_mix(request, pk):
    """What `close_waves` does at night: after that the results of a nameless wave are shown."""
    wave = find_wave(request, pk)
    if shuffle(wave=wave):
        messages.success(request, _("The answers are mixed: what can be shown is shown below."))
    else:
        messages.error(request, _("There is nothing to mix: the questionnaire is open still, or it was done before."))
    return redirect(wave)


@roles_allowed(Role.CURATOR)
def wave_edit(request, pk):
    wave = find_wave(request, pk)
    form = WaveForm(request.POST or None, instance=wave)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(wave)
    return render(request, "surveys/wave_edit.html", {"form": form, "object": wave, "may_go": wave.is_untouched})


@roles_allowed(Role.CURATOR)
@require_POST
def wave_remove(request, pk):
    """Opened by mistake: goes as long as nobody has begun to answer."""
    wave = find_wave(request, pk)
    if not remove(wave, request.user):
        messages.error(
            request, _("Somebody has begun to answer: the questionnaire stays. You can close it by its dates.")
        )
        return redirect(wave)
    messages.success(request, _("The questionnaire is taken back: nobody is asked."))
    return redirect("survey_list")


@transaction.atomic
def remove(wave, by):
    locked = get_object_or_404(Wave.objects.select_for_update(), pk=wave.pk)
    if not locked.is_untouched:
        return False
    journal.record(by, _("took the questionnaire back"), wave.year, comment=str(wave))
    locked.delete()
    return True
