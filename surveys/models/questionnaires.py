"""Questionnaires: their sections, questions and choices. Once published they are frozen; a change is a next version."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import School
from accounts.roles import Role
from pairs.audience import Audience
from pairs.models import Competence, Group


class State(models.TextChoices):
    """How a questionnaire stands: read from its dates, never stored."""

    IN_FORCE = "in_force", pgettext_lazy("questionnaire", "In use")
    DRAFT = "draft", pgettext_lazy("questionnaire", "Draft")
    ARCHIVED = "archived", pgettext_lazy("questionnaire", "No longer used")


BY_DATES = {
    State.IN_FORCE: Q(published_on__isnull=False, archived_on__isnull=True),
    State.DRAFT: Q(published_on__isnull=True, archived_on__isnull=True),
    State.ARCHIVED: Q(archived_on__isnull=False),
}


class QuestionnaireQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of the school for those who run it, drafts for the curator alone."""
        rows = self.filter(school_id=user.school_id)
        return rows if user.has_role(Role.CURATOR) else rows.filter(published_on__isnull=False)

    def published(self):
        """Those that new waves may put to people."""
        return self.of_state(State.IN_FORCE)

    def in_force(self, on):
        """Published by that day and not taken out of use by then."""
        still = Q(archived_on__isnull=True) | Q(archived_on__gt=on)
        return self.filter(still, published_on__lte=on)

    def of_state(self, state):
        return self.filter(BY_DATES[state])

    def diagnostic(self):
        return self.filter(purpose__in=Questionnaire.DIAGNOSTIC)

    def for_outer_group(self, audience):
        """A condition on groups of pairs: one of these questionnaires is for that side of them.

        What is for everybody, or for the group itself, is for both sides; one of another group is for nobody here.
        """
        theirs = Q(audience__in=[Audience.EVERYBODY, audience])
        own = Q(audience=Audience.GROUP, group=models.OuterRef("pk"))
        return models.Exists(self.filter(theirs | own))


class Questionnaire(models.Model):
    """A form. Once published its questions are frozen; the next version is a whole copy with the same code."""

    class Purpose(models.TextChoices):
        """Where in the year's rhythm it stands; the first three feed the diagnostics of a period (item 3.2)."""

        ENTRY = "entry", _("Entry diagnostics (the first period)")
        QUARTERLY = "quarterly", _("Quarterly diagnostics")
        EXIT = "exit", _("Exit diagnostics (the fourth period)")
        SATISFACTION = "satisfaction", _("Satisfaction (the fourth period)")
        OTHER = "other", _("Other survey")

    DIAGNOSTIC = (Purpose.ENTRY, Purpose.QUARTERLY, Purpose.EXIT)

    school = models.ForeignKey(School, models.CASCADE, related_name="questionnaires")
    code = models.SlugField(max_length=40, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    purpose = models.CharField(_("what it is for"), max_length=12, choices=Purpose, default=Purpose.QUARTERLY)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group of pairs")
    )
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("introduction"), max_length=2000, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes to fill it in"), default=5, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    anonymous = models.BooleanField(
        _("anonymous"), default=False, help_text=_("What feeds an indicator of the roadmap is named")
    )
    mentor_reads_texts = models.BooleanField(_("the mentor of the pair reads the open answers too"), default=False)
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    archived_on = models.DateField(_("no longer used since"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["title", "version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "code", "version"], name="questionnaire_version_once"),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(purpose__in=["satisfaction", "other"]),
                name="diagnostics_are_named",
                violation_error_message=_("Diagnostics feed the roadmap: they are named."),
            ),
            models.CheckConstraint(
                condition=~Q(audience="group") | Q(group__isnull=False),
                name="questionnaire_group_named",
                violation_error_message=_("Name the group."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("questionnaire_detail", args=[self.pk])

    @property
    def is_frozen(self):
        return self.published_on is not None

    @property
    def is_draft(self):
        return self.published_on is None and self.archived_on is None

    @property
    def shown_state(self):
        if self.archived_on:
            return "archived"
        return "in_force" if self.published_on else "draft"

    @property
    def state_label(self):
        return State(self.shown_state).label

    @property
    def audience_label(self):
        return str(self.group) if self.group_id else self.get_audience_display()


class Section(models.Model):
    """A part of a questionnaire, shown under its own heading."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    title = models.CharField(_("title"), max_length=200)
    hint = models.CharField(_("explanation"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title


class Question(models.Model):
    """One question. Closed answers are whole numbers: the point of a scale, 1 no 2 partly 3 yes, a choice's number."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("Scale")
        YES_NO = "yes_no", _("Yes, no, partly")
        ONE = "one", _("One choice")
        MANY = "many", _("Several choices")
        LINE = "line", _("Short text")
        TEXT = "text", _("Long text")

    NO, PARTLY, YES = 1, 2, 3
    OTHER = 0  # the number of «другое»
    TEXTS = (Kind.LINE, Kind.TEXT)
    CHOICES = (Kind.ONE, Kind.MANY)
    SCORED = (Kind.SCALE, Kind.YES_NO)  # its answers have a score, see `score`

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="questions", null=True, blank=True, verbose_name=_("section")
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.SCALE)
    text = models.CharField(_("statement or question"), max_length=500)
    hint = models.CharField(_("explanation"), max_length=500, blank=True)
    required = models.BooleanField(_("required"), default=True)
    competence = models.ForeignKey(
        Competence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competence")
    )
    lower_is_better = models.BooleanField(_("a low answer is the good one"), default=False)
    low_label = models.CharField(_("label of 1"), max_length=60, blank=True)
    high_label = models.CharField(_("label of the highest"), max_length=60, blank=True)
    highest = models.PositiveSmallIntegerField(
        _("points of the scale"), default=5, validators=[MinValueValidator(2), MaxValueValidator(10)]
    )
    with_other = models.BooleanField(_("with “other” and a line to write in"), default=False)
    only_if = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("shown only if the answer to")
    )
    only_if_values = models.JSONField(_("is one of"), default=list, blank=True)  # whole numbers, as answers are
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(highest__gte=2, highest__lte=10),
                name="scale_of_2_to_10",
                violation_error_message=_("A scale has 2 to 10 points."),
            )
        ]

    def __str__(self):
        return self.text

    def score(self, value):
        """A closed answer on the common scale of 1 to 5, 5 the best, so that versions compare; None for choices."""
        if value is None or self.kind not in self.SCORED:
            return None
        highest = self.highest if self.kind == self.Kind.SCALE else self.YES
        share = (value - 1) / (highest - 1)
        return 1 + 4 * (1 - share if self.lower_is_better else share)


class Choice(models.Model):
    """One answer offered by a question of choices; picked, it may ask for or offer a competence."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(60)])
    text = models.CharField(_("choice"), max_length=200)
    competence = models.ForeignKey(
        Competence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competence")
    )

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="choice_number_once")]

    def __str__(self):
        return self.text
