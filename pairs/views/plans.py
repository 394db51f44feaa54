"""Individual plans: the list with what waits, the plan's page, its moves and its paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Case, Count, F, IntegerField, Q, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import files, journal, moves, workflow
from accounts.clock import today
from accounts.lists import page_of, sort_of
from accounts.models import Entry, User
from accounts.roles import EVERYONE, Role, roles_allowed
from accounts.text import folded, number_in
from accounts.years import chosen_year
from pairs.forms.plans import PaperApprovalForm, PlanFilter, PlanForm, PlanStartForm
from pairs.models import Pair, Plan
from pairs.models.plans import may_approve, percent_of
from pairs.plan_actions import start_plan

WRITERS = (Role.MENTOR, Role.MENTEE, Role.CURATOR)
SORTS = {
    "name": ("mentee__person__sort_key", "pk"),
    "mentor": ("mentor__person__sort_key", "pk"),
    "waiting": ("plan__waiting_since", "pk"),
    "due": ("part_of_due", "pk"),
    "whole": ("part_of_whole", "pk"),
}


@roles_allowed(*EVERYONE)
def plan_list(request):
    year, user = chosen_year(request), request.user
    pairs = Pair.objects.visible_to(user).filter(year=year).exclude(state__in=[Pair.State.DRAFT, Pair.State.WITHDRAWN])
    pairs = pairs.filter(Q(plan__isnull=False) | Q(state=Pair.State.FIXED))
    asked = PlanFilter(request.GET)
    asked.full_clean()
    pairs = named(pairs, asked.cleaned_data.get("q", ""))
    counts = dict(pairs.order_by().values_list("plan__state").annotate(Count("pk")))
    state = asked.cleaned_data.get("state")
    rows = of_state(pairs, state, year).with_plan_figures(year.as_of()).annotate(**PARTS)
    rows = rows.select_related("mentor__person", "mentee__person", "plan__year").order_by(
        *sort_of(request, SORTS, "name")
    )
    page = page_of(request, rows, count=number_of(counts, state))
    for pair in page.object_list:
        pair.may_approve = approvable(pair, year, user)
    tabs = [("none", _("No plan yet"), counts.get(None, 0))]
    tabs += [(each, label, counts.get(each, 0)) for each, label in Plan.State.choices]
    return render(
        request,
        "pairs/plan_list.html",
        {
            "year": year,
            "page": page,
            "filter": asked,
            "tabs": tabs,
            "total": sum(counts.values()),
            "may_create": user.has_role(*WRITERS) and not year.is_closed,
            "some_to_approve": any(pair.may_approve for pair in page.object_list),
        },
    )


def part(done, of):
    """Percent, empty where there is nothing to do."""
    approved = Q(plan__first_approved_on__isnull=False)
    return Case(When(approved & Q(**{f"{of}__gt": 0}), then=F(done) * 100 / F(of)), output_field=IntegerField())


PARTS = {"part_of_due": part("items_done_of_due", "items_due"), "part_of_whole": part("items_done", "items_total")}


def named(pairs, words):
    for word in folded(words).split()[:6]:
        pairs = pairs.filter(
            Q(mentee__person__search_key__contains=word) | Q(mentor__person__search_key__contains=word)
        )
    return pairs


def number_of(counts, state):
    """How many rows the filter leaves, where the counts of the states tell; None: ask the database."""
    if state == "ever_approved":
        return None
    return counts.get(None if state == "none" else state, 0) if state else sum(counts.values())


def of_state(pairs, state, year):
    if not state:
        return pairs
    if state == "ever_approved":  # what the roadmap counts: pairs of the year, whatever became of the plan later
        return pairs.of_year(year, year.as_of()).with_plan_approved(year.as_of())
    return pairs.filter(plan__isnull=True) if state == "none" else pairs.filter(plan__state=state)


def approvable(pair, year, user):
    plan = getattr(pair, "plan", None)
    if plan is None or plan.state != Plan.State.SUBMITTED:
        return False
    plan.pair, plan.year = pair, year
    return may_approve(plan, user)


@roles_allowed(Role.CURATOR, Role.HEAD)
@require_POST
def plan_approve_many(request):
    """Each plan by itself, so that one refusal does not hold up the others; who was refused is named with the reason."""
    asked = [number_in(text) for text in request.POST.getlist("plan")[:500]]
    approved, refused = 0, []
    for plan in Plan.objects.visible_to(request.user).with_people().filter(pk__in=asked):
        try:
            workflow.perform(plan, "approve", request.user)
            approved += 1
        except workflow.Refused as reason:
            refused.append(f"{plan}: {reason}")
        except PermissionDenied:
            refused.append(_("%(plan)s: it is not for you to approve.") % {"plan": plan})
    if approved:
        words = ngettext("%(n)d plan is approved.", "%(n)d plans are approved.", approved)
        messages.success(request, words % {"n": approved})
    for words in refused:
        messages.error(request, words)
    if not approved and not refused:
        messages.warning(request, _("Choose the plans to approve."))
    return redirect("plan_list")


@roles_allowed(*WRITERS)
def plan_create(request):
    year = chosen_year(request)
    form = PlanStartForm(request.POST or None, user=request.user, year=year, initial={"pair": request.GET.get("pair")})
    if request.method == "POST" and form.is_valid():
        return begun(form, request.user)
    has_pairs = form.fields["pair"].queryset.exists()
    return render(request, "pairs/plan_create.html", {"form": form, "year": year, "has_pairs": has_pairs})


def begun(form, user):
    pair = form.cleaned_data["pair"]
    try:
        return redirect(start_plan(pair=pair, by=user, **form.chosen()))
    except IntegrityError:
        # A second click, or the other of the pair was faster: there is one plan per pair.
        return redirect(Plan.objects.get(pair=pair))


@roles_allowed(*EVERYONE)
def plan_detail(request, pk):
    plan, user = seen(request, pk), request.user
    items = list(plan.items.select_related("competence", "proof").prefetch_related("meetings"))
    writes = plan.is_written_by(user)
    return render(
        request,
        "pairs/plan_detail.html",
        {
            "plan": plan,
            "items": items,
            "progress": progress(plan, items),
            "gaps": plan.missing() if plan.state in Plan.MOVES["submit"].sources else [],
            "moves": moves_for(plan, items, user),
            "writes": writes,
            "marks": plan.is_marked_by(user) and not plan.year.is_closed,
            "from_paper": "approve_paper" in dict(workflow.available(plan, user)),
            "entries": Entry.objects.about(plan),
        },
    )


def seen(request, pk):
    """The plan with all its page reads, or 404."""
    rows = Plan.objects.visible_to(request.user).with_people()
    rows = rows.select_related(
        "pair__mentor__person__card", "pair__mentee__person__card", "approved_by", "approval_scan"
    )
    return get_object_or_404(rows, pk=pk)


def moves_for(plan, items, user):
    """The steps as buttons: one way to complete, with words or without; the paper approval has its own page."""
    other = "complete" if any(item.done_on is None for item in items) else "complete_short"
    found = workflow.available(plan, user) if not plan.year.is_closed else []
    return [(name, move) for name, move in found if name not in ("approve_paper", other)]


def progress(plan, items):
    """{due, done_of_due, total, done, part_of_due, part_of_whole}: counts, and percents that are None for nothing."""
    on = plan.year.as_of()
    due = [item for item in items if item.due_on <= on]
    done = [item for item in items if item.done_on and item.done_on <= on]
    figures = {"total": len(items), "due": len(due), "done": len(done)}
    figures["done_of_due"] = sum(1 for item in due if item in done)
    counted = bool(plan.first_approved_on)
    figures["part_of_due"] = percent_of(figures["done_of_due"], len(due)) if counted else None
    figures["part_of_whole"] = percent_of(len(done), len(items)) if counted else None
    return figures


def written(request, pk):
    """The plan while its words may be changed by this person; 404 unseen, 403 for a reader."""
    plan = seen(request, pk)
    if not plan.is_of(request.user):
        raise PermissionDenied
    return plan


def refuse_unless_open(request, plan):
    """A redirect with a sentence when the words are no longer open to change, else None."""
    if plan.is_written_by(request.user) and not plan.year.is_closed:
        return None
    messages.error(
        request, _("The plan is “%(state)s”: its words cannot be changed now.") % {"state": plan.get_state_display()}
    )
    return redirect(plan)


@roles_allowed(*WRITERS)
def plan_edit(request, pk):
    plan = written(request, pk)
    if refusal := refuse_unless_open(request, plan):
        return refusal
    form = PlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(plan)
    return render(request, "pairs/plan_edit.html", {"plan": plan, "form": form})


@roles_allowed(*EVERYONE)
@require_POST
def plan_move(request, pk, name):
    """Submit, approve, return, take back, complete, resume; a step with its own page is refused here."""
    plan = seen(request, pk)
    if name == "approve_paper" or plan.year.is_closed:
        raise PermissionDenied
    return moves.take(request, plan, name)


@roles_allowed(Role.CURATOR)
def plan_approve_paper(request, pk):
    plan = seen(request, pk)
    if not workflow.may_take(plan, Plan.MOVES["approve_paper"], request.user):
        messages.error(request, _("This plan cannot be approved from paper now, or not by you."))
        return redirect(plan)
    form = PaperApprovalForm(request.POST or None, request.FILES or None, plan=plan, initial={"approved_on": today()})
    if request.method == "POST" and form.is_valid() and recorded(request, plan, form):
        return redirect(plan)
    return render(request, "pairs/plan_approve_paper.html", {"plan": plan, "form": form})


def recorded(request, plan, form):
    typed = form.cleaned_data
    try:
        if gaps := plan.missing():
            raise workflow.Refused(" ".join(str(gap) for gap in gaps))
        scan = files.store(typed["paper"], by=request.user)
        fields = {"approved_on": typed["approved_on"], "order": typed["order"], "scan": scan}
        workflow.perform(plan, "approve_paper", request.user, f"№ {typed['order']}", **fields)
    except workflow.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The approval is recorded."))
    return True


@roles_allowed(*EVERYONE)
def plan_scan(request, pk):
    return files.send(seen(request, pk).approval_scan)


@roles_allowed(*EVERYONE)
def plan_pdf(request, pk):
    from papers import pdf

    plan = seen(request, pk)
    first, last = plan.period()
    context = {
        "plan": plan,
        "items": plan.items.all(),
        "school": plan.year.school,
        "head": approver_of(plan),
        "first": first,
        "last": last,
    }
    return pdf.response(f"План {plan.pair}.pdf", "pairs/plan_pdf.html", context)


def approver_of(plan):
    """Whose name stands under «УТВЕРЖДАЮ»: post and short name; a curator approves by the head's authority."""
    school = plan.year.school
    if (
        plan.approved_by
        and not plan.approved_from_paper
        and plan.approved_by.is_curator
        and not plan.approved_by.is_head
    ):
        return {"post": "Куратор реализации системы наставничества", "name": plan.approved_by.short_name}
    head = User.objects.filter(school=school, is_head=True, is_active=True).order_by("sort_key").first()
    return {"post": school.head_post, "name": head.short_name if head else ""}
