"""Who is invited by name, and who was there: a fact, not a promise."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Participation, SchoolYear, StoredFile, User
from accounts.roles import STAFF
from events.models.events import Event


class InvitedQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(*STAFF) else rows.filter(person=user)

    def nominated(self, year, on):
        """Those put forward for an outside event that has come by that day and was not cancelled."""
        events = Event.objects.standing().filter(year=year, kind=Event.Kind.OUTSIDE, on__lte=on)
        return self.filter(year=year, event__in=events)


class Invited(models.Model):
    """A person invited by name; for an outside event: put forward by the school, with what came of it."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.CASCADE, related_name="invited_people")
    person = models.ForeignKey(User, models.PROTECT, related_name="invitations_to_events", verbose_name=_("person"))
    result = models.CharField(
        _("what came of it"), max_length=200, blank=True, help_text=_("For example: diploma of the second degree")
    )
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmation")
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = InvitedQuerySet.as_manager()

    class Meta:
        verbose_name = _("invited to an event")
        verbose_name_plural = _("invited to events")
        ordering = ["person__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="invited_once",
                violation_error_message=_("This person is invited already."),
            )
        ]
        indexes = [models.Index(fields=["year", "person"], name="invited_of_year")]

    def __str__(self):
        return f"{self.event}: {self.person}"

    def get_absolute_url(self):
        return self.event.get_absolute_url()


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(*STAFF) else rows.filter(person=user)

    def present(self):
        return self.filter(mark=Attendance.Mark.PRESENT)

    def present_at(self, event):
        """`event`: an event, or a queryset of one."""
        if isinstance(event, Event):
            return self.present().filter(event=event)
        return self.present().filter(event__in=event.values("pk"))

    def participations(self):
        """Ids of the participations, in that year, of the people in these rows."""
        here = self.filter(year=models.OuterRef("year"), person=models.OuterRef("person"))
        return Participation.objects.filter(models.Exists(here)).values("pk")

    def people(self):
        return self.values("person_id")


class Attendance(models.Model):
    """A person at an event."""

    class Mark(models.TextChoices):
        PRESENT = "present", pgettext_lazy("attendance", "present")
        ABSENT = "absent", pgettext_lazy("attendance", "absent")
        EXCUSED = "excused", pgettext_lazy("attendance", "absent for a good reason")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(User, models.PROTECT, related_name="event_attendances", verbose_name=_("person"))
    mark = models.CharField(_("attendance"), max_length=7, choices=Mark)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    checked_in = models.BooleanField(_("checked in with their own phone"), default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance of an event")
        verbose_name_plural = _("attendance of events")
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="event_attendance_once"),
            models.CheckConstraint(condition=~Q(mark="excused") | ~Q(reason=""), name="excused_has_reason"),
        ]
        indexes = [models.Index(fields=["year", "person"], name="event_attendance_of_year")]

    def __str__(self):
        return f"{self.event}: {self.person}, {self.get_mark_display()}"

    def get_absolute_url(self):
        return self.event.get_absolute_url()

    def clean(self):
        if self.mark == self.Mark.EXCUSED and not self.reason.strip():
            raise ValidationError({"reason": _("Write why the person was absent.")})
