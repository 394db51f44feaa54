"""Waves: a questionnaire put to people for some days (опрос за период)."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import DiagnosticPeriod, Participation, SchoolYear, User
from accounts.roles import Role
from pairs.audience import SIDES, Audience, addressed
from pairs.models import Group, participants_of
from surveys.models.questionnaires import Questionnaire

ENOUGH = 3  # fewer answers would show those who do not read names what one person wrote
LEAST_NAMELESS = 5  # answers under which nothing is told of a nameless wave


def in_group(group):
    """Participations that a pair of the group holds."""
    return Q(pairs_as_mentor__groups=group) | Q(pairs_as_mentee__groups=group)


class WaveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of the school for those who run it; for a participant those that may ask them."""
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(Role.ADMIN, Role.HEAD, Role.CURATOR) else rows.asking(user)

    def asking(self, user):
        """Waves addressed to one of the person's participations of that year, whether in a pair now or not."""
        mine = Participation.objects.filter(person=user, year=OuterRef("year"))
        pairs = in_group(OuterRef("group"))
        return self.filter(
            Q(audience=Audience.EVERYBODY) & Exists(mine)
            | Q(audience=Audience.MENTORS) & Exists(mine.mentors())
            | Q(audience=Audience.MENTEES) & Exists(mine.mentees())
            | Q(audience=Audience.GROUP, group__holds_all=True) & Exists(mine)
            | Q(audience=Audience.GROUP) & Exists(mine.filter(pairs))
        )

    def open_on(self, day):
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def to_shuffle(self, day):
        """Nameless ones that are over and not yet written anew in another order."""
        return self.filter(anonymous=True, shuffled_on__isnull=True, closes_on__lt=day)

    def with_came(self):
        """Adds `came`: how many people have answered, by name or by receipt."""
        from surveys.models.answers import Receipt, Response

        counts = [
            rows.filter(wave=OuterRef("pk"), participation__isnull=False).order_by().values("wave")
            .annotate(n=Count("pk")).values("n")
            for rows in (Response.objects.submitted(), Receipt.objects.all())
        ]  # fmt: skip
        return self.annotate(came=sum((Coalesce(Subquery(rows), 0) for rows in counts), Value(0)))

    def feeding(self):
        """Those that the diagnostics of a period count (item 3.2)."""
        return self.filter(feeds=True)


class Wave(models.Model):
    """A questionnaire's version put to an audience in one of the year's periods, or between own dates."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="waves")
    period = models.ForeignKey(
        DiagnosticPeriod, models.PROTECT, null=True, blank=True, related_name="waves", verbose_name=_("period")
    )
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="waves", verbose_name=_("questionnaire")
    )
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience)
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group of pairs")
    )
    anonymous = models.BooleanField(_("anonymous"), default=False)
    feeds = models.BooleanField(_("counts for the diagnostics of the period"), default=False, editable=False)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("closes"))
    shuffled_on = models.DateField(null=True, editable=False)  # anonymous answers rewritten in another order
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["opens_on", "audience", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "audience"],
                condition=Q(feeds=True, group__isnull=True),
                name="one_feeding_wave",
                violation_error_message=_("This period already has its diagnostics for them."),
            ),
            models.UniqueConstraint(
                fields=["period", "group"],
                condition=Q(feeds=True, group__isnull=False),
                name="one_feeding_wave_of_group",
                violation_error_message=_("This period already has its diagnostics for them."),
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "period", "audience"],
                condition=Q(period__isnull=False, group__isnull=True),
                name="wave_once",
                violation_error_message=_("This questionnaire is open to them in this period already."),
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "period", "group"],
                condition=Q(period__isnull=False, group__isnull=False),
                name="wave_of_group_once",
                violation_error_message=_("This questionnaire is open to them in this period already."),
            ),
            models.CheckConstraint(
                condition=Q(feeds=False) | Q(period__isnull=False, anonymous=False),
                name="what_feeds_is_named",
                violation_error_message=_("Diagnostics feed the roadmap: they are named."),
            ),
            models.CheckConstraint(
                condition=~Q(audience="group") | Q(group__isnull=False),
                name="wave_group_named",
                violation_error_message=_("Name the group."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="wave_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]

    def __str__(self):
        return f"{self.period or self.questionnaire}: {self.audience_label}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("wave_detail", args=[self.pk])

    @property
    def title(self):
        return f"{self.questionnaire}: {self.period}" if self.period_id else str(self.questionnaire)

    @property
    def words(self):
        """For the heading of a paper."""
        nameless = [_("without names")] if self.anonymous else []
        days = f"{self.opens_on:%d.%m.%Y} – {self.closes_on:%d.%m.%Y}"
        return ", ".join(map(str, [_("“%(title)s”") % {"title": self.title}, self.audience_label, days, *nameless]))

    @property
    def answers_url(self):
        from django.urls import reverse

        return reverse("survey_answers", args=[self.pk])

    @property
    def audience_label(self):
        return str(self.group) if self.group_id else self.get_audience_display()

    @property
    def is_open(self):
        return self.opens_on <= today() <= self.closes_on

    def asks(self, side, groups):
        """Is somebody of that side, whose pairs are in these groups, asked? See also `WaveQuerySet.asking`."""
        if self.audience == Audience.GROUP and not self.group.holds_all:
            return self.group_id in groups
        return SIDES.get(self.audience, side) == side

    def parts_of(self, user):
        """The person's participations of the year to which it is addressed, whether in a pair now or not."""
        parts = Participation.objects.filter(person=user, year_id=self.year_id)
        if self.audience == Audience.GROUP and not self.group.holds_all:
            return parts.filter(in_group(self.group_id)).distinct()
        return parts.filter(side=SIDES[self.audience]) if self.audience in SIDES else parts

    def asked(self, on=None):
        """Who is asked: people of the audience in a pair of the year, at the close or on `on` if that is earlier."""
        day = min(on or today(), self.closes_on)
        return addressed(self.audience, year=self.year, on=day, group=self.group)

    def answered(self):
        """Ids of the participations that have submitted, by name or by receipt."""
        from surveys.models.answers import Receipt, Response

        rows = Receipt.objects.filter(wave=self) if self.anonymous else Response.objects.filter(wave=self).submitted()
        return rows.values("participation_id")

    def silent(self):
        """Those asked who have not submitted."""
        return self.asked().exclude(pk__in=self.answered())

    @property
    def shows_results(self):
        """Of a nameless wave only what is closed, mixed and not too small; of a named one always."""
        return not self.anonymous or self.shuffled_on is not None and self.answered_count >= LEAST_NAMELESS

    @property
    def is_untouched(self):
        """Nobody has answered or begun to."""
        return not self.responses.exists() and not self.receipts.exists()

    @property
    def may_change_names(self):
        """What was promised to those who have begun is kept; what feeds the roadmap is named."""
        return self.questionnaire.purpose not in Questionnaire.DIAGNOSTIC and self.is_untouched

    @cached_property
    def answered_count(self):
        return self.answered().count()

    def derive(self):
        """Who answers by name in one of the year's periods counts for its diagnostics; a period gives its dates."""
        purpose = self.questionnaire.purpose
        self.feeds = purpose in Questionnaire.DIAGNOSTIC and self.period_id is not None and not self.anonymous
        if self.period_id is not None:
            self.opens_on, self.closes_on = self.period.opens_on, self.period.closes_on

    @property
    def shown_state(self):
        if today() < self.opens_on:
            return "planned"
        return "open" if self.is_open else "closed"

    @property
    def state_label(self):
        if today() < self.opens_on:
            return pgettext_lazy("wave", "Not open yet")
        return pgettext_lazy("wave", "Open") if self.is_open else pgettext_lazy("wave", "Closed")


def addressed_in(period, on):
    """Participants whom the diagnostics of the period ask, at its close or on `on` if that is earlier (item 3.2)."""
    feeding = Wave.objects.filter(period=period).feeding()
    pairs = Q(group__pairs__mentor=OuterRef("pk")) | Q(group__pairs__mentee=OuterRef("pk"))
    told = Q(Exists(feeding.filter(Q(audience=Audience.EVERYBODY) | Q(group__holds_all=True))))
    told |= Q(Exists(feeding.filter(pairs, audience=Audience.GROUP)))
    for audience, side in SIDES.items():
        told |= Q(Exists(feeding.filter(audience=audience)), side=side)
    return participants_of(period.year, min(period.closes_on, on)).filter(told)


class Reminder(models.Model):
    """The curator asked these people to answer: shown on their Today until they do."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="reminders")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+")
    on = models.DateField(default=today)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["wave", "participation", "on"], name="one_reminder_a_day")]

    def __str__(self):
        return f"{self.wave}: {self.participation}"
