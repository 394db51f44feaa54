"""Hours of training per person and year: confirmed courses, and the school's own events at which they were present."""

from collections import defaultdict

from django.db.models import Sum

from events.models import Attendance, Course


def of_courses(year, on, **who):
    rows = Course.objects.completed(year, on).filter(**who).order_by()
    return dict(rows.values_list("person_id").annotate(Sum("hours")))


def of_events(year, on, **who):
    rows = Attendance.objects.present().filter(year=year, event__on__lte=on, event__hours__isnull=False, **who)
    return dict(rows.order_by().values_list("person_id").annotate(Sum("event__hours")))


def by_person(year, on, **who):
    """{person's pk: (hours of courses, hours of events)}; two queries whatever the number of people."""
    found = defaultdict(lambda: [0, 0])
    for place, hours in enumerate((of_courses(year, on, **who), of_events(year, on, **who))):
        for person, number in hours.items():
            found[person][place] = number
    return {person: tuple(hours) for person, hours in found.items()}
