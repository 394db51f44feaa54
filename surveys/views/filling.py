"""A participant fills a questionnaire; the curator enters one from paper."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import files
from accounts.models import User
from accounts.roles import PARTICIPANTS, Role, roles_allowed
from accounts.workflow import Refused, TooLate
from surveys.actions import hand_in, keep_answers
from surveys.forms import AnswersForm, PaperForm
from surveys.models import Response, Wave


def find_wave(request, pk):
    waves = Wave.objects.visible_to(request.user).select_related("year__school", "period", "questionnaire")
    return get_object_or_404(waves, pk=pk)


def own_part(request, wave):
    """The participation that the wave asks; 404 for somebody of another side or year."""
    part = wave.parts_of(request.user).select_related("person").order_by("pk").first()
    if part is None:
        raise Http404("not addressed to this person")
    return part


def response_of(wave, part):
    """The saved response, or an unsaved one: looking at a questionnaire creates nothing."""
    found = Response.objects.filter(wave=wave, participation=part).prefetch_related("answers").first()
    response = found or Response(wave=wave, participation=part, year=wave.year)
    response.wave = wave
    return response


@roles_allowed(*PARTICIPANTS)
def survey_fill(request, pk):
    wave = find_wave(request, pk)
    part = own_part(request, wave)
    response = response_of(wave, part)
    if response.submitted_on:
        return redirect("survey_answers", pk)
    form = form_of(request, wave, response)
    if form.is_bound and form.is_valid() and keep(request, wave, part, form):
        return redirect(request.path if "save" in request.POST else "survey_list")
    return render(request, "surveys/survey_fill.html", fill_context(request, wave, part, form, response))


def form_of(request, wave, response):
    questions = list(wave.questionnaire.questions.select_related("competence"))
    return AnswersForm(request.POST or None, questions=questions, response=response)


def keep(request, wave, part, form, **paper):
    """Save, and submit if asked; False when the person must read why not."""
    submit = "submit" in request.POST
    try:
        keep_answers(wave=wave, part=part, form=form, by=request.user, **paper)
        if not submit:
            messages.success(request, _("Saved. You can go on later."))
            return True
        if gaps := form.unanswered():
            form.gaps = gaps
            return False
        hand_in(wave=wave, part=part, by=request.user)
        messages.success(request, _("Thank you! The questionnaire is submitted."))
        return True
    except TooLate as refusal:
        messages.error(request, str(refusal))
        return True
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False


def fill_context(request, wave, part, form, response):
    answered = sum(1 for field in form if field.value())
    return {
        "wave": wave,
        "part": part,
        "form": form,
        "sections": form.sections(),
        "gaps": getattr(form, "gaps", []),
        "response": response,
        "readers": readers(request.user.school_id),
        "answered": answered,
        "total": len(form.questions),
    }


def readers(school_id):
    """Names of the curators: they read the answers of this person."""
    people = User.objects.filter(school_id=school_id, is_curator=True, is_active=True)
    return ", ".join(person.short_name for person in people)


@roles_allowed(*PARTICIPANTS)
@require_POST
def survey_save(request, pk):
    """Saves as it goes, called by the page's script; the button does the same without it."""
    wave = find_wave(request, pk)
    part = own_part(request, wave)
    form = form_of(request, wave, response_of(wave, part))
    if not form.is_valid():
        return JsonResponse({"saved": False, "why": " ".join(map(str, form.errors.values()))}, status=422)
    try:
        keep_answers(wave=wave, part=part, form=form, by=request.user)
    except Refused as refusal:
        return JsonResponse({"saved": False, "why": str(refusal)}, status=409)
    return JsonResponse({"saved": True})


@roles_allowed(*PARTICIPANTS)
def survey_answers(request, pk):
    """One's own submitted answers, read-only."""
    wave = find_wave(request, pk)
    part = own_part(request, wave)
    rows = Response.objects.submitted().filter(wave=wave, participation=part)
    response = get_object_or_404(rows.prefetch_related("answers__question__competence"))
    answers = sorted(response.answers.all(), key=lambda answer: answer.question.position)
    context = {"wave": wave, "response": response, "answers": answers}
    return render(request, "surveys/survey_answers.html", context)


@roles_allowed(Role.CURATOR)
def survey_paper(request, pk, participation):
    """A named questionnaire filled on paper, entered by the curator; it counts like any other."""
    wave = find_wave(request, pk)
    part = get_object_or_404(wave.asked().select_related("person"), pk=participation)
    response = response_of(wave, part)
    paper = PaperForm(request.POST or None, request.FILES or None)
    form = form_of(request, wave, response)
    if response.submitted_on:
        messages.error(request, _("This questionnaire is submitted already: it is submitted once."))
        return redirect(wave)
    if form.is_bound and paper.is_valid() and form.is_valid():
        scan = files.store(paper.cleaned_data["scan"], by=request.user)
        if keep(request, wave, part, form, from_paper=True, scan=scan):
            return redirect(request.path if "save" in request.POST else wave)
    context = fill_context(request, wave, part, form, response) | {"paper": paper}
    return render(request, "surveys/survey_paper.html", context)
