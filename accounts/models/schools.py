"""The school and its years."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.roles import Role
from accounts.workflow import Move


class School(models.Model):
    class PlanApprover(models.TextChoices):
        CURATOR = "curator", _("Curator")
        HEAD = "head", _("Head of the school")

    name = models.CharField(_("short name"), max_length=200, help_text=_("As in the menu and in lists"))
    full_name = models.CharField(
        _("official name"), max_length=500, blank=True, help_text=_("As in the heading of an order")
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Printed on orders"))
    head_post = models.CharField(_("post of the head"), max_length=100, default="Директор")
    site_url = models.URLField(_("official site"), blank=True)
    mentees_norm = models.PositiveSmallIntegerField(
        _("usual number of mentees of one mentor"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("The portal warns beyond it; only the mentor's own capacity forbids"),
    )
    young_years = models.PositiveSmallIntegerField(
        _("experience that makes a mentee, years under"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    plan_approver = models.CharField(
        _("who approves plans"), max_length=10, choices=PlanApprover, default=PlanApprover.CURATOR
    )
    mentor_consent_on_paper = models.BooleanField(
        _("a mentor's consent to the work is taken on paper only"),
        default=False,
        help_text=_(
            "The Labour Code, art. 351.8, asks for a written one: tick this if the school signs nothing electronically"
        ),
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("school_edit")

    def head(self):
        """The person who signs papers, or None."""
        return self.people.filter(is_head=True, is_active=True).order_by("sort_key").first()


class SchoolYearQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(school_id=user.school_id)

    def containing(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class SchoolYear(models.Model):
    class State(models.TextChoices):
        PREPARATION = "preparation", pgettext_lazy("school year", "In preparation")
        CURRENT = "current", pgettext_lazy("school year", "Current")
        CLOSED = "closed", pgettext_lazy("school year", "Closed")

    school = models.ForeignKey(School, models.PROTECT, related_name="years", verbose_name=_("school"))
    first_year = models.PositiveSmallIntegerField(
        _("first calendar year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    teaching_ends_on = models.DateField(_("teaching ends"), help_text=_("The roadmap's period ends with it"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREPARATION)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("school year")
        verbose_name_plural = _("school years")
        ordering = ["-first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "first_year"],
                name="year_once_per_school",
                violation_error_message=_("This school year exists already."),
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(state="current"),
                name="one_current_year",
                violation_error_message=_("Another school year is current: close it first."),
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(state="preparation"),
                name="one_year_in_preparation",
                violation_error_message=_("Another school year is already in preparation."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("teaching_ends_on")) & Q(teaching_ends_on__lte=F("ends_on")),
                name="year_dates_in_order",
                violation_error_message=_("The dates of the year must follow one another."),
            ),
        ]

    def __str__(self):
        return f"{self.first_year}/{self.first_year + 1}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("year_detail", args=[self.pk])

    @classmethod
    def draft(cls, school, first_year, state=State.PREPARATION):
        """An unsaved year with the usual dates: 1 September, 31 May, 31 August."""
        return cls(
            school=school,
            first_year=first_year,
            starts_on=datetime.date(first_year, 9, 1),
            teaching_ends_on=datetime.date(first_year + 1, 5, 31),
            ends_on=datetime.date(first_year + 1, 8, 31),
            state=state,
        )

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED

    MOVES = {
        "start": Move(
            label=_("Make it the current year"),
            done=_("made the school year current"),
            sources=("preparation",),
            target="current",
            roles=(Role.ADMIN, Role.CURATOR),
            missing=lambda year: year.why_not_current(),
            tone="primary",
        ),
        "close": Move(
            label=_("Close the year"),
            done=_("closed the school year"),
            sources=("current",),
            target="closed",
            roles=(Role.ADMIN, Role.CURATOR),
            comment=True,
            tone="danger",
        ),
        "reopen": Move(
            label=_("Open the year again"),
            done=_("opened the school year again"),
            sources=("closed",),
            target="current",
            roles=(Role.ADMIN,),
            missing=lambda year: year.why_not_current(),
            comment=True,
        ),
    }

    def why_not_current(self):
        other = self.school.years.filter(state=self.State.CURRENT).exclude(pk=self.pk).first()
        return [_("The year %(year)s is still current: close it first.") % {"year": other}] if other else []

    def term_ends(self):
        """The last days of the year's terms, in order."""
        return [term.ends_on for term in self.terms.all() if term.kind == Term.Kind.TERM]

    def lesson_days_back(self, on, days):
        """The day that many days before `on`, breaks of this year not counted."""
        free = [term for term in self.terms.all() if term.kind == Term.Kind.BREAK]
        day = on
        while days and day > self.starts_on:
            day -= datetime.timedelta(days=1)
            days -= not any(term.starts_on <= day <= term.ends_on for term in free)
        return day - datetime.timedelta(days=days)

    def as_of(self):
        """The day for which this year's figures are shown: today, but never outside the year's own reach."""
        return min(today(), self.ends_on)


class Term(models.Model):
    """A school term (четверть) or a break (каникулы): during breaks nobody is reminded."""

    class Kind(models.TextChoices):
        TERM = "term", _("Term")
        BREAK = "break", _("Break")

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="terms")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))

    class Meta:
        verbose_name = _("term or break")
        verbose_name_plural = _("terms and breaks")
        ordering = ["starts_on", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="term_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            )
        ]

    def __str__(self):
        return self.name


class DiagnosticPeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__school_id=user.school_id)


class DiagnosticPeriod(models.Model):
    """One of the four times a year when the participants fill the questionnaires."""

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="periods")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    name = models.CharField(_("name"), max_length=60)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("closes"), help_text=_("The last day for answers"))

    objects = DiagnosticPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagnostic period")
        verbose_name_plural = _("diagnostic periods")
        ordering = ["opens_on"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="diagnostic_period_once"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="diagnostic_period_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        return self.opens_on <= today() <= self.closes_on
