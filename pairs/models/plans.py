"""The individual plan of a pair."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import School, SchoolYear, StoredFile, User
from accounts.roles import Role
from accounts.workflow import Move
from pairs.models.meetings import Meeting
from pairs.models.pairing import Pair
from pairs.models.registry import Competence


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A plan is visible if its pair is."""
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def with_people(self):
        return self.select_related("pair__mentor__person", "pair__mentee__person", "year__school")

    def waiting(self):
        """Submitted and not yet decided, the oldest first."""
        return self.filter(state=Plan.State.SUBMITTED).order_by("waiting_since", "pk")


# A plan of one or two lines is an errand and not a year of work.
LEAST_ITEMS = 3


def may_approve(plan, user):
    """The head always; the curator unless the school keeps it for the head; nobody their own plan."""
    by_curator = plan.year.school.plan_approver == School.PlanApprover.CURATOR
    return (user.is_head or (user.is_curator and by_curator)) and not plan.pair.has_member(user)


def is_member(plan, user):
    return plan.pair.has_member(user)


def mentor_or_curator(plan, user):
    return plan.pair.mentor.person_id == user.pk or user.is_curator


def foreign_curator(plan, user):
    """A curator who is not one of the pair."""
    return user.is_curator and not plan.pair.has_member(user)


def on_submit(plan, by):
    return {"submitted_on": plan.submitted_on or today(), "waiting_since": today()}


def on_approve(plan, by):
    return {
        "approved_on": today(),
        "first_approved_on": plan.first_approved_on or today(),
        "approved_by": by,
        "approved_from_paper": False,
    }


def on_paper(plan, by, *, approved_on, order, scan):
    """The head signed on paper: the day and number of the order are the facts, the curator only records them."""
    first = min(filter(None, (plan.first_approved_on, approved_on)))
    return {
        "submitted_on": min(filter(None, (plan.submitted_on, approved_on))),
        "approved_on": approved_on,
        "first_approved_on": first,
        "approved_by": by,
        "approved_from_paper": True,
        "approval_order": order,
        "approval_scan": scan,
    }


def on_complete(plan, by):
    return {"completed_on": today()}


def on_resume(plan, by):
    return {"completed_on": None}


def percent_of(done, number):
    """Full percents, rounded down, so that 100 is said only when it is so; None of nothing."""
    return 100 * done // number if number else None


def undone(plan):
    left = plan.items.filter(done_on__isnull=True).count()
    return [_("Lines not done yet: %(n)d. Mark them, or complete with an explanation.") % {"n": left}] if left else []


class Plan(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("plan", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("plan", "Waiting for approval")
        RETURNED = "returned", pgettext_lazy("plan", "Returned for changes")
        APPROVED = "approved", pgettext_lazy("plan", "Approved")
        COMPLETED = "completed", pgettext_lazy("plan", "Completed")

    OPEN = (State.DRAFT, State.RETURNED)  # its words may be changed

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="plans")
    pair = models.OneToOneField(Pair, models.PROTECT, related_name="plan")
    goal = models.TextField(_("goal"), max_length=2000, blank=True)
    request = models.TextField(_("mentee's request"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    submitted_on = models.DateField(_("first submitted on"), null=True, blank=True, editable=False)
    waiting_since = models.DateField(null=True, blank=True, editable=False)
    first_approved_on = models.DateField(_("first approved on"), null=True, blank=True, editable=False)
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    approval_order = models.CharField(_("approved by order №"), max_length=60, blank=True)
    approval_scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    approved_from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    completed_on = models.DateField(_("completed on"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["pair__mentee__person__sort_key", "pk"]
        indexes = [models.Index(fields=["year", "state"], name="plans_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "completed"])
                | Q(approved_on__isnull=False, first_approved_on__isnull=False, approved_by__isnull=False),
                name="approved_plan_has_date_and_name",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_on__isnull=False, waiting_since__isnull=False),
                name="submitted_plan_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(completed_on__isnull=False), name="completed_plan_has_date"
            ),
        ]

    def __str__(self):
        return str(_("Plan of %(pair)s") % {"pair": self.pair})

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("plan_detail", args=[self.pk])

    def missing(self):
        """Sentences: what must be written before the plan can be submitted; each also refuses the step."""
        items = list(self.items.all())
        return [
            sentence
            for is_missing, sentence in (
                (self.pair.state != Pair.State.FIXED, _("The pair does not work now: its plan cannot be decided.")),
                (not self.goal.strip(), _("Write the goal of the plan.")),
                (
                    len(items) < LEAST_ITEMS,
                    _("Add lines: a plan has at least %(n)d, now there are %(have)d.")
                    % {"n": LEAST_ITEMS, "have": len(items)},
                ),
                *((True, item.gap(self.period())) for item in items if item.gap(self.period())),
            )
            if is_missing
        ]

    def period(self):
        """(first day, last day) between which lines may be due: the pair's, else the year's."""
        return self.pair.starts_on or self.year.starts_on, self.pair.until or self.year.ends_on

    def is_written_by(self, user):
        """May this person change the wording now: the pair, or the curator for those who do not type."""
        return self.state in self.OPEN and self.is_of(user)

    def is_marked_by(self, user):
        """May this person enter progress: from the first approval until the plan is completed."""
        return bool(self.first_approved_on) and self.state != self.State.COMPLETED and self.is_of(user)

    def is_of(self, user):
        return user.is_curator or self.pair.has_member(user)

    @property
    def waiting_days(self):
        """Full days since it was submitted; None unless it waits."""
        waits = self.state == self.State.SUBMITTED and self.waiting_since
        return (today() - self.waiting_since).days if waits else None

    MOVES = {
        "submit": Move(
            label=_("Submit for approval"),
            done=_("submitted the plan for approval"),
            sources=(State.DRAFT, State.RETURNED),
            target=State.SUBMITTED,
            roles=(Role.MENTOR, Role.MENTEE),
            may=is_member,
            missing=missing,
            companions=on_submit,
            tone="primary",
        ),
        "approve": Move(
            label=_("Approve"),
            done=_("approved the plan"),
            sources=(State.SUBMITTED,),
            target=State.APPROVED,
            roles=(Role.CURATOR, Role.HEAD),
            may=may_approve,
            missing=missing,
            companions=on_approve,
            tone="primary",
        ),
        "return": Move(
            label=_("Return for changes"),
            done=_("returned the plan for changes"),
            sources=(State.SUBMITTED,),
            target=State.RETURNED,
            roles=(Role.CURATOR, Role.HEAD),
            may=may_approve,
            comment=True,
        ),
        "withdraw": Move(
            label=_("Take back to change"),
            done=_("took the plan back before it was decided"),
            sources=(State.SUBMITTED,),
            target=State.DRAFT,
            roles=(Role.MENTOR, Role.MENTEE),
            may=is_member,
        ),
        "reopen": Move(
            label=_("Return the approved plan for changes"),
            done=_("returned the approved plan for changes"),
            sources=(State.APPROVED,),
            target=State.RETURNED,
            roles=(Role.CURATOR, Role.HEAD),
            may=may_approve,
            comment=True,
        ),
        "complete": Move(
            label=_("Complete the plan"),
            done=_("completed the plan"),
            sources=(State.APPROVED,),
            target=State.COMPLETED,
            roles=(Role.MENTOR, Role.CURATOR),
            may=mentor_or_curator,
            missing=undone,
            companions=on_complete,
        ),
        "complete_short": Move(
            label=_("Complete with an explanation"),
            done=_("completed the plan with lines not done"),
            sources=(State.APPROVED,),
            target=State.COMPLETED,
            roles=(Role.MENTOR, Role.CURATOR),
            may=mentor_or_curator,
            comment=True,
            companions=on_complete,
        ),
        "resume": Move(
            label=_("Resume the plan"),
            done=_("resumed the completed plan"),
            sources=(State.COMPLETED,),
            target=State.APPROVED,
            roles=(Role.CURATOR,),
            may=foreign_curator,
            comment=True,
            companions=on_resume,
        ),
        "approve_paper": Move(
            label=_("Record an approval on paper"),
            done=_("recorded from paper that the plan is approved"),
            sources=(State.DRAFT, State.SUBMITTED, State.RETURNED),
            target=State.APPROVED,
            roles=(Role.CURATOR,),
            may=foreign_curator,
            missing=missing,
            companions=on_paper,
        ),
    }


class PlanItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__pair__in=Pair.objects.visible_to(user))

    def undone(self):
        return self.filter(done_on__isnull=True)

    def in_work(self):
        """Undone lines of plans that are in force."""
        return self.undone().filter(plan__state=Plan.State.APPROVED)

    def overdue(self, on):
        return self.in_work().filter(due_on__lt=on)


class PlanItem(models.Model):
    """One line of a plan: wording is fixed by the approval, progress goes on."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(_("activity, task"), max_length=500)
    due_on = models.DateField(_("due"))
    expected = models.CharField(_("expected result"), max_length=500, blank=True)
    competence = models.ForeignKey(
        Competence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competence")
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.CharField(_("actual result"), max_length=1000, blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    marked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("marked by")
    )
    from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    meetings = models.ManyToManyField(Meeting, related_name="plan_items", blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan item")
        verbose_name_plural = _("plan items")
        ordering = ["due_on", "position", "pk"]
        indexes = [models.Index(fields=["year", "due_on"], name="plan_items_due")]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return self.plan.get_absolute_url()

    def gap(self, period):
        """What this line still lacks, as a sentence; empty when it is complete."""
        if not self.expected.strip():
            return _("“%(what)s”: write the expected result.") % {"what": self.what}
        if not period[0] <= self.due_on <= period[1]:
            return _("“%(what)s”: the date is outside the pair's period.") % {"what": self.what}
        return ""

    @property
    def shown_state(self):
        """done, done_late, overdue, running (worked on, result so far), waiting."""
        if self.done_on:
            return "done_late" if self.done_on > self.due_on else "done"
        if self.due_on < today():
            return "overdue"
        return "running" if self.result else "waiting"

    def get_shown_state_display(self):
        return {
            "done": _("Done"),
            "done_late": _("Done late"),
            "overdue": _("Overdue"),
            "running": _("In work"),
            "waiting": _("Ahead"),
        }[self.shown_state]
