"""What waits because of events: attendance, courses, talks, and where one is invited."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Attendance, Course, Event, Talk
from events.tables import time_of
from mentorship_portal.today.task import NAMED, Task, day, until, waited
from pairs.models import Pair

AHEAD = datetime.timedelta(days=14)
SPEAKERS_NEED = datetime.timedelta(days=60)  # so long before a council its talks are asked for


def of_curator(look):
    """One query for all events that ask something: those to settle, and the next council."""
    council = Q(kind=Event.Kind.COUNCIL, state=Event.State.PLANNED, on__lte=look.today + SPEAKERS_NEED)
    found = list(with_marks(look).filter(unsettled(look) | council))
    settle = [event for event in found if event.on <= look.today]
    councils = [event for event in found if event.kind == Event.Kind.COUNCIL and event.on >= look.today]
    return [
        *attendance(look, [event for event in settle if waits_for_marks(event, look.today)]),
        *passed(look, settle),
        *to_confirm(look),
        *unscheduled_talks(look, councils[:1]),
    ]


def with_marks(look):
    """Events of the year that were not cancelled, with `is_marked`: is anybody."""
    marked = Attendance.objects.filter(event=OuterRef("pk"))
    rows = Event.objects.standing().filter(year=look.year).annotate(is_marked=Exists(marked))
    return rows.order_by("on", "starts_at", "pk")


def unsettled(look):
    """Those that were to take place by today: planned still, or held with nobody marked."""
    return Q(on__lte=look.today) & ~Q(state=Event.State.HELD, is_marked=True)


def waits_for_marks(event, today):
    """Today's, or one that was held; of a passed one it is asked first whether it was held at all."""
    return not event.is_marked and (event.on == today or event.state == Event.State.HELD)


def attendance(look, events):
    return [
        Task(
            _("Mark who is at “%(event)s”") % {"event": event.title},
            reverse("attendance_list", args=[event.pk]),
            _("Mark attendance"),
            "bad" if event.on < look.today else "warn",
            _("today, %(time)s") % {"time": time_of(event)} if event.on == look.today else day(event.on),
            list_url=event.get_absolute_url(),
        )
        for event in events
    ]


def passed(look, events):
    """The day is over and nobody has said whether it was held."""
    found = [event for event in events if event.state == Event.State.PLANNED and event.on < look.today]
    if not found:
        return []
    words = ngettext("The day of %(n)d event has passed", "The day of %(n)d events has passed", len(found))
    named = tuple((event.title, event.get_absolute_url(), day(event.on)) for event in found)
    url = found[0].get_absolute_url() if len(found) == 1 else look.to("event_list", shown="planned")
    return [Task(words % {"n": len(found)}, url, _("Held, moved or cancelled?"), "warn", people=named)]


def to_confirm(look):
    """Courses that people say they have completed, the longest waiting first; one's own is somebody else's to confirm."""
    rows = Course.objects.filter(year=look.year).waiting().exclude(person=look.user).select_related("person")
    found = list(rows.order_by("claimed_on", "pk"))
    if not found:
        return []
    words = ngettext(
        "%(n)d course waits for confirmation", "%(n)d courses wait for confirmation", len(found)
    ) % {"n": len(found)}  # fmt: skip
    oldest = (look.today - found[0].claimed_on).days
    named = tuple((course.person.short_name, course.get_absolute_url(), course.title) for course in found)
    all_of_them = look.to("course_list", state="claimed")
    url = found[0].get_absolute_url() if len(found) == 1 else all_of_them
    tone = "warn" if oldest > 7 else "info"
    return [Task(words, url, _("Look and confirm"), tone, waited(oldest), named, list_url=all_of_them)]


def unscheduled_talks(look, councils):
    """A council is near, and pairs have neither presented this year nor a talk to come."""
    if not councils or councils[0].state != Event.State.PLANNED:
        return []
    council = councils[0]
    told = Talk.objects.filter(year=look.year).exclude(spoken_on__isnull=True, event__state=Event.State.CANCELLED)
    pairs = Pair.objects.of_year(look.year, look.on).exclude(pk__in=told.values("pair_id")).with_people()
    named = tuple((str(pair), "", "") for pair in pairs)
    if not named:
        return []
    words = ngettext(
        "%(n)d pair has no talk at the council", "%(n)d pairs have no talk at the council", len(named)
    ) % {"n": len(named)}  # fmt: skip
    url = reverse("talk_list", args=[council.pk])
    tone = "warn" if council.on - look.today <= AHEAD else "info"
    return [Task(words, url, _("Schedule the talks"), tone, until(council.on, look.today), named)]


def of_participant(look):
    """Where one is invited in the next two weeks, the events one answers for, and one's own courses."""
    return [*returned_courses(look), *kept_events(look), *next_events(look)]


def returned_courses(look):
    rows = Course.objects.filter(year=look.year, person=look.user, state=Course.State.RETURNED)
    return [
        Task(
            _("The course “%(course)s” was returned: “%(remark)s”") % {"course": course.title, "remark": course.remark},
            reverse("course_claim", args=[course.pk]),
            _("Put it right"),
            "bad",
            list_url=course.get_absolute_url(),
        )
        for course in rows
    ]


def kept_events(look):
    """A participant may answer for an event: attendance waits for them as for the curator."""
    if look.user.is_curator:
        return []  # stands in the curator's section
    rows = with_marks(look).filter(unsettled(look), responsible=look.user)
    return attendance(look, [event for event in rows if waits_for_marks(event, look.today)])


def next_events(look):
    coming = Event.objects.filter(year=look.year, state=Event.State.PLANNED, on__range=(look.today, look.today + AHEAD))
    rows = coming.inviting(look.user).order_by("on", "starts_at")[:NAMED]
    return [
        Task(
            f"{event.get_kind_display()}: {event.title}",
            event.get_absolute_url(),
            _("Look"),
            age=f"{day(event.on)}, {time_of(event)}" if event.on > look.today
            else _("today, %(time)s") % {"time": time_of(event)},
        )
        for event in rows
    ]  # fmt: skip
