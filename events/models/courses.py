"""Courses (курсы повышения квалификации): the training schedule, and what people completed."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import SchoolYear, StoredFile, User
from accounts.roles import PARTICIPANTS, STAFF, Role
from accounts.workflow import Move


class CourseQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(*STAFF) else rows.filter(person=user)

    def counts(self):
        """{state: how many}"""
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def waiting(self):
        """Said to be completed, not yet confirmed."""
        return self.filter(state=Course.State.CLAIMED)

    def scheduled(self, year, on):
        """Lines of the training schedule on that day."""
        return self.filter(year=year, scheduled_on__lte=on).exclude(state=Course.State.WITHDRAWN)

    def completed(self, year, on):
        """Confirmed courses that ended by that day, of the schedule or not."""
        return self.filter(year=year, state=Course.State.CONFIRMED, ends_on__lte=on)


def own_or_curator(course, user):
    return not course.year.is_closed and (user.is_curator or course.person_id == user.pk)


def not_own(course, user):
    """Nobody confirms their own course."""
    return not course.year.is_closed and course.person_id != user.pk


def curator_or_own_entry(course, user):
    """A line of the schedule is taken off by the curator; what a person entered, by that person too."""
    return not course.year.is_closed and (user.is_curator or (course.person_id == user.pk and not course.scheduled_on))


def open_year(course, user):
    return not course.year.is_closed


class Course(models.Model):
    """A person's course in a year: planned in the training schedule, or completed elsewhere and entered."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("course", "In the schedule")
        CLAIMED = "claimed", pgettext_lazy("course", "Waits for confirmation")
        RETURNED = "returned", pgettext_lazy("course", "Returned")
        CONFIRMED = "confirmed", pgettext_lazy("course", "Confirmed")
        WITHDRAWN = "withdrawn", pgettext_lazy("course", "Taken off")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="courses")
    person = models.ForeignKey(User, models.PROTECT, related_name="courses", verbose_name=_("person"))
    title = models.CharField(_("course"), max_length=300)
    organisation = models.CharField(_("where it is taken"), max_length=200, blank=True)
    place = models.CharField(pgettext_lazy("event", "place"), max_length=200, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("academic hours"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    is_distance = models.BooleanField(_("at a distance"), default=False)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    certificate_number = models.CharField(_("certificate №"), max_length=60, blank=True)
    certificate = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("certificate")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    scheduled_on = models.DateField(_("in the schedule since"), null=True, blank=True, editable=False)
    claimed_on = models.DateField(_("entered as completed on"), null=True, blank=True, editable=False)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, editable=False)
    remark = models.CharField(_("comment of the curator"), max_length=2000, blank=True)
    from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["person__sort_key", "ends_on", "pk"]
        indexes = [models.Index(fields=["year", "state"], name="courses_of_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "person", "title"],
                condition=~Q(state="withdrawn"),
                name="course_once",
                violation_error_message=_("This course of this person is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="course_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, ends_on__isnull=False, hours__isnull=False),
                name="confirmed_course_has_facts",
            ),
        ]

    def __str__(self):
        return f"{self.person.short_name}: {self.title}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("course_detail", args=[self.pk])

    def missing(self):
        """Sentences: what has to be there before a course counts as completed."""
        gaps = []
        if not self.hours:
            gaps.append(_("Write the number of academic hours."))
        if not self.ends_on:
            gaps.append(_("Write the day on which the course ended."))
        elif self.ends_on > today():
            gaps.append(_("The course ends later: enter it when it is over."))
        if not (self.certificate_number or self.certificate_id):
            gaps.append(_("Add the number of the certificate, or its file."))
        return gaps

    MOVES = {
        "claim": Move(
            label=_("Enter as completed"),
            done=_("entered the course as completed"),
            sources=(State.PLANNED, State.RETURNED),
            target=State.CLAIMED,
            roles=(*PARTICIPANTS, Role.CURATOR),
            may=own_or_curator,
            missing=missing,
            companions=lambda course, by: {"claimed_on": today(), "remark": ""},
            tone="primary",
        ),
        "confirm": Move(
            label=_("Confirm"),
            done=_("confirmed the course"),
            sources=(State.CLAIMED,),
            target=State.CONFIRMED,
            roles=(Role.CURATOR, Role.HEAD),
            may=not_own,
            missing=missing,
            companions=lambda course, by: {"confirmed_on": today(), "confirmed_by": by},
            tone="primary",
        ),
        "return": Move(
            label=_("Return with a comment"),
            done=_("returned the course"),
            sources=(State.CLAIMED,),
            target=State.RETURNED,
            roles=(Role.CURATOR, Role.HEAD),
            may=not_own,
            comment=True,
        ),
        "withdraw": Move(
            label=_("Take off"),
            done=_("took the course off"),
            sources=(State.PLANNED, State.CLAIMED, State.RETURNED),
            target=State.WITHDRAWN,
            roles=(*PARTICIPANTS, Role.CURATOR),
            may=curator_or_own_entry,
            comment=True,
            tone="danger",
        ),
        "reopen": Move(
            label=_("Take the confirmation back"),
            done=_("took the confirmation of the course back"),
            sources=(State.CONFIRMED,),
            target=State.RETURNED,
            roles=(Role.CURATOR, Role.HEAD),
            may=open_year,
            comment=True,
            companions=lambda course, by, **fields: {"confirmed_on": None, "confirmed_by": None, **fields},
            tone="danger",
        ),
    }
