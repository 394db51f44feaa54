"""Sections and questions of a draft."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Role, roles_allowed
from accounts.text import number_in
from accounts.workflow import Refused
from surveys import question_actions as acts
from surveys.forms import ChoiceSet, QuestionForm, SectionForm
from surveys.models import Question, Questionnaire, Section
from surveys.views.questionnaires import find, refuse_fixed

REDRAWN = {"more", "raise", "show"}  # buttons that show the page again: more rows, a row higher, answers to choose from


def section_of(request, pk):
    mine = Questionnaire.objects.visible_to(request.user)
    return get_object_or_404(Section.objects.select_related("questionnaire").filter(questionnaire__in=mine), pk=pk)


def question_of(request, pk):
    mine = Questionnaire.objects.visible_to(request.user)
    rows = Question.objects.select_related("questionnaire", "section").filter(questionnaire__in=mine)
    return get_object_or_404(rows, pk=pk)


def back(form, anchor=""):
    return redirect(form.get_absolute_url() + (f"#{anchor}" if anchor else ""))


# ---------------------------------------------------------------- sections


@roles_allowed(Role.CURATOR)
def section_create(request, pk):
    return section_page(request, Section(questionnaire=find(request, pk)), "surveys/section_create.html")


@roles_allowed(Role.CURATOR)
def section_edit(request, pk):
    return section_page(request, section_of(request, pk), "surveys/section_edit.html")


def section_page(request, section, page):
    draft = section.questionnaire
    if refusal := refuse_fixed(request, draft):
        return refusal
    form = SectionForm(request.POST or None, instance=section)
    try:
        if request.method == "POST" and form.is_valid() and (saved := acts.save_section(form=form, by=request.user)):
            messages.success(request, _("Saved."))
            return back(draft, f"s{saved.pk}")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return render(request, page, {"form": form, "object": draft})


@roles_allowed(Role.CURATOR)
@require_POST
def section_remove(request, pk):
    section = section_of(request, pk)
    return changed(request, section.questionnaire, "", acts.remove_section, section=section)


@roles_allowed(Role.CURATOR)
@require_POST
def section_move(request, pk):
    section = section_of(request, pk)
    return changed(request, section.questionnaire, f"s{pk}", acts.move_section, section=section, way=way(request))


def way(request):
    return acts.UP if acts.UP in request.POST else acts.DOWN


def changed(request, draft, anchor, act, **what):
    """Do it and go back to the place; where it cannot be done, say why."""
    try:
        act(by=request.user, **what)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return back(draft)
    return back(draft, anchor)


# ---------------------------------------------------------------- questions


@roles_allowed(Role.CURATOR)
def question_create(request, pk):
    section = section_of(request, pk)
    kind = request.GET.get("kind")
    question = Question(
        questionnaire=section.questionnaire, section=section, kind=kind if kind in Question.Kind.values else "scale"
    )
    return question_page(request, question, "surveys/question_create.html")


@roles_allowed(Role.CURATOR)
def question_edit(request, pk):
    return question_page(request, question_of(request, pk), "surveys/question_edit.html")


def question_page(request, question, page):
    draft, section = question.questionnaire, question.section
    if refusal := refuse_fixed(request, draft):
        return refusal
    posted = request.POST or None
    form, rows = QuestionForm(posted, instance=question), ChoiceSet(posted, question=question)
    if REDRAWN & request.POST.keys():
        rows.asked_for(request.POST)
        form.unjudged()
    elif posted and (saved := save(request, form, rows)):
        messages.success(request, _("Saved."))
        if "another" in request.POST:
            return redirect("question_create", saved.section_id)
        return back(draft, f"q{saved.pk}")
    return render(request, page, {"form": form, "rows": rows, "object": draft, "section": section})


def save(request, form, rows):
    """The saved question, or None: the page says why."""
    if not (form.is_valid() and rows.is_valid()):
        return None
    try:
        return acts.save_question(form=form, rows=rows.rows(), by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


@roles_allowed(Role.CURATOR)
def question_remove(request, pk):
    question = question_of(request, pk)
    draft = question.questionnaire
    if refusal := refuse_fixed(request, draft):
        return refusal
    if request.method == "POST":
        return changed(request, draft, f"s{question.section_id}", acts.remove_question, question=question)
    context = {"object": draft, "question": question, "waiting": acts.waiting_for(question)}
    return render(request, "surveys/question_remove.html", context)


@roles_allowed(Role.CURATOR)
@require_POST
def question_move(request, pk):
    """By a button one place up or down; by a dragging hand `into` a section, `before` a question of it."""
    question, posted = question_of(request, pk), request.POST
    draft, anchor = question.questionnaire, f"q{pk}"
    if "into" in posted:
        place = {name: number_in(posted.get(name, "")) for name in ("into", "before")}
        return changed(request, draft, anchor, acts.place_question, question=question, **place)
    return changed(request, draft, anchor, acts.move_question, question=question, way=way(request))
