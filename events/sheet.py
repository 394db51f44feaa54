"""The attendance list of an event: everybody on it with their mark, and the share that is there."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import BooleanField, Case, Count, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from events.models import BY_NAME, Attendance
from pairs.models.plans import percent_of

MARK = Attendance.Mark


@dataclass(frozen=True)
class Row:
    person: User
    attendance: Attendance | None
    is_counted: bool  # among those of whom the share is told; the others are guests

    @property
    def mark(self):
        return self.attendance.mark if self.attendance else ""

    @property
    def label(self):
        return self.attendance.get_mark_display() if self.attendance else pgettext("attendance", "not marked")


@dataclass(frozen=True)
class Share:
    """How many of those who are expected are there; guests stand beside. Excused ones stay counted."""

    total: int
    present: int
    absent: int
    excused: int
    guests: int
    threshold: int | None

    @property
    def percent(self):
        return percent_of(self.present, self.total)

    @property
    def unmarked(self):
        return self.total - self.present - self.absent - self.excused

    @property
    def needed(self):
        """How many have to be there for the threshold."""
        return -(-self.threshold * self.total // 100) if self.threshold else 0

    @property
    def lacking(self):
        return max(0, self.needed - self.present)

    @property
    def beside(self):
        """«уважительная причина: 1; не отмечены: 3»: the rest of those who are expected, and the guests."""
        told = (
            (self.excused, _("excused: %(n)d")),
            (self.absent, _("absent: %(n)d")),
            (self.unmarked, _("not marked: %(n)d")),
            (self.guests, _("guests: %(n)d")),
        )
        return "; ".join(words % {"n": number} for number, words in told if number)

    @property
    def is_reached(self):
        return bool(self.threshold and self.total) and not self.lacking


def expected(event):
    """Of whom the share is told: to whom the event is addressed; for an event by name, who is invited."""
    found = event.invited_people if event.audience == BY_NAME else event.participations()
    return found.values("person_id")


class Sheet:
    def __init__(self, event):
        self.event = event

    @cached_property
    def rows(self):
        counted = Case(When(pk__in=expected(self.event), then=True), default=False, output_field=BooleanField())
        marks = {row.person_id: row for row in self.event.attendances.all()}
        people = self.event.people().annotate(is_counted=counted).order_by("sort_key", "pk")
        return [Row(person, marks.get(person.pk), person.is_counted) for person in people]

    @cached_property
    def share(self):
        counted = [row.mark for row in self.rows if row.is_counted]
        guests = sum(not row.is_counted and row.mark == MARK.PRESENT for row in self.rows)
        numbers = {mark: counted.count(mark) for mark in MARK}
        return Share(
            len(counted), numbers[MARK.PRESENT], numbers[MARK.ABSENT], numbers[MARK.EXCUSED], guests,
            self.event.threshold,
        )  # fmt: skip


def share_of(event):
    """The same figures in one query, for the page that asks every few seconds."""
    marks = event.attendances.all()
    of_mark = {mark: Q(pk__in=marks.filter(mark=mark).values("person_id")) for mark in MARK}
    people = User.objects.filter(school_id=event.year.school_id, pk__in=expected(event))
    found = people.order_by().aggregate(
        total=Count("pk"), **{str(mark): Count("pk", filter=asked) for mark, asked in of_mark.items()}
    )
    guests = marks.present().exclude(person__in=expected(event)).count()
    return Share(**found, guests=guests, threshold=event.threshold)
