"""The school's questionnaires: their list, the page of one, its steps, preview and blank."""

from datetime import timedelta
from types import SimpleNamespace

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery, prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import journal
from accounts.clock import today
from accounts.forms import MoveForm
from accounts.lists import page_of
from accounts.models import Entry, Participation
from accounts.roles import STAFF, Role, roles_allowed
from accounts.workflow import Refused
from pairs.audience import SIDES
from surveys import question_actions, questionnaire_actions
from surveys.forms import AnswersForm, QuestionnaireFilter, QuestionnaireForm
from surveys.given import questions_of
from surveys.models import Questionnaire, Wave
from surveys.models.questionnaires import BY_DATES, State
from surveys.questionnaire_checks import missing
from surveys.views.filling import readers, texts_note


def find(request, pk):
    rows = Questionnaire.objects.visible_to(request.user).select_related("group", "school")
    return get_object_or_404(rows, pk=pk)


def refuse_fixed(request, form):
    """A published questionnaire, and one out of use, are sent back to their page with the reason."""
    why = questionnaire_actions.why_fixed(form)
    if not why:
        return None
    messages.error(request, why)
    return redirect(form)


@roles_allowed(*STAFF)
def questionnaire_list(request):
    """All versions, those of one questionnaire together, the newest first."""
    asked = QuestionnaireFilter(request.GET)
    asked.full_clean()
    rows = Questionnaire.objects.visible_to(request.user)
    for name in ("purpose", "audience"):
        if value := asked.cleaned_data.get(name):
            rows = rows.filter(**{name: value})
    counts = rows.aggregate(**{state: Count("pk", filter=which) for state, which in BY_DATES.items()})
    state = asked.cleaned_data.get("state")
    shown = rows.of_state(state) if state else rows
    context = {
        "page": page_of(request, together(shown), count=counts[state] if state else sum(counts.values())),
        "filter": asked,
        "tabs": [(state, label, counts[state]) for state, label in State.choices],
        "total": sum(counts.values()),
        "curates": request.user.has_role(Role.CURATOR),
        "is_narrowed": any(asked.cleaned_data.values()),
    }
    return render(request, "surveys/questionnaire_list.html", context)


def together(rows):
    versions = Questionnaire.objects.filter(school=OuterRef("school"), code=OuterRef("code")).order_by("-version")
    rows = rows.annotate(newest=Subquery(versions.values("title")[:1]), size=Count("questions"))
    return rows.select_related("group").order_by("newest", "code", "-version")


@roles_allowed(Role.CURATOR)
def questionnaire_create(request):
    form = QuestionnaireForm(request.POST or None, instance=Questionnaire(school=request.user.school))
    if request.method == "POST" and form.is_valid():
        form.instance.code = questionnaire_actions.new_code()
        if made := journal.save(form, request.user):
            messages.success(request, _("The draft is begun. Now its sections and questions."))
            return redirect(made)
    return render(request, "surveys/questionnaire_create.html", {"form": form})


@roles_allowed(*STAFF)
def questionnaire_detail(request, pk):
    form = find(request, pk)
    curates, questions = request.user.has_role(Role.CURATOR), questions_of(form)
    writes = curates and form.is_draft
    prefetch_related_objects(questions, "choices__competence")
    context = {
        "object": form,
        "parts": parts_shown(form, questions),
        "total": len(questions),
        "curates": curates,
        "writes": writes,
        "opens": curates and form.shown_state == State.IN_FORCE,
        "gaps": missing(form, questions) if writes else [],
        "versions": Questionnaire.objects.visible_to(request.user).filter(code=form.code).order_by("-version"),
        "waves": Wave.objects.visible_to(request.user).filter(questionnaire=form).select_related("period", "group"),
        "entries": Entry.objects.visible_to(request.user).about(form)[:50],
    }
    return render(request, "surveys/questionnaire_detail.html", context)


def parts_shown(form, questions):
    """[(section or None, the part of it as people get it)], the empty sections too."""
    parts = AnswersForm(questions=questions).parts()
    homes = [part.rows[0].question.section_id for part in parts]
    filled = dict(zip(homes, parts, strict=True))
    loose = [(None, part) for home, part in zip(homes, parts, strict=True) if home is None]
    return loose + [(section, filled.get(section.pk)) for section in form.sections.all()]


@roles_allowed(Role.CURATOR)
def questionnaire_edit(request, pk):
    draft = find(request, pk)
    if refusal := refuse_fixed(request, draft):
        return refusal
    form = QuestionnaireForm(request.POST or None, instance=draft)
    try:
        if request.method == "POST" and form.is_valid() and question_actions.save_words(form=form, by=request.user):
            messages.success(request, _("Saved."))
            return redirect(draft)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return render(request, "surveys/questionnaire_edit.html", {"form": form, "object": draft})


# ---------------------------------------------------------------- steps


def taken(request, form, act, done):
    """Take a step and say how it went; to the page of what came of it."""
    try:
        made = act(form=form, by=request.user)
        messages.success(request, done)
        return redirect(made or form)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(form)


@roles_allowed(Role.CURATOR)
@require_POST
def questionnaire_publish(request, pk):
    done = _("Published. From now on it is frozen, and waves may be opened with it.")
    return taken(request, find(request, pk), questionnaire_actions.publish, done)


@roles_allowed(Role.CURATOR)
@require_POST
def questionnaire_next(request, pk):
    done = _("This is the draft of the next version: change it, and publish it when it is ready.")
    return taken(request, find(request, pk), questionnaire_actions.next_version, done)


@roles_allowed(Role.CURATOR)
@require_POST
def questionnaire_copy(request, pk):
    done = _("This is a copy, a draft of its own: give it a title.")
    return taken(request, find(request, pk), questionnaire_actions.copy_questionnaire, done)


@roles_allowed(Role.CURATOR)
@require_POST
def questionnaire_retire(request, pk):
    form, typed = find(request, pk), MoveForm(request.POST)
    if not typed.is_valid() or not typed.cleaned_data["comment"].strip():
        messages.error(
            request, " ".join(typed.errors.get("comment", [_("Write the reason: it stays in the history.")]))
        )
        return redirect(form)
    done = _("It is no longer used: no new wave is opened with it; waves that are open keep it.")
    return taken(
        request,
        form,
        lambda **given: questionnaire_actions.retire(comment=typed.cleaned_data["comment"], **given),
        done,
    )


# ---------------------------------------------------------------- as others see it


@roles_allowed(*STAFF)
def questionnaire_preview(request, pk):
    """As a mentor or a mentee gets it; nothing that is typed here is sent anywhere."""
    form = find(request, pk)
    sides = [side for side in Participation.Side.choices if side[0] in SIDES.get(form.audience, side[0])]
    side = request.GET.get("side")
    side = side if side in dict(sides) else sides[0][0]
    wave = Wave(
        questionnaire=form, audience=form.audience, group=form.group, anonymous=form.anonymous, opens_on=today(),
        closes_on=today() + timedelta(days=13),
    )  # fmt: skip
    part = SimpleNamespace(side=side)
    context = {
        "object": form,
        "sides": sides,
        "side": side,
        "wave": wave,
        "part": part,
        "parts": AnswersForm(questions=questions_of(form)).parts(),
        "texts_note": texts_note(wave, part),
        "readers": readers(request.user.school_id),
    }
    return render(request, "surveys/questionnaire_preview.html", context)


@roles_allowed(*STAFF)
def questionnaire_blank(request, pk):
    """To be filled in by hand and entered by the curator."""
    from papers import pdf

    form = find(request, pk)

    def context():
        parts = AnswersForm(questions=questions_of(form)).parts()
        return {"object": form, "parts": parts, "school": form.school}

    return pdf.response(f"{form.title}.pdf", "surveys/questionnaire_blank.html", context)
