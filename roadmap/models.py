"""The roadmap of a year: sections, items, checkpoints, proofs."""

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import SchoolYear, StoredFile, User


class RoadmapQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__school_id=user.school_id)


class Roadmap(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("roadmap", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("roadmap", "Waiting for approval")
        RETURNED = "returned", pgettext_lazy("roadmap", "Returned")
        APPROVED = "approved", pgettext_lazy("roadmap", "Approved")

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


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(roadmap__year__school_id=user.school_id)


class Item(models.Model):
    """One position of the roadmap, in the words of the paper."""

    class DeadlineKind(models.TextChoices):
        BY_DATE = "by_date", _("By a date")
        MONTH = "month", _("In a month")
        MONTH_RANGE = "month_range", _("From month to month")
        RECURRING = "recurring", _("Repeatedly")
        WHOLE_PERIOD = "whole_period", _("During the whole period")
        EXTERNAL_SCHEDULE = "external_schedule", _("By a separate schedule")
        UNCLEAR = "unclear", _("Not understood: set it by hand")

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.PROTECT, related_name="items", verbose_name=_("section"))
    number = models.CharField(_("№"), max_length=12)
    position = models.PositiveSmallIntegerField(default=0)
    content = models.TextField(_("content"), max_length=4000)
    deadline_words = models.CharField(_("deadline, as in the paper"), max_length=300, blank=True)
    deadline_kind = models.CharField(
        _("kind of deadline"), max_length=20, choices=DeadlineKind, default=DeadlineKind.UNCLEAR
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    times_a_year = models.PositiveSmallIntegerField(
        _("times a year"), null=True, blank=True, validators=[MaxValueValidator(366)]
    )
    deadline_guessed = models.BooleanField(_("the year of the deadline is guessed"), default=False)
    result = models.TextField(_("expected result (kind of document)"), max_length=4000, blank=True)
    indicator_words = models.TextField(_("efficiency indicator, as in the paper"), max_length=4000, blank=True)
    responsible = models.CharField(_("responsible"), max_length=500, blank=True)
    indicator = models.SlugField(_("indicator"), max_length=40, blank=True)
    target = models.PositiveSmallIntegerField(
        _("target, %"), null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("roadmap item")
        verbose_name_plural = _("roadmap items")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "number"],
                name="item_number_once",
                violation_error_message=_("The roadmap already has an item with this number."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.content}"[:200]

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("roadmap_item", args=[self.pk])


class CheckpointQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__school_id=user.school_id)


class Checkpoint(models.Model):
    """An item in one of its periods: what is closed, reminded of and counted by 5.1."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("roadmap item", "Open")
        DONE = "done", pgettext_lazy("roadmap item", "Done")
        EXPLAINED = "explained", pgettext_lazy("roadmap item", "Closed with an explanation")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="checkpoints")
    item = models.ForeignKey(Item, models.CASCADE, related_name="checkpoints")
    number = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(_("period"), max_length=60, blank=True)
    opens_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    explanation = models.TextField(_("explanation"), max_length=2000, blank=True)
    done_before = models.BooleanField(_("done before the portal was used"), default=False)
    figures = models.JSONField(_("figures at closing"), null=True, blank=True, encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["item__position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="checkpoint_once"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True, closed_by__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False, closed_by__isnull=False)),
                name="closed_checkpoint_has_date_and_name",
            ),
            models.CheckConstraint(
                condition=~Q(state="explained") | ~Q(explanation=""), name="explained_checkpoint_has_words"
            ),
        ]
        indexes = [models.Index(fields=["year", "due_on"], name="checkpoints_due")]

    def __str__(self):
        return f"{self.item.number} {self.label or self.item.content}"[:200]

    def get_absolute_url(self):
        return self.item.get_absolute_url()


class ProofQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(checkpoint__year__school_id=user.school_id)

    def in_force(self):
        return self.filter(withdrawn_on__isnull=True)


class Proof(models.Model):
    """What shows that an item was done: a file, a link, a note, or a paper the portal printed and froze."""

    class Kind(models.TextChoices):
        FILE = "file", _("File")
        LINK = "link", _("Link")
        NOTE = "note", _("Note")
        PRINTED = "printed", _("Printed by the portal")

    checkpoint = models.ForeignKey(Checkpoint, models.CASCADE, related_name="proofs")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("name"), max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(_("link"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    dated = models.DateField(_("date of the document"), null=True, blank=True)
    added_on = models.DateField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["-added_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["file", "printed"], file__isnull=False)
                | Q(kind="link") & ~Q(link="")
                | Q(kind="note") & ~Q(note=""),
                name="proof_has_its_content",
                violation_error_message=_("Add a file, a link or a note."),
            )
        ]

    def __str__(self):
        return self.title
