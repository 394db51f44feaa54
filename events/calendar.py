"""An event as a file for a calendar (RFC 5545), with times in UTC."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings

from accounts import clock

CONTENT_TYPE = "text/calendar; charset=utf-8"


def of_event(event):
    """The bytes of an .ics file. The library is loaded with the first of them."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    calendar, entry = Calendar(), Entry()
    calendar.add("prodid", "-//mentorship portal//RU")
    calendar.add("version", "2.0")
    for name, value in fields_of(event):
        entry.add(name, value)
    calendar.add_component(entry)
    return calendar.to_ical()


def fields_of(event):
    """Name and value of each line; a moved event keeps its identity and grows its sequence."""
    address = settings.SITE_URL + event.get_absolute_url()
    where = ", ".join(filter(None, (event.place, event.link)))
    yield "uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}"
    yield "sequence", event.revision
    yield "dtstamp", clock.now().astimezone(UTC).replace(microsecond=0)
    yield "dtstart", event.moment(event.starts_at).astimezone(UTC)
    yield "dtend", event.moment(event.ends_at).astimezone(UTC)
    yield "summary", event.title
    yield "status", "CANCELLED" if event.state == event.State.CANCELLED else "CONFIRMED"
    yield "url", address
    if where:
        yield "location", where
    if event.programme:
        yield "description", event.programme
