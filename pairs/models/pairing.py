"""Pairs and their pauses."""

import datetime

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import Participation, SchoolYear
from accounts.roles import STAFF, Role
from accounts.workflow import Move
from pairs.models.groups import Group, Step
from pairs.models.orders import Order


class PairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All pairs of the school for those who run it; their own for mentor and mentee."""
        rows = self.filter(year__school_id=user.school_id)
        if user.has_role(*STAFF):
            return rows
        return rows.filter(Q(mentor__person=user) | Q(mentee__person=user)).exclude(
            state__in=[Pair.State.DRAFT, Pair.State.WITHDRAWN]
        )

    def with_people(self):
        return self.select_related("mentor__person", "mentee__person")

    def of_year(self, year, on):
        """Pairs of the year on a date: fixed by an order by that date; completed ones included, paused and ended not."""
        return self.filter(year=year).fixed_by(on).exclude(paused_on(on))

    def fixed_by(self, on):
        """Fixed by an order by that day and not over early; a pause does not undo the order."""
        standing = Q(state__in=[Pair.State.FIXED, Pair.State.COMPLETED]) | Q(ended_on__gt=on)
        return self.filter(standing, fixed_on__lte=on)

    def in_force(self, on):
        """Working on that day: fixed, begun, not over, not paused."""
        over_later = Q(state=Pair.State.ENDED, ended_on__gt=on) | Q(state=Pair.State.COMPLETED, completed_on__gt=on)
        return self.filter(Q(state=Pair.State.FIXED) | over_later, starts_on__lte=on).exclude(paused_on(on))

    def live(self):
        """Those that hold a mentor's place now: fixed and neither completed nor ended."""
        return self.filter(state=Pair.State.FIXED)

    def with_shown_state(self, on):
        """Adds `paused` (on that day), so that `shown_state` asks nothing more."""
        return self.annotate(paused=paused_on(on))

    def shown_as(self, state, on):
        """Pairs whose shown state is the given one, see Pair.Shown."""
        rows, paused = self.with_shown_state(on), Q(state=Pair.State.FIXED, paused=True)
        return {
            Pair.Shown.DRAFT: rows.filter(state=Pair.State.DRAFT),
            Pair.Shown.FIXED: rows.filter(state=Pair.State.FIXED, paused=False, starts_on__gt=on),
            Pair.Shown.IN_FORCE: rows.filter(state=Pair.State.FIXED, paused=False, starts_on__lte=on),
            Pair.Shown.PAUSED: rows.filter(paused),
            Pair.Shown.COMPLETED: rows.filter(state=Pair.State.COMPLETED),
            Pair.Shown.ENDED: rows.filter(state=Pair.State.ENDED),
        }[state]

    # What the pairs did, by the date of the fact: one query each, whatever the number of pairs.

    def with_step_held(self, code, on):
        """Pairs with a counted meeting (held, not objected to) by that day in which the step was taken."""
        return self.filter(Exists(counted_meetings(on).filter(pair=OuterRef("pk"), meeting__steps__code=code)))

    def with_all_due_steps_held(self, on):
        """Pairs that owe no step: a step is due on its date, or 14 days after the pair's order if that is later."""
        held = counted_meetings(on).filter(pair=OuterRef(OuterRef("pk")), meeting__steps=OuterRef("pk"))
        owed = Step.objects.filter(~Exists(held), year=OuterRef("year"), due_on__lte=on)
        return self.filter(~Exists(owed) | Q(fixed_on__gt=on - GRACE))

    def without_meeting_since(self, day):
        """Pairs that began by that day and had no counted meeting from it on."""
        met = counted_meetings(datetime.date.max).filter(pair=OuterRef("pk"), meeting__on__gte=day)
        return self.filter(~Exists(met), starts_on__lte=day)

    def silent(self, year, on):
        """Working pairs without a counted meeting for three weeks of lessons; breaks and a pause do not count as silence."""
        day = year.lesson_days_back(on, SILENT_DAYS)
        rested = Pause.objects.filter(Q(until__isnull=True) | Q(until__gte=day), pair=OuterRef("pk"))
        rows = self.filter(~Exists(rested), year=year).in_force(on).exclude(until__lt=on)
        return rows.without_meeting_since(day)

    def time_is_up(self, on):
        """Pairs whose last day by the order has passed: to be completed."""
        return self.live().filter(until__lt=on)

    def with_last_meeting(self, on):
        """Adds `last_meeting`: the day of the last counted meeting by that day, or None."""
        last = counted_meetings(on).filter(pair=OuterRef("pk")).order_by("-meeting__on")
        return self.annotate(last_meeting=Subquery(last.values("meeting__on")[:1]))

    def with_plan_submitted(self, on):
        return self.filter(plan__submitted_on__lte=on)

    def with_plan_approved(self, on):
        """Pairs whose plan was ever approved by that day, whatever became of it later."""
        return self.filter(plan__first_approved_on__lte=on)

    def with_something_due(self, on):
        """Pairs that owe something: a line of the approved plan by its date, or the plan itself 14 days after the order."""
        approved = Q(plan__first_approved_on__lte=on)
        late = Q(plan__first_approved_on__isnull=True) | Q(plan__first_approved_on__gt=on)
        return self.filter(
            approved & Exists(items_of_pair().filter(due_on__lte=on)) | late & Q(fixed_on__lte=on - GRACE)
        )

    def under_delivery(self, on, percent=90, whole=False):
        """Pairs with less than `percent` % of the due lines done by that day, or without an approved plan.

        `whole`: every line counts, whatever its date (the year's end).
        """
        items = items_of_pair() if whole else items_of_pair().filter(due_on__lte=on)
        short = items.order_by().values("plan_id").annotate(
            gap=percent * Count("pk") - 100 * Count("pk", filter=Q(done_on__lte=on))
        )  # fmt: skip
        late = Q(plan__first_approved_on__isnull=True) | Q(plan__first_approved_on__gt=on)
        return self.filter(late | Exists(short.filter(gap__gt=0)))

    def with_plan_figures(self, on):
        """Adds items_total, items_done, items_due, items_done_of_due (counts, by that day) to each pair."""
        due, done = Q(plan__items__due_on__lte=on), Q(plan__items__done_on__lte=on)
        return self.annotate(
            items_total=Count("plan__items"),
            items_done=Count("plan__items", filter=done),
            items_due=Count("plan__items", filter=due),
            items_done_of_due=Count("plan__items", filter=due & done),
        )


def paused_on(day):
    """Asked of each pair by itself: a list of everybody's pauses would grow with every school."""
    return Exists(Pause.objects.on(day).filter(pair=OuterRef("pk")))


# A pair formed late has these days for what was due before it.
GRACE = datetime.timedelta(days=14)
# After so many days of lessons without a meeting a pair is asked about.
SILENT_DAYS = 21


def participants_of(year, on):
    """Mentors and mentees with a pair of the year on that day, each participation once."""
    pairs = Pair.objects.of_year(year, on)
    of_year = Participation.objects.filter(year=year)  # names the year again: else everybody's are looked through
    return of_year.filter(Q(pk__in=pairs.values("mentor_id")) | Q(pk__in=pairs.values("mentee_id")))


def mentees_without_mentor(year, on):
    """Mentees taking part on that day whom no order gave a main mentor; a completed pair counts as theirs."""
    having = Pair.objects.filter(year=year, is_main=True, state__in=[Pair.State.FIXED, Pair.State.COMPLETED])
    return Participation.objects.of_year(year).mentees().on(on).exclude(pk__in=having.values("mentee_id"))


def counted_meetings(on):
    from pairs.models.meetings import Attendance

    return Attendance.objects.counted().filter(meeting__on__lte=on)


def items_of_pair():
    from pairs.models.plans import PlanItem

    return PlanItem.objects.filter(plan__pair=OuterRef("pk"))


class Pair(models.Model):
    """A mentor and a mentee for a year."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("pair", "Draft")
        FIXED = "fixed", pgettext_lazy("pair", "Fixed by an order")
        COMPLETED = "completed", pgettext_lazy("pair", "Completed")
        ENDED = "ended", pgettext_lazy("pair", "Ended early")
        WITHDRAWN = "withdrawn", pgettext_lazy("pair", "Withdrawn draft")

    class Shown(models.TextChoices):
        """What people see: "in force" and "paused" follow from dates and are never stored."""

        DRAFT = "draft", pgettext_lazy("pair", "Draft")
        FIXED = "fixed", pgettext_lazy("pair", "Fixed by an order")
        IN_FORCE = "in_force", pgettext_lazy("pair", "In force")
        PAUSED = "paused", pgettext_lazy("pair", "Paused")
        COMPLETED = "completed", pgettext_lazy("pair", "Completed")
        ENDED = "ended", pgettext_lazy("pair", "Ended early")
        WITHDRAWN = "withdrawn", pgettext_lazy("pair", "Withdrawn draft")

    class Form(models.TextChoices):
        TEACHER = "teacher", _("teacher – teacher")
        HEAD = "head", _("head of the school – teacher")
        EMPLOYER = "employer", _("employer – student")
        LECTURER = "lecturer", _("university or college lecturer – young teacher")
        PARTNER = "partner", _("social partner – teacher")

    class Kind(models.TextChoices):
        TRADITIONAL = "traditional", _("traditional (one to one)")
        GROUP = "group", _("in a group")
        DISTANT = "distant", _("distant")
        SHORT = "short", _("short-term")
        REVERSE = "reverse", _("reverse")
        SITUATIONAL = "situational", _("situational")
        SPEED = "speed", _("speed mentoring")

    class Asker(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        MENTEE = "mentee", _("Mentee")
        SCHOOL = "school", _("School")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="pairs")
    mentor = models.ForeignKey(Participation, models.PROTECT, related_name="pairs_as_mentor", verbose_name=_("mentor"))
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="pairs_as_mentee", verbose_name=_("mentee"))
    is_main = models.BooleanField(
        _("main mentor"),
        default=True,
        help_text=_("A mentee has one main mentor; a second pair may be short-term or reverse"),
    )
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.TEACHER)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TRADITIONAL)
    groups = models.ManyToManyField(Group, related_name="pairs", blank=True, verbose_name=_("groups"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    order = models.ForeignKey(Order, models.PROTECT, related_name="pairs", null=True, blank=True)
    fixed_on = models.DateField(_("fixed on"), null=True, blank=True, editable=False)
    starts_on = models.DateField(_("works from"), null=True, blank=True)
    until = models.DateField(_("works until"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by_wish_of = models.CharField(_("who asked for it"), max_length=6, choices=Asker, blank=True)
    chosen_because = models.CharField(_("why this mentor"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        ordering = ["mentee__person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"],
                condition=Q(is_main=True, state="fixed"),
                name="one_main_mentor",
                violation_error_message=_("This mentee already has a main mentor."),
            ),
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=Q(state__in=["draft", "fixed"]),
                name="pair_once",
                violation_error_message=_("This pair exists already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["fixed", "completed", "ended"])
                | Q(fixed_on__isnull=False, starts_on__isnull=False, order__isnull=False),
                name="fixed_pair_has_order",
            ),
            models.CheckConstraint(
                condition=Q(state="completed", completed_on__isnull=False)
                | (~Q(state="completed") & Q(completed_on__isnull=True)),
                name="completed_pair_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) | (~Q(state="ended") & Q(ended_on__isnull=True)),
                name="ended_pair_has_date",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(starts_on__isnull=True) | Q(until__gte=F("starts_on")),
                name="pair_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="pairs_of_year")]

    MOVES = {
        "fix": Move(
            label=_("Fix by an order"),
            done=_("fixed the pair by an order"),
            sources=("draft",),
            target="fixed",
            roles=(Role.CURATOR,),
            missing=lambda pair: pair.why_not_fixed(),
            companions=lambda pair, by, order: {
                "fixed_on": order.signed_on,
                "starts_on": order.in_force_from,
                "until": order.until or pair.year.teaching_ends_on,
            },
            effect=lambda pair, by: pair.hold_place(1),
        ),
        "complete": Move(
            label=_("Complete the pair"),
            done=_("completed the pair"),
            sources=("fixed",),
            target="completed",
            roles=(Role.CURATOR,),
            companions=lambda pair, by: {"completed_on": today()},
            effect=lambda pair, by: pair.hold_place(-1),
        ),
        "end": Move(
            label=_("End the pair early"),
            done=_("ended the pair early"),
            sources=("fixed",),
            target="ended",
            roles=(Role.CURATOR,),
            comment=True,
            effect=lambda pair, by: pair.hold_place(-1),
            tone="danger",
        ),
        "withdraw": Move(
            label=_("Withdraw the draft"),
            done=_("withdrew the draft pair"),
            sources=("draft",),
            target="withdrawn",
            roles=(Role.CURATOR,),
            comment=True,
            companions=lambda pair, by: {"order": None},
        ),
    }

    def why_not_fixed(self):
        """Sentences for what the database would refuse: a second main mentor, a mentor without a free place."""
        gaps = []
        rivals = Pair.objects.filter(mentee=self.mentee, is_main=True, state=Pair.State.FIXED).exclude(pk=self.pk)
        if self.is_main and rivals.exists():
            gaps.append(_("%(name)s already has a main mentor.") % {"name": self.mentee.person.short_name})
        self.mentor.refresh_from_db(fields=["live_pairs", "capacity"])  # an order fixes several pairs in a row
        if not self.mentor.free_places:
            gaps.append(
                _("%(name)s already has as many mentees as they agreed to take.")
                % {"name": self.mentor.person.short_name}
            )
        return gaps

    def hold_place(self, step):
        """+1 takes a place of the mentor, −1 gives it back; the database refuses more than the capacity."""
        Participation.objects.filter(pk=self.mentor_id).update(live_pairs=F("live_pairs") + step)

    @property
    def shown_state(self):
        """The code of Pair.Shown today; uses `paused` of `with_shown_state` where it is there."""
        if self.state != self.State.FIXED:
            return self.Shown(self.state)
        paused = self.paused if hasattr(self, "paused") else self.pauses.on(today()).exists()
        if paused:
            return self.Shown.PAUSED
        return self.Shown.IN_FORCE if self.starts_on <= today() else self.Shown.FIXED

    def __str__(self):
        return f"{self.mentor.person.short_name} – {self.mentee.person.short_name}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("pair_detail", args=[self.pk])

    def has_member(self, user):
        return user.pk in (self.mentor.person_id, self.mentee.person_id)


class PauseQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Pause(models.Model):
    """Illness or leave: the pair is outside the figures while it lasts."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="pauses")
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until (the last day)"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(until__isnull=True),
                name="one_open_pause",
                violation_error_message=_("The pair is paused already."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="pause_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]

    def __str__(self):
        return f"{self.pair}: {self.since:%d.%m.%Y}"
