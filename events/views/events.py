"""Events: the list, one event, its plan and its steps, whom it invites by name, its file for a calendar."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Q, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import files, journal, moves, workflow
from accounts.clock import today
from accounts.lists import page_of, sort_of
from accounts.models import Entry
from accounts.roles import EVERYONE, PARTICIPANTS, STAFF, Role, roles_allowed
from accounts.years import chosen_year
from events import actions
from events.calendar import CONTENT_TYPE, of_event
from events.forms.events import EventFilter, EventForm, InviteForm, NomineeForm, PostponeForm
from events.models import Event, Invited
from events.sheet import Sheet
from events.tables import with_present
from pairs.models import Competence
from papers.download import attachment

SORTS = {
    "next": ("ahead", "-on", "-starts_at", "-pk"), "on": ("-on", "-starts_at", "-pk"), "title": ("title", "pk"),
    "kind": ("kind", "-on", "pk"), "present": ("-present", "pk"),
}  # fmt: skip
USUAL = {"starts_at": datetime.time(14, 0), "ends_at": datetime.time(15, 30)}


def shown_as(shown):
    """The condition for a state as people see it."""
    moved = Q(state=Event.State.PLANNED) & ~Q(on=F("original_on"))
    return {
        Event.Shown.PLANNED: Q(state=Event.State.PLANNED, on=F("original_on")),
        Event.Shown.MOVED: moved,
    }.get(shown) or Q(state=shown)


@roles_allowed(*EVERYONE)
def event_list(request):
    year, user = chosen_year(request), request.user
    asked = EventFilter(request.GET, year=year)
    found = asked.apply(Event.objects.visible_to(user).filter(year=year))
    counts, shown = found.counts(), asked.cleaned_data.get("shown")
    rows = found.filter(shown_as(shown)) if shown else found
    number = counts.get(shown, 0) if shown else sum(counts.values())
    # What comes next stands first, then what is over, the latest of it first.
    ahead = Case(When(on__gte=today(), then=F("on")), default=datetime.date.max)
    rows = with_present(rows).annotate(ahead=ahead).order_by(*sort_of(request, SORTS, "next"))
    context = {
        "year": year,
        "page": page_of(request, rows, count=number),
        "filter": asked,
        "tabs": [(state, label, counts.get(state, 0)) for state, label in Event.Shown.choices],
        "total": sum(counts.values()),
        "runs_school": user.has_role(*STAFF),
        "takes_part": user.has_role(*PARTICIPANTS),
        "may_write": user.has_role(Role.CURATOR) and not year.is_closed,
    }
    return render(request, "events/event_list.html", context)


def find(request, pk):
    rows = Event.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("year__school", "responsible", "group", "competence"), pk=pk)


@roles_allowed(*EVERYONE)
def event_detail(request, pk):
    event, user = find(request, pk), request.user
    reads_names = user.has_role(*STAFF) or event.is_kept_by(user)
    sheet = Sheet(event)
    context = {
        "event": event,
        "object": event,
        "reads_names": reads_names,
        "rows": sheet.rows if reads_names else [],
        "share": sheet.share if reads_names else None,
        "own": None if reads_names else event.attendances.filter(person=user).first(),
        "talks": talks_of(event),
        "named": nominees(event) if reads_names else nominees(event).filter(person=user),
        "keeps": event.is_kept_by(user),
        "edits": user.has_role(Role.CURATOR) and not event.year.is_closed,
        "moves": [each for each in workflow.available(event, user) if each[0] != "postpone"],
        "entries": Entry.objects.about(event)[:20] if reads_names else [],
    }
    return render(request, "events/event_detail.html", context)


def talks_of(event):
    if event.kind != Event.Kind.COUNCIL:
        return []
    return event.talks.select_related("pair__mentor__person", "pair__mentee__person")


def nominees(event):
    """Those put forward for an outside event, with what came of it."""
    rows = event.invited_people.select_related("person", "proof")
    return rows if event.kind == Event.Kind.OUTSIDE else rows.none()


@roles_allowed(Role.CURATOR)
def event_create(request):
    """`?kind=training&competence=<code>` begins a training of that competence: a gap of the diagnostics leads here."""
    year = chosen_year(request)
    if year.is_closed:
        messages.error(request, _("The school year %(year)s is closed.") % {"year": year})
        return redirect("event_list")
    event = Event(year=year, responsible=request.user)
    form = EventForm(request.POST or None, instance=event, initial=USUAL | asked_for(request))
    return save_event(request, form, "events/event_create.html")


def asked_for(request):
    """What the address asks for; a kind or a competence that is not there is left out."""
    initial, kind = {}, request.GET.get("kind", "")
    if kind in Event.Kind.values:
        initial["kind"] = kind
    competences = Competence.objects.visible_to(request.user)
    if found := competences.filter(code=request.GET.get("competence", "")[:40]).first():
        initial |= {
            "competence": found.pk,
            "title": _("Training: %(competence)s") % {"competence": found.name},
            "programme": _("1. What the questionnaires show.\n2. How colleagues do it: %(competence)s.\n"
                           "3. Practice in pairs.\n4. What each will try by the next meeting.")
            % {"competence": found.name},
        }  # fmt: skip
    return initial


@roles_allowed(Role.CURATOR)
def event_edit(request, pk):
    event = find(request, pk)
    if event.state == Event.State.CANCELLED or event.year.is_closed:
        messages.error(request, workflow.already(event))
        return redirect(event)
    return save_event(request, EventForm(request.POST or None, instance=event), "events/event_edit.html")


def save_event(request, form, template):
    is_new = form.instance._state.adding
    if form.is_valid() and (event := journal.save(form, request.user)):
        messages.success(request, _("The event is planned.") if is_new else _("Saved."))
        return redirect(event)
    return render(request, template, {"form": form, "object": form.instance, "year": form.instance.year})


@roles_allowed(Role.CURATOR)
def event_postpone(request, pk):
    """Another day or time; the first planned day stays, for the roadmap asks whether it was kept."""
    event = find(request, pk)
    if not dict(workflow.available(event, request.user)).get("postpone"):
        messages.error(request, workflow.already(event))
        return redirect(event)
    form = PostponeForm(request.POST or None, event=event)
    if form.is_valid():
        reason = form.cleaned_data.pop("comment")
        try:
            workflow.perform(event, "postpone", request.user, reason, move_reason=reason, **form.cleaned_data)
            messages.success(request, _("The event is moved."))
            return redirect(event)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "events/event_postpone.html", {"form": form, "object": event})


@roles_allowed(Role.CURATOR)
@require_POST
def event_move(request, pk, name):
    if name == "postpone":  # has a page of its own, which asks for the day
        raise PermissionDenied
    fields = {"cancel_reason": request.POST.get("comment", "").strip()[:2000]} if name == "cancel" else {}
    return moves.take(request, find(request, pk), name, **fields)


@roles_allowed(Role.CURATOR)
def event_invite(request, pk):
    """Whom it invites by name, beside those to whom it is addressed; for an outside event: who is put forward."""
    event = find(request, pk)
    if event.year.is_closed or event.state == Event.State.CANCELLED:
        messages.error(request, workflow.already(event))
        return redirect(event)
    form = InviteForm(request.POST or None, event=event)
    if form.is_valid():
        try:
            actions.invite(event=event, people=form.cleaned_data["people"], by=request.user)
            messages.success(request, _("Saved."))
            return redirect(event)
        except workflow.Refused as refusal:
            form.add_error("people", str(refusal))
    return render(request, "events/event_invite.html", {"form": form, "object": event})


@roles_allowed(Role.CURATOR)
def nominee_edit(request, pk):
    """What came of an outside event for one person, with the paper that confirms it."""
    rows = Invited.objects.visible_to(request.user).filter(event__kind=Event.Kind.OUTSIDE)
    row = get_object_or_404(rows.select_related("event__year", "year", "person", "proof"), pk=pk)
    form = NomineeForm(request.POST or None, request.FILES or None, instance=row)
    if form.is_valid() and actions.keep_result(form=form, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(row.event)
    return render(request, "events/nominee_edit.html", {"form": form, "object": row})


@roles_allowed(*EVERYONE)
def nominee_file(request, pk):
    row = get_object_or_404(Invited.objects.visible_to(request.user).select_related("proof"), pk=pk)
    return files.send(row.proof)


@roles_allowed(*EVERYONE)
def event_ics(request, pk):
    event = find(request, pk)
    return attachment(of_event(event), f"{event.title}.ics", CONTENT_TYPE)
