"""Pairs: list, card, steps of their life, the proposal for the whole school."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Max, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from accounts import journal, moves, workflow
from accounts.clock import today
from accounts.lists import page_of, sort_of
from accounts.models import Entry
from accounts.roles import EVERYONE, STAFF, Role, roles_allowed
from accounts.years import chosen_year
from pairs import proposal
from pairs.forms.pairing import EndPairForm, PairFilterForm, PairForm, PauseForm, ResumeForm
from pairs.models import Group, Pair, Pause

SORTS = {
    "mentee": ("mentee__person__sort_key",),
    "mentor": ("mentor__person__sort_key", "mentee__person__sort_key"),
    "start": ("starts_on", "pk"),
    "meeting": ("last_meeting", "pk"),
}


@roles_allowed(*EVERYONE)
def pair_list(request):
    year = chosen_year(request)
    form = PairFilterForm(request.GET, year=year)
    pairs = filtered(Pair.objects.visible_to(request.user).filter(year=year), form, year)
    pairs = pairs.with_people().select_related("plan").order_by(*sort_of(request, SORTS, "mentee"))
    context = {
        "year": year,
        "form": form,
        "page": page_of(request, pairs),
        "may_write": request.user.has_role(Role.CURATOR),
        "runs_school": request.user.has_role(*STAFF),
    }
    return render(request, "pairs/pair_list.html", context)


def filtered(pairs, form, year):
    """Withdrawn drafts are history, not pairs: they are found on the page of changes."""
    pairs = pairs.exclude(state=Pair.State.WITHDRAWN)
    if form.is_valid():
        chosen = form.cleaned_data
        for word in proposal.folded(chosen["q"]).split():
            pairs = pairs.filter(
                Q(mentor__person__search_key__contains=word) | Q(mentee__person__search_key__contains=word)
            )
        if chosen["group"]:
            pairs = pairs.filter(Q(groups=chosen["group"])) if not chosen["group"].holds_all else pairs
        if chosen["mentor"]:
            pairs = pairs.filter(mentor=chosen["mentor"])
        pairs = of_state(pairs, chosen["state"], year)
    return pairs.with_shown_state(today()).with_last_meeting(today())


def of_state(pairs, state, year):
    """Pairs in a shown state, or picked out by what they need."""
    match state:
        case "":
            return pairs
        case "of_year":
            return pairs.of_year(year, year.as_of())
        case "silent":
            return pairs.silent(year, year.as_of())
        case "over":
            return pairs.time_is_up(today())
    return pairs.shown_as(state, today())


def find(request, pk):
    rows = Pair.objects.visible_to(request.user).with_people().select_related("year__school", "order", "plan")
    return get_object_or_404(rows, pk=pk)


@roles_allowed(*EVERYONE)
def pair_detail(request, pk):
    pair = find(request, pk)
    curates = request.user.has_role(Role.CURATOR)
    context = {
        "object": pair,
        "steps": steps_of(pair),
        "meetings": pair.attendances.select_related("meeting").order_by("-meeting__on", "-pk")[:6],
        "pauses": pair.pauses.all(),
        "moves": [(n, m) for n, m in workflow.available(pair, request.user) if n not in ("fix", "end")],
        "curates": curates,
        "growth_url": growth_url(pair, request.user),
        "may_log": pair.shown_state == Pair.Shown.IN_FORCE and (curates or pair.mentor.person_id == request.user.pk),
        "entries": Entry.objects.about(pair)[:20],
    }
    return render(request, "pairs/pair_detail.html", context)


def growth_url(pair, user):
    """Where this person reads how the mentee grows: one's own page, or that of the mentee; "" for other readers."""
    if pair.mentee.person_id == user.pk:
        return reverse("survey_growth")
    if user.is_curator or pair.mentor.person_id == user.pk and pair.state in (Pair.State.FIXED, Pair.State.COMPLETED):
        return reverse("person_growth", args=[pair.mentee.person_id])
    return ""


def steps_of(pair):
    """[(step, the day it was held or None, is it overdue)] of the five steps."""
    held = Q(meetings__attendances__pair=pair, meetings__state="held") & ~Q(meetings__attendances__answer="objected")
    steps = pair.year.steps.annotate(held_on=Max("meetings__on", filter=held))
    return [(step, step.held_on, step.held_on is None and step.due_on < today()) for step in steps]


@roles_allowed(Role.CURATOR)
def pair_create(request):
    pair = Pair(year=chosen_year(request))
    initial = {"mentee": request.GET.get("mentee"), "groups": Group.objects.filter(year=pair.year, holds_all=True)}
    form = PairForm(request.POST or None, instance=pair, initial=initial)
    if form.is_valid() and journal.save(form, request.user, _("created a draft pair")):
        warn_beyond_norm(request, pair)
        messages.success(request, _("The draft is saved. An order fixes it."))
        return redirect(pair)
    return render(request, "pairs/pair_create.html", {"form": form})


def warn_beyond_norm(request, pair):
    norm = request.user.school.mentees_norm
    count = Pair.objects.filter(mentor=pair.mentor, state__in=[Pair.State.DRAFT, Pair.State.FIXED]).count()
    if count > norm:
        messages.warning(request, _("%(name)s now has %(n)d mentees; usual at this school: %(norm)d.") % {
            "name": pair.mentor.person.short_name, "n": count, "norm": norm
        })  # fmt: skip


@roles_allowed(Role.CURATOR)
def pair_edit(request, pk):
    pair = find(request, pk)
    if pair.state != Pair.State.DRAFT:
        messages.error(request, _("A pair fixed by an order is not edited: end it and form a new one."))
        return redirect(pair)
    form = PairForm(request.POST or None, instance=pair)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(pair)
    return render(request, "pairs/pair_edit.html", {"form": form, "object": pair})


@roles_allowed(Role.CURATOR)
@require_POST
def pair_move(request, pk, name):
    return moves.take(request, find(request, pk), name if name in ("complete", "withdraw") else "")


@roles_allowed(Role.CURATOR)
def pair_end(request, pk):
    pair = find(request, pk)
    if pair.state != Pair.State.FIXED:
        messages.error(request, _("Only a working pair can be ended."))
        return redirect(pair)
    form = EndPairForm(request.POST or None, pair=pair, initial={"ended_on": today()})
    if form.is_valid():
        return end(request, pair, **form.cleaned_data)
    return render(request, "pairs/pair_end.html", {"form": form, "object": pair})


def end(request, pair, comment, **fields):
    try:
        workflow.perform(pair, "end", request.user, comment, **fields)
        messages.success(request, _("The pair is ended. Its history and plan stay readable."))
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(pair)


@roles_allowed(Role.CURATOR)
def pair_pause(request, pk):
    """Illness or leave; outside the figures while it lasts."""
    pair = find(request, pk)
    if pair.state != Pair.State.FIXED:
        messages.error(request, _("Only a working pair can be paused."))
        return redirect(pair)
    form = PauseForm(request.POST or None, instance=Pause(pair=pair), initial={"since": today()})
    if form.is_valid() and journal.save(form, request.user, _("paused the pair")):
        journal.record(request.user, _("paused the pair"), pair, comment=form.cleaned_data["reason"])
        messages.success(request, _("The pair is paused."))
        return redirect(pair)
    return render(request, "pairs/pair_pause.html", {"form": form, "object": pair})


@roles_allowed(Role.CURATOR)
def pair_resume(request, pk):
    """`pk` is the pair's: its open pause gets a last day."""
    pair = find(request, pk)
    pause = get_object_or_404(pair.pauses.filter(until__isnull=True))
    form = ResumeForm(request.POST or None, instance=pause, initial={"until": today()})
    if form.is_valid() and journal.save(form, request.user, _("resumed the pair")):
        journal.record(request.user, _("resumed the pair"), pair)
        messages.success(request, _("Saved."))
        return redirect(pair)
    return render(request, "pairs/pair_resume.html", {"form": form, "object": pair})


@roles_allowed(Role.CURATOR)
def pair_match(request):
    """The proposal; the posted choice becomes drafts, all or none."""
    year = chosen_year(request)
    rows = proposal.propose(year)
    if request.method == "POST":
        return create_drafts(request, year, rows)
    context = {"year": year, "rows": rows, "found": sum(row.chosen is not None for row in rows)}
    return render(request, "pairs/pair_match.html", context)


def create_drafts(request, year, rows):
    """For each checked mentee the chosen mentor, if both are still free; the reasons go with the pair."""
    chosen = [(row, choice) for row in rows if (choice := posted_choice(request.POST, row))]
    over = crowded(chosen)
    if over:
        messages.error(request, _("Too many mentees for %(names)s: choose somebody else.") % {"names": ", ".join(over)})
        return redirect(request.get_full_path())
    with transaction.atomic():
        for row, choice in chosen:
            create_draft(request.user, year, row.mentee, choice)
    messages.success(
        request, ngettext("%(n)d draft is made.", "%(n)d drafts are made.", len(chosen)) % {"n": len(chosen)}
    )
    return redirect("pair_list" if not chosen else "order_create")


def posted_choice(data, row):
    if f"take-{row.mentee.pk}" not in data:
        return None
    asked = data.get(f"mentor-{row.mentee.pk}")
    return next((choice for choice in row.choices if str(choice.mentor.pk) == asked), None)


def crowded(chosen):
    """Names of mentors who would get more than their free places."""
    taken = {}
    for _row, choice in chosen:
        taken.setdefault(choice.mentor, []).append(choice)
    return [mentor.person.short_name for mentor, found in taken.items() if len(found) > proposal.free_places(mentor)]


def create_draft(by, year, mentee, choice):
    with override("ru"):
        why = "; ".join(proposal.score(mentee, choice.mentor).reasons)
    pair = Pair.objects.create(year=year, mentee=mentee, mentor=choice.mentor, chosen_because=why[:500])
    pair.groups.set(Group.objects.filter(year=year, holds_all=True))
    journal.record(by, _("created a draft pair"), pair, comment=why)
