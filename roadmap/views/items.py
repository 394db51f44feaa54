"""One item: its number, the people behind it and those it misses, its proofs and its closing."""

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import files, journal, moves, workflow
from accounts.clock import today
from accounts.forms import MoveForm
from accounts.models import Entry
from accounts.roles import EVERYONE, STAFF, Role, roles_allowed
from papers.pdf import PdfUnavailable
from roadmap import proofs
from roadmap.deadline_words import beside, describe
from roadmap.forms_proofs import DoneBeforeForm, ProofForm
from roadmap.indicators import focus, measured, people, with_proofs
from roadmap.models import Checkpoint, Item, Proof, Roadmap


def own_checkpoint(request, pk):
    found = Checkpoint.objects.visible_to(request.user).select_related("item__roadmap", "year__school")
    return get_object_or_404(found, pk=pk)


@roles_allowed(*EVERYONE)
def roadmap_item(request, pk):
    """The item as of a day: formula, number, who is counted, who is missing, proofs, history."""
    items = Item.objects.visible_to(request.user).select_related("roadmap__year__school", "section")
    item = get_object_or_404(items, pk=pk)
    year = item.roadmap.year
    on = asked_day(request, year)
    checkpoints = list(with_proofs(item.checkpoints.select_related("closed_by")))
    checkpoint = asked_checkpoint(request, checkpoints, on)
    checkpoint.item, checkpoint.year = item, year
    found = measured(checkpoint, item.roadmap, on, list(year.periods.all()))
    reads_names = request.user.has_role(*STAFF)
    counted, missing = people(found) if reads_names else ([], [])
    context = {
        "year": year,
        "item": item,
        "reading": beside(item.deadline_words, describe(item.reading())),
        "checkpoints": checkpoints,
        "checkpoint": checkpoint,
        "found": found,
        "on": on,
        "is_past": on != year.as_of(),
        "reads_names": reads_names,
        "counted": counted,
        "missing": missing,
        "proofs": checkpoint.proofs.in_force().select_related("added_by", "file"),
        "entries": history(item, checkpoints) if reads_names else None,
    }
    return render(request, "roadmap/roadmap_item.html", context | steps(checkpoint, found, request.user))


def asked_day(request, year):
    """The day of `?on=`, kept within the year; without one, or with an unreadable one, the year's own day."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return min(max(asked, year.starts_on), year.as_of()) if asked else year.as_of()


def asked_checkpoint(request, checkpoints, on):
    asked = request.GET.get("period", "")
    return next((each for each in checkpoints if str(each.number) == asked), None) or focus(checkpoints, on)


def history(item, checkpoints):
    """What happened to the item and to its periods, newest first."""
    kinds = ContentType.objects.get_for_models(Item, Checkpoint, Proof)
    of_item = Entry.objects.filter(target_type=kinds[Item], target_id=item.pk)
    of_periods = Entry.objects.filter(target_type=kinds[Checkpoint], target_id__in=[each.pk for each in checkpoints])
    given = Proof.objects.filter(checkpoint__item=item).values("pk")
    of_proofs = Entry.objects.filter(target_type=kinds[Proof], target_id__in=given)
    return (of_item | of_periods | of_proofs)[:30]


def steps(checkpoint, found, user):
    """What this person may do with the item now."""
    available = [(name, move) for name, move in workflow.available(checkpoint, user) if name != "close_before"]
    may_close = any(name == "close" for name, _move in available)
    return {
        "moves": [(name, move) for name, move in available if name != "close" or not found.gaps],
        "gaps": found.gaps if may_close else [],
        "may_prove": may_close,
        "may_print": may_close and bool(found.total),
    }


@roles_allowed(Role.CURATOR)
@require_POST
def checkpoint_move(request, pk, name):
    """Close, close with an explanation, reopen."""
    form = MoveForm(request.POST)
    words = form.cleaned_data["comment"].strip() if form.is_valid() else ""
    fields = {"explanation": words} if name == "explain" else {}
    # What was done before the portal has a page of its own, which asks for the paper.
    return moves.take(request, own_checkpoint(request, pk), name if name != "close_before" else "", **fields)


@roles_allowed(Role.CURATOR)
def proof_create(request, pk):
    checkpoint = own_checkpoint(request, pk)
    if reason := proofs.why_frozen(checkpoint):
        messages.error(request, reason)
        return redirect(checkpoint)
    form = ProofForm(request.POST or None, request.FILES or None, initial={"title": checkpoint.item.result[:300]})
    if request.method == "POST" and form.is_valid():
        try:
            if proofs.add_proof(checkpoint=checkpoint, form=form, by=request.user):
                messages.success(request, _("The proof is added."))
                return redirect(checkpoint)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "roadmap/proof_create.html", {"checkpoint": checkpoint, "form": form})


@roles_allowed(Role.CURATOR)
@require_POST
def proof_print(request, pk):
    """The portal prints the paper and keeps it as the proof."""
    checkpoint = own_checkpoint(request, pk)
    try:
        proof = proofs.print_proof(checkpoint=checkpoint, by=request.user)
        messages.success(request, _("Printed and added as the proof: %(title)s.") % {"title": proof.title})
    except (workflow.Refused, PdfUnavailable) as reason:
        messages.error(request, str(reason))
    return redirect(checkpoint)


@roles_allowed(*STAFF)
def proof_file(request, pk):
    return files.send(get_object_or_404(Proof.objects.visible_to(request.user).select_related("file"), pk=pk).file)


@roles_allowed(Role.CURATOR)
@require_POST
def proof_withdraw(request, pk):
    found = Proof.objects.visible_to(request.user).select_related("checkpoint__item", "checkpoint__year")
    proof = get_object_or_404(found, pk=pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, journal.form_error(form))
        return redirect(proof.checkpoint)
    try:
        proofs.withdraw_proof(proof=proof, reason=form.cleaned_data["comment"], by=request.user)
        messages.success(request, _("The proof is withdrawn; it stays in the history."))
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(proof.checkpoint)


@roles_allowed(Role.CURATOR)
def roadmap_before(request, pk):
    """A school that starts in the middle of the year marks in one act what was done before."""
    roadmap = get_object_or_404(Roadmap.objects.visible_to(request.user).select_related("year__school"), pk=pk)
    rows = [(each, before_form(request, each)) for each in past_and_open(roadmap)]
    checked = [form.is_valid() for _each, form in rows]
    if request.method == "POST" and all(checked):
        lines = [(each, form.cleaned_data["paper"], form.cleaned_data["dated"]) for each, form in rows if form.is_done]
        if lines and marked(request, lines):
            return redirect(roadmap)
        if not lines:
            messages.error(request, _("Tick what was done."))
    return render(request, "roadmap/roadmap_before.html", {"roadmap": roadmap, "rows": rows})


def past_and_open(roadmap):
    """Checkpoints that were due before today and are still open, in the order of the paper."""
    return list(
        Checkpoint.objects.filter(item__roadmap=roadmap, state=Checkpoint.State.OPEN, due_on__lt=today())
        .select_related("item", "year__school")
        .order_by("item__position", "number")
    )


def before_form(request, checkpoint):
    initial = {"paper": checkpoint.item.result[:300], "dated": checkpoint.due_on}
    posted = request.POST if request.method == "POST" else None
    return DoneBeforeForm(posted, prefix=f"c{checkpoint.pk}", initial=initial)


def marked(request, lines):
    """Mark the lines and say so; False with a message when somebody was faster."""
    try:
        proofs.mark_done_before(lines=lines, by=request.user)
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
        return False
    words = ngettext("%(count)s item is marked as done.", "%(count)s items are marked as done.", len(lines))
    messages.success(request, words % {"count": len(lines)})
    return True
