"""The roadmap of a year in the form of the paper, and its way to approval."""

from collections import Counter, defaultdict

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import files, moves, workflow
from accounts.clock import today
from accounts.models import Entry
from accounts.roles import EVERYONE, STAFF, Role, roles_allowed
from accounts.years import chosen_year
from roadmap.deadline_words import beside, describe
from roadmap.forms import PaperForm
from roadmap.indicators import measure
from roadmap.models import Proof, Roadmap
from roadmap.states import ItemState


@roles_allowed(*EVERYONE)
def roadmap(request):
    """The year's roadmap: words, live number against target, state and proof of every item."""
    year = chosen_year(request)
    found = Roadmap.objects.visible_to(request.user).select_related("year__school", "approved_by", "approval_scan")
    plan = found.filter(year=year).first()
    curates = request.user.has_role(Role.CURATOR)
    if plan is None:
        return render(request, "roadmap/roadmap.html", {"year": year, "curates": curates})
    plan.year = year
    rows = rows_of(plan, year)
    asked = request.GET.get("state", "")
    context = {
        "year": year,
        "roadmap": plan,
        "curates": curates,
        "may_edit": curates and plan.is_editable,
        "moves": [(name, move) for name, move in workflow.available(plan, request.user) if name != "record"],
        "may_record": curates and plan.state != Roadmap.State.APPROVED and not year.is_closed,
        "states": states_of(rows, asked),
        "sections": sections_of(plan, rows, asked),
        "shown_state": asked,
        "entries": Entry.objects.about(plan)[:20]
        if request.user.has_role(Role.CURATOR, Role.HEAD, Role.ADMIN)
        else None,
    }
    return render(request, "roadmap/roadmap.html", context)


def rows_of(plan, year):
    """One row an item: the item, its deadline in words, what was measured, its proofs."""
    measured = measure(plan, year.as_of())
    proofs = defaultdict(list)
    for proof in Proof.objects.in_force().filter(checkpoint__item__roadmap=plan).values("checkpoint__item_id", "title"):
        proofs[proof["checkpoint__item_id"]].append(proof["title"])
    rows = []
    for item in plan.items.all():
        item.roadmap = plan
        rows.append(
            {
                "item": item,
                "reading": beside(item.deadline_words, describe(item.reading())),
                "measured": measured.get(item.pk),
                "proofs": proofs[item.pk],
            }
        )
    return rows


def states_of(rows, asked):
    """[(code, label, how many, is it chosen)] of the states that occur, what needs hands first."""
    counts = Counter(row["measured"].state for row in rows if row["measured"])
    return [(state.value, state.label, counts[state], state == asked) for state in ItemState if counts[state]]


def sections_of(plan, rows, asked):
    """Sections with the rows whose state was asked for; without a filter empty sections are shown too."""
    kept = [row for row in rows if not asked or (row["measured"] and row["measured"].state == asked)]
    found = [
        {"section": section, "rows": [row for row in kept if row["item"].section_id == section.pk]}
        for section in plan.sections.all()
    ]
    return [entry for entry in found if entry["rows"] or not asked]


def own(request, pk):
    """The person's school's roadmap with this number, or 404."""
    return get_object_or_404(Roadmap.objects.visible_to(request.user).select_related("year__school"), pk=pk)


@roles_allowed(Role.CURATOR, Role.HEAD)
@require_POST
def roadmap_move(request, pk, name):
    """Submit, take back, approve, return, reopen; the record of a paper has its own page."""
    return moves.take(request, own(request, pk), name if name != "record" else "")


@roles_allowed(Role.CURATOR)
def roadmap_record(request, pk):
    """The curator records what the head signed on paper: order № and date."""
    plan = own(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            record(plan, request.user, **form.cleaned_data)
            messages.success(request, _("The approval is recorded; it says that it was entered from paper."))
            return redirect(plan)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "roadmap/roadmap_record.html", {"roadmap": plan, "form": form})


@transaction.atomic
def record(plan, by, *, order, on, scan):
    """The step with its scan: a refused step keeps no file's row."""
    return workflow.perform(plan, "record", by, order=order, on=on, scan=files.store(scan, by=by))


@roles_allowed(*STAFF)
def roadmap_scan(request, pk):
    return files.send(own(request, pk).approval_scan)
