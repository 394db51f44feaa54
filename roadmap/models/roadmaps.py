"""The roadmap of a year and its sections."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts import workflow
from accounts.clock import today
from accounts.models import SchoolYear, StoredFile, User
from accounts.roles import Role
from accounts.workflow import Move
from roadmap import deadline_words


def ready(roadmap):
    """What is missing before the roadmap can be approved, as sentences; empty when nothing is."""
    items = list(roadmap.items.all())
    unclear = [item.number for item in items if item.deadline_kind == deadline_words.UNCLEAR]
    gaps = [] if items else [gettext("The roadmap has no items.")]
    if unclear:
        gaps.append(gettext("Set the deadline by hand: items %(numbers)s.") % {"numbers": ", ".join(unclear)})
    return gaps


def year_is_open(roadmap, user):
    return not roadmap.year.is_closed


def waits_since(roadmap, by):
    return {"submitted_on": today()}


def approved_by(roadmap, by):
    return {"approved_on": today(), "approved_by": by, "approved_from_paper": False}


def approved_on_paper(roadmap, by, order="", on=None, scan=None):
    """The approval that the head signed on paper: order №, its date, and the scan if there is one."""
    if not order or not on:
        raise workflow.Refused(gettext("Write the number and the date of the order."))
    return {
        "approved_on": on,
        "approved_by": by,
        "approval_order": order,
        "approval_scan": scan,
        "approved_from_paper": True,
    }


def no_longer_approved(roadmap, by):
    return {
        "approved_on": None,
        "approved_by": None,
        "approval_order": "",
        "approval_scan": None,
        "approved_from_paper": False,
    }


class RoadmapQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__school_id=user.school_id)


class Roadmap(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("roadmap", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("roadmap", "Waiting for approval")
        RETURNED = "returned", pgettext_lazy("roadmap", "Returned")
        APPROVED = "approved", pgettext_lazy("roadmap", "Approved")

    MOVES = {
        "submit": Move(
            _("Submit for approval"),
            _("submitted the roadmap for approval"),
            ("draft", "returned"),
            "submitted",
            (Role.CURATOR,),
            may=year_is_open,
            missing=ready,
            companions=waits_since,
            tone="primary",
        ),
        "withdraw": Move(
            _("Take back for editing"),
            _("took the roadmap back for editing"),
            ("submitted",),
            "draft",
            (Role.CURATOR,),
            may=year_is_open,
        ),
        "approve": Move(
            _("Approve the roadmap"),
            _("approved the roadmap"),
            ("submitted",),
            "approved",
            (Role.HEAD,),
            may=year_is_open,
            companions=approved_by,
            tone="primary",
        ),
        "return": Move(
            _("Return with a comment"),
            _("returned the roadmap"),
            ("submitted",),
            "returned",
            (Role.HEAD,),
            may=year_is_open,
            comment=True,
        ),
        "record": Move(
            _("Record the approval from paper"),
            _("recorded the approval of the roadmap from paper"),
            ("draft", "returned", "submitted"),
            "approved",
            (Role.CURATOR,),
            may=year_is_open,
            missing=ready,
            companions=approved_on_paper,
        ),
        "reopen": Move(
            _("Reopen for editing"),
            _("reopened the roadmap for editing"),
            ("approved",),
            "draft",
            (Role.HEAD, Role.CURATOR),
            may=year_is_open,
            comment=True,
            companions=no_longer_approved,
            tone="danger",
        ),
    }

    year = models.OneToOneField(SchoolYear, models.PROTECT, related_name="roadmap")
    title = models.CharField(_("title"), max_length=500)
    goal = models.TextField(_("goal"), max_length=4000, blank=True)
    period_ends_on = models.DateField(_("the roadmap's period ends"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    submitted_on = models.DateField(null=True, blank=True, editable=False)
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    approval_order = models.CharField(_("approved by order №"), max_length=60, blank=True)
    approval_scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    approved_from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    created_on = models.DateField(_("made on"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_on__isnull=False, approved_by__isnull=False),
                name="approved_roadmap_has_date_and_name",
            )
        ]

    def __str__(self):
        return str(_("Roadmap %(year)s") % {"year": self.year})

    def get_absolute_url(self):
        from django.urls import reverse

        return f"{reverse('roadmap')}?year={self.year.first_year}"

    @property
    def is_editable(self):
        """Wording changes only before it is submitted; after approval it is frozen until reopened with a reason."""
        return self.state in (self.State.DRAFT, self.State.RETURNED) and not self.year.is_closed


class Section(models.Model):
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "number"], name="section_once")]

    def __str__(self):
        return f"{self.number}. {self.title}"
