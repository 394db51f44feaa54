"""Lines of a plan: words while it is written, progress once it is approved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import files, journal
from accounts.clock import today
from accounts.roles import EVERYONE, roles_allowed
from pairs.forms.plans import MarkForm, PlanItemForm
from pairs.models import Competence, PlanItem
from pairs.plan_actions import delete_item, mark_item
from pairs.views.plans import WRITERS, refuse_unless_open, written


@roles_allowed(*WRITERS)
def plan_item_create(request, pk):
    plan = written(request, pk)
    if refusal := refuse_unless_open(request, plan):
        return refusal
    item = PlanItem(plan=plan, year=plan.year, position=plan.items.count())
    form = PlanItemForm(request.POST or None, instance=item, initial=asked_competence(request))
    if request.method == "POST" and form.is_valid() and journal.save(form, request.user):
        journal.record(request.user, _("added a line to the plan"), plan, comment=item.what)
        messages.success(request, _("The line is added."))
        return redirect("plan_item_create", plan.pk) if "another" in request.POST else redirect(plan)
    return render(request, "pairs/plan_item_create.html", {"plan": plan, "form": form})


def asked_competence(request):
    """`?competence=<code>` from a link beside a weak competence."""
    rows = Competence.objects.visible_to(request.user).in_use()
    return {"competence": rows.filter(code=request.GET.get("competence", "")).first()}


def line(request, pk):
    """The line of a plan this person writes; 404 unseen, 403 for a reader."""
    rows = PlanItem.objects.visible_to(request.user).select_related(
        "plan__year__school", "plan__pair__mentor__person", "plan__pair__mentee__person", "proof"
    )
    item = get_object_or_404(rows, pk=pk)
    if not item.plan.is_of(request.user):
        raise PermissionDenied
    return item


def refuse_done(request, item):
    """What is done keeps its words, even when an approved plan is returned for changes."""
    if item.done_on is None:
        return None
    messages.error(request, _("This line is done: its words stay as they were."))
    return redirect(item)


@roles_allowed(*WRITERS)
def plan_item_edit(request, pk):
    item = line(request, pk)
    if refusal := refuse_unless_open(request, item.plan) or refuse_done(request, item):
        return refusal
    form = PlanItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid() and save_words(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(item.plan)
    return render(request, "pairs/plan_item_edit.html", {"plan": item.plan, "item": item, "form": form})


def save_words(form, by):
    """Old and new words stay in the history of the plan, where the people of the plan read them."""
    seen = PlanItem.objects.get(pk=form.instance.pk)
    item = journal.save(form, by)
    if item and (changes := journal.differences(seen, item)):
        journal.record(by, _("changed a line of the plan"), item.plan, comment=seen.what, changes=changes)
    return item


@roles_allowed(*WRITERS)
def plan_item_delete(request, pk):
    item = line(request, pk)
    if refusal := refuse_unless_open(request, item.plan) or refuse_done(request, item):
        return refusal
    if request.method == "POST":
        delete_item(item=item, by=request.user)
        messages.success(request, _("The line is taken out; its words stay in the history."))
        return redirect(item.plan)
    return render(request, "pairs/plan_item_delete.html", {"plan": item.plan, "item": item})


@roles_allowed(*WRITERS)
def plan_item_mark(request, pk):
    item = line(request, pk)
    if not item.plan.is_marked_by(request.user) or item.plan.year.is_closed:
        messages.error(request, _("Progress is entered once the plan is approved, and until it is completed."))
        return redirect(item.plan)
    initial = {} if item.done_on or item.result else {"done_on": today()}
    form = MarkForm(request.POST or None, request.FILES or None, instance=item, initial=initial)
    if request.method == "POST" and form.is_valid() and mark(item, form, request.user):
        messages.success(request, _("Saved."))
        return redirect(item.plan)
    return render(request, "pairs/plan_item_mark.html", {"plan": item.plan, "item": item, "form": form})


def mark(item, form, by):
    typed = form.cleaned_data
    try:
        journal.claim_revision(item, form.data.get("revision", ""))
    except ValidationError as error:
        form.add_error(None, error)
        journal.show_newest_revision(form)
        return False
    proof = files.store(typed.get("file"), by=by)
    from_paper = not item.plan.pair.has_member(by)
    mark_item(item=item, by=by, done_on=typed["done_on"], result=typed["result"], proof=proof, from_paper=from_paper)
    return True


@roles_allowed(*EVERYONE)
def plan_item_proof(request, pk):
    item = get_object_or_404(PlanItem.objects.visible_to(request.user).select_related("proof"), pk=pk)
    return files.send(item.proof)
