"""The individual plan of a pair."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import School, SchoolYear, StoredFile, User
from pairs.models.meetings import Meeting
from pairs.models.pairing import Pair
from pairs.models.registry import Competence, OfSchoolQuerySet


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A plan is visible if its pair is."""
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def with_people(self):
        return self.select_related("pair__mentor__person", "pair__mentee__person")


class Plan(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("plan", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("plan", "Waiting for approval")
        RETURNED = "returned", pgettext_lazy("plan", "Returned for changes")
        APPROVED = "approved", pgettext_lazy("plan", "Approved")
        COMPLETED = "completed", pgettext_lazy("plan", "Completed")

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
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    meetings = models.ManyToManyField(Meeting, related_name="plan_items", blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("plan item")
        verbose_name_plural = _("plan items")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["year", "due_on"], name="plan_items_due")]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return self.plan.get_absolute_url()


class PlanTemplate(models.Model):
    """A starting text for plans, kept by the school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="plan_templates")
    code = models.SlugField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    goal = models.TextField(_("goal"), max_length=2000, blank=True)
    archived = models.BooleanField(_("no longer offered"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")
        ordering = ["name"]

    def __str__(self):
        return self.name


class PlanTemplateItem(models.Model):
    template = models.ForeignKey(PlanTemplate, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(_("activity, task"), max_length=500)
    due_month = models.PositiveSmallIntegerField(_("month"), help_text=_("9 for September … 5 for May"))
    due_day = models.PositiveSmallIntegerField(_("day"), default=20)
    expected = models.CharField(_("expected result"), max_length=500, blank=True)
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("item of a plan template")
        verbose_name_plural = _("items of a plan template")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.what
