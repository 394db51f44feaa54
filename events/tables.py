"""Events and trainings as tables: what page, PDF and Excel show alike."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events import hours
from events.models import Attendance, Course, Event, Invited, Talk
from events.sheet import Sheet
from papers.table import Column, Table


def time_of(event):
    return f"{event.starts_at:%H:%M}–{event.ends_at:%H:%M}"


def with_present(events):
    """Adds `present`: how many were there."""
    return events.annotate(present=Count("attendances", filter=Q(attendances__mark=Attendance.Mark.PRESENT)))


def register(events):
    """The event register; `events` in any order, shown by date."""
    found = list(with_present(events).select_related("responsible").order_by("on", "starts_at", "pk"))
    columns = [
        Column(_("Date"), "date"),
        Column(_("Time"), width=14, only_in_excel=True),
        Column(_("Kind"), width=24),
        Column(_("Event"), width=38),
        Column(_("Level"), width=14, only_in_excel=True),
        Column(_("Place"), width=20),
        Column(_("Responsible"), width=18),
        Column(_("Planned for"), "date"),
        Column(_("State"), width=16),
        Column(_("Present"), "int", width=15),
        Column(_("Academic hours"), "int", only_in_excel=True),
        Column(_("Reason of a move or cancellation"), width=30, only_in_excel=True),
    ]
    rows = [register_row(event) for event in found]
    held = sum(event.state == Event.State.HELD for event in found)
    in_time = sum(event.state == Event.State.HELD and not event.is_moved for event in found)
    note = ngettext("%(n)d event", "%(n)d events", len(found)) % {"n": len(found)}
    note += _(": held %(held)d, of them on the first planned day %(in_time)d.") % {"held": held, "in_time": in_time}
    return Table(_("Register of events"), columns, rows, note=note)


def register_row(event):
    return (
        event.on,
        time_of(event),
        kind_of(event),
        event.title,
        event.get_level_display(),
        _("at a distance") if event.is_distance and not event.place else event.place,
        event.responsible.short_name if event.responsible else "",
        event.original_on,
        str(event.shown_state.label),
        event.present if event.present else None,
        event.hours,
        event.cancel_reason or event.move_reason,
    )


def kind_of(event):
    """«Внешнее мероприятие, региональный»."""
    level = f", {event.get_level_display()}" if event.level else ""
    return f"{event.get_kind_display()}{level}"


def attendance(event):
    """Who was there, with the share in words."""
    sheet = Sheet(event)
    columns = [Column("№", "int", width=6), Column(_("Full name"), width=40), Column(_("Attendance"), width=26),
               Column(_("Reason"), width=30), Column(_("How it was marked"), width=24, only_in_excel=True)]  # fmt: skip
    rows = [(n, row.person.full_name, str(row.label), *beside(row)) for n, row in enumerate(sheet.rows, 1)]
    return Table(_("Attendance sheet"), columns, rows, note=said(sheet.share))


def beside(row):
    found = row.attendance
    if found is None:
        return ("", "")
    return (found.reason, _("by QR code") if found.checked_in else _("in the list"))


def said(share):
    """«Присутствовали 16 из 18 (88 %), порог 90 %.»"""
    if not share.total:
        return _("present: %(n)d") % {"n": share.guests}
    words = _("Present: %(present)d of %(total)d (%(percent)d %%)") % {
        "present": share.present, "total": share.total, "percent": share.percent
    }  # fmt: skip
    words += _(", expected at least %(percent)d %%") % {"percent": share.threshold} if share.threshold else ""
    words += _("; absent for a good reason: %(n)d") % {"n": share.excused} if share.excused else ""
    words += _("; guests: %(n)d") % {"n": share.guests} if share.guests else ""
    return words + "."


def signatures(event):
    """The list that goes round the room: names, and room for the signature."""
    columns = [Column("№", "int", width=6), Column(_("Full name"), width=44), Column(_("Post"), width=30),
               Column(_("Signature"), width=26)]  # fmt: skip
    people = event.people().select_related("card").order_by("sort_key", "pk")
    rows = [(n, person.full_name, post_of(person), "") for n, person in enumerate(people, 1)]
    return Table(_("Attendance list"), columns, rows)


def post_of(person):
    card = getattr(person, "card", None)
    return card.post if card else ""


def courses(found):
    """Courses with their certificates; `found`: those to show."""
    rows = list(found.select_related("person").order_by("person__sort_key", "ends_on", "pk"))
    columns = [
        Column(_("Full name"), width=30),
        Column(_("Course"), width=40),
        Column(_("Organisation"), width=24),
        Column(_("Form"), width=20),
        Column(_("Begins"), "date", only_in_excel=True),
        Column(_("Ends"), "date"),
        Column(_("Academic hours"), "int", width=16),
        Column(_("Certificate №"), width=22),
        Column(_("State"), width=22),
    ]
    done = [row for row in rows if row.state == Course.State.CONFIRMED]
    count = ngettext("%(n)d course", "%(n)d courses", len(rows)) % {"n": len(rows)}
    note = _("%(count)s, confirmed %(done)d, %(hours)d academic hours.") % {
        "count": count, "done": len(done), "hours": sum(row.hours for row in done)
    }  # fmt: skip
    return Table(_("Trainings and certificates"), columns, [course_row(row) for row in rows], note=note)


def course_row(row):
    return (
        row.person.full_name,
        row.title,
        row.organisation,
        _("at a distance") if row.is_distance else _("in person"),
        row.starts_on,
        row.ends_on,
        row.hours,
        row.certificate_number,
        str(row.get_state_display()),
    )


def hours_of_year(year, on):
    """Hours per person: confirmed courses and the events at which they were present."""
    found = hours.by_person(year, on)
    people = User.objects.filter(pk__in=found).order_by("sort_key", "pk")
    columns = [
        Column(_("Full name"), width=44),
        Column(_("Courses, hours"), "int", width=16),
        Column(_("Events of the school, hours"), "int", width=18),
        Column(_("Together"), "int", width=14),
    ]
    rows = [(person.full_name, *found[person.pk], sum(found[person.pk])) for person in people]
    count = ngettext("%(n)d person", "%(n)d people", len(rows)) % {"n": len(rows)}
    note = _("%(people)s, academic hours together: %(n)d.") % {"people": count, "n": sum(row[-1] for row in rows)}
    return Table(_("Hours per person"), columns, rows, note=note)


def council(year, on, pairs):
    """Which of these pairs presented at a council, when and with what."""
    columns = [Column(_("Mentor"), width=28), Column(_("Mentee"), width=28), Column(_("Topic"), width=40),
               Column(_("Presented on"), "date")]  # fmt: skip
    told = {talk.pair_id: talk for talk in Talk.objects.filter(year=year).spoken_by(on).order_by("-spoken_on", "-pk")}
    rows = [
        (pair.mentor.person.full_name, pair.mentee.person.full_name, *talk_row(told.get(pair.pk)))
        for pair in pairs.with_people()
    ]
    return Table(_("Talks of the pairs at the council"), columns, rows)


def talk_row(talk):
    return (talk.topic, talk.spoken_on) if talk else ("", None)


def outside(year, on):
    """Who was put forward for which outside event, and what came of it."""
    rows = (
        Invited.objects.nominated(year, on).select_related("event", "person").order_by("event__on", "person__sort_key")
    )
    present = set(Attendance.objects.present().filter(year=year).values_list("event_id", "person_id"))
    columns = [Column(_("Date"), "date"), Column(_("Event"), width=40), Column(_("Full name"), width=30),
               Column(_("Took part"), "bool"), Column(_("What came of it"), width=26)]  # fmt: skip
    shown = [
        (row.event.on, f"{row.event.title} ({row.event.get_level_display()})", row.person.full_name,
         (row.event_id, row.person_id) in present, row.result)
        for row in rows
    ]  # fmt: skip
    return Table(_("Outside events"), columns, shown)
