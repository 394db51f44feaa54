"""Talks of the pairs at a council: the order, who spoke, who has not spoken this year."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import journal, workflow
from accounts.roles import Role, roles_allowed
from events import actions
from events.forms.talks import TalkForm
from events.models import Event, Talk
from events.views.events import find
from pairs.models import Pair

STEPS = {"up": -1, "down": 1}


def council(request, pk):
    event = find(request, pk)
    if event.kind != Event.Kind.COUNCIL:
        raise Http404("not a council")
    return event


def find_talk(request, pk):
    rows = Talk.objects.visible_to(request.user).select_related(
        "event__year", "year", "pair__mentor__person", "pair__mentee__person"
    )
    return get_object_or_404(rows, pk=pk)


@roles_allowed(Role.CURATOR)
def talk_list(request, pk):
    event = council(request, pk)
    open_now = event.state != Event.State.CANCELLED and not event.year.is_closed
    form = TalkForm(
        request.POST or None, instance=Talk(year=event.year, event=event), initial={"pair": request.GET.get("pair")}
    )
    if open_now and form.is_valid() and actions.add_talk(form=form, by=request.user):
        return redirect("talk_list", pk)
    context = {
        "event": event,
        "form": form,
        "open_now": open_now,
        "talks": event.talks.select_related("pair__mentor__person", "pair__mentee__person"),
        "silent": silent_pairs(event.year),
    }
    return render(request, "events/talk_list.html", context)


def silent_pairs(year):
    """Pairs of the year that have not presented and are not scheduled anywhere."""
    told = Talk.objects.filter(year=year)
    pairs = Pair.objects.of_year(year, year.as_of()).with_people()
    return pairs.exclude(pk__in=told.filter(spoken_on__isnull=False).values("pair_id")).exclude(
        pk__in=told.coming().values("pair_id")
    )


@roles_allowed(Role.CURATOR)
def talk_edit(request, pk):
    talk = find_talk(request, pk)
    form = TalkForm(request.POST or None, instance=talk)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect("talk_list", talk.event_id)
    return render(request, "events/talk_edit.html", {"form": form, "object": talk})


@roles_allowed(Role.CURATOR)
@require_POST
def talk_mark(request, pk):
    """They presented; without `spoken` the mark is taken back."""
    talk = find_talk(request, pk)
    return take(request, talk, actions.mark_talk, spoken="spoken" in request.POST)


@roles_allowed(Role.CURATOR)
@require_POST
def talk_shift(request, pk):
    talk = find_talk(request, pk)
    return take(request, talk, actions.shift_talk, step=STEPS.get(request.POST.get("to", ""), 0))


@roles_allowed(Role.CURATOR)
@require_POST
def talk_remove(request, pk):
    return take(request, find_talk(request, pk), actions.remove_talk)


def take(request, talk, act, **options):
    if talk.year.is_closed:
        messages.error(request, _("The school year %(year)s is closed.") % {"year": talk.year})
        return redirect("talk_list", talk.event_id)
    try:
        act(talk=talk, by=request.user, **options)
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("talk_list", talk.event_id)
