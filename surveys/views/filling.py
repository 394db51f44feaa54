"""A participant fills a questionnaire; the curator enters one from paper."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import files
from accounts.models import Participation, User
from accounts.roles import PARTICIPANTS, Role, roles_allowed
from accounts.text import number_in
from accounts.workflow import Refused, TooLate
from pairs.audience import SIDES
from surveys.filling_actions import Unanswered, hand_in, keep_answers
from surveys.forms import AnswersForm, PaperForm
from surveys.given import asked_after, given_by, questions_of
from surveys.models import Response, Wave


def find_wave(request, pk):
    waves = Wave.objects.visible_to(request.user).select_related(
        "year__school__thresholds", "period", "questionnaire", "group"
    )
    return get_object_or_404(waves, pk=pk)


def own_part(request, wave):
    """The participation that the wave asks; 404 for somebody of another side or year.

    Who takes part on both sides is asked for each: `?side=` says which, without it the one that has not answered.
    """
    parts = list(wave.parts_of(request.user).select_related("person").order_by("side", "pk"))
    if side := request.GET.get("side"):
        parts = [part for part in parts if part.side == side]
    if not parts:
        raise Http404("not addressed to this person")
    if len(parts) > 1:
        done = set(wave.answered().values_list("participation_id", flat=True))
        parts.sort(key=lambda part: part.pk in done)
    return parts[0]


def response_of(wave, part):
    """The saved response, or an unsaved one: looking at a questionnaire creates nothing."""
    found = Response.objects.filter(wave=wave, participation=part).first()
    response = found or Response(wave=wave, participation=part, year=wave.year)
    response.wave = wave
    return response


@roles_allowed(*PARTICIPANTS)
def survey_fill(request, pk):
    wave = find_wave(request, pk)
    part = own_part(request, wave)
    response = response_of(wave, part)
    if response.submitted_on or wave.anonymous and wave.receipts.filter(participation=part).exists():
        return handed_in(request, wave, part)
    form = form_of(request, response)
    if form.is_bound and form.is_valid() and keep(request, wave, part, form):
        return redirect(request.get_full_path() if "save" in request.POST else "survey_list")
    return render(request, "surveys/survey_fill.html", fill_context(request, wave, part, form))


def handed_in(request, wave, part):
    """To the answers, where there are any of this person's."""
    if not wave.anonymous:
        return redirect(wave.answers_url + ("" if wave.audience in SIDES else f"?side={part.side}"))
    messages.info(
        request, _("You have answered this questionnaire. It has no names: nobody can find your answers again.")
    )
    return redirect("survey_list")


def form_of(request, response, only=None):
    questions = questions_of(response.wave.questionnaire)
    if only is not None:
        questions = [each for each in questions if each.pk in only]
    return AnswersForm(request.POST or None, questions=questions, given=given_by(response))


def keep(request, wave, part, form, **paper):
    """Save, and submit if asked; False when the person must read why not."""
    try:
        kept = keep_answers(wave=wave, part=part, form=form, by=request.user, **paper)
        if kept.clashes:
            form.show_newest(kept.given, kept.clashes)
            return False
        if "submit" in request.POST:
            hand_in(wave=wave, part=part, by=request.user)
            messages.success(request, _("Thank you! The questionnaire is submitted."))
        else:
            messages.success(request, _("Saved. You can go on later."))
        return True
    except Unanswered as refusal:
        form.gaps = refusal.questions
        form.show_newest(kept.given)
    except TooLate as refusal:
        messages.error(request, str(refusal))
        return True
    except Refused as refusal:
        messages.error(request, str(refusal))
    return False


def fill_context(request, wave, part, form):
    given = form.shown()
    asked = asked_after(form.questions, given)
    return {
        "wave": wave,
        "part": part,
        "form": form,
        "parts": form.parts(),
        "live": True,
        "texts_note": texts_note(wave, part),
        "save_url": f"{reverse('survey_save', args=[wave.pk])}?side={part.side}",
        "side_label": part.get_side_display() if wave.audience not in SIDES else "",
        "readers": readers(request.user.school_id),
        "answered": sum(bool(given.get(key)) for key in asked),
        "total": len(asked),
    }


def texts_note(wave, part):
    """Who reads what is written in one's own words: said beside the field."""
    if wave.anonymous:
        return _("Read without your name.")
    if wave.questionnaire.mentor_reads_texts and part.side == Participation.Side.MENTEE:
        return _("Read by the curator and by your mentor.")
    return _("Read by the curator alone.")


def readers(school_id):
    """Names of the curators: they read the answers of this person."""
    people = User.objects.filter(school_id=school_id, is_curator=True, is_active=True)
    return ", ".join(person.short_name for person in people)


@roles_allowed(*PARTICIPANTS)
@require_POST
def survey_save(request, pk):
    """Keeps the answers named by `only`, each as it is given, called by the page's script; the button does it without."""
    wave = find_wave(request, pk)
    part = own_part(request, wave)
    only = {number_in(key) for key in request.POST.getlist("only")}
    form = form_of(request, response_of(wave, part), only)
    if not only or len(form.questions) < len(only):
        return JsonResponse({"saved": False, "why": _("The questionnaire has no such question.")}, status=422)
    if not form.is_valid():
        return JsonResponse({"saved": False, "why": " ".join(form.sentences())}, status=422)
    try:
        kept = keep_answers(wave=wave, part=part, form=form, by=request.user, every=True)
    except Refused as refusal:
        return JsonResponse({"saved": False, "why": str(refusal)}, status=409)
    return JsonResponse({"saved": True, "marks": {f"q{key}_mark": kept.given[key].mark for key in only}})


@roles_allowed(*PARTICIPANTS)
def survey_answers(request, pk):
    """One's own submitted answers, read-only."""
    wave = find_wave(request, pk)
    part = own_part(request, wave)
    rows = Response.objects.submitted().filter(wave=wave, participation=part)
    response = get_object_or_404(rows)
    context = {"wave": wave, "response": response, "rows": answers_of(wave, response)}
    return render(request, "surveys/survey_answers.html", context)


def answers_of(wave, response):
    """[(question, words)] of what was answered."""
    given = given_by(response)
    return [(each, given[each.pk].words(each)) for each in questions_of(wave.questionnaire) if given.get(each.pk)]


@roles_allowed(Role.CURATOR, Role.MENTOR)
def person_answers(request, pk, participation):
    """Somebody's answers by name: for the curator, and for the mentor of the pair where the questionnaire says so."""
    waves = Wave.objects.filter(year__school_id=request.user.school_id).select_related("period", "questionnaire")
    wave = get_object_or_404(waves, pk=pk)
    rows = Response.objects.submitted().filter(wave=wave, participation=participation)
    response = get_object_or_404(rows.read_by(request.user).select_related("participation__person"))
    context = {"wave": wave, "response": response, "rows": answers_of(wave, response)}
    return render(request, "surveys/person_answers.html", context)


@roles_allowed(Role.CURATOR)
def survey_paper(request, pk, participation):
    """A named questionnaire filled on paper, entered by the curator; it counts like any other."""
    wave = find_wave(request, pk)
    part = get_object_or_404(wave.asked().select_related("person"), pk=participation)
    if wave.anonymous:
        raise Http404("nobody enters nameless answers for somebody")
    response = response_of(wave, part)
    paper = PaperForm(request.POST or None, request.FILES or None)
    form = form_of(request, response)
    if response.submitted_on:
        messages.error(request, _("This questionnaire is submitted already: it is submitted once."))
        return redirect(wave)
    if form.is_bound and paper.is_valid() and form.is_valid():
        scan = files.store(paper.cleaned_data["scan"], by=request.user)
        if keep(request, wave, part, form, from_paper=True, scan=scan):
            return redirect(request.path if "save" in request.POST else wave)
    context = fill_context(request, wave, part, form) | {"paper": paper}
    return render(request, "surveys/survey_paper.html", context)
