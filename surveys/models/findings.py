"""What the curator reads out of the entry questionnaires, and what a weak competence led to."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.models import Participation, School, SchoolYear, User
from accounts.roles import Role
from pairs.models import Competence, PlanItem, PlanTemplateItem
from surveys.models.answers import Response
from surveys.models.waves import Wave


class Thresholds(models.Model):
    """From which mean a competence is called weak or strong, of 1 to 5; a school without a row has the usual ones."""

    school = models.OneToOneField(School, models.CASCADE, related_name="thresholds")
    weak_up_to = models.FloatField(
        _("weak up to"), default=2.8, validators=[MinValueValidator(1.0), MaxValueValidator(5.0)]
    )
    strong_from = models.FloatField(
        _("strong from"), default=4.0, validators=[MinValueValidator(1.0), MaxValueValidator(5.0)]
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("thresholds of the diagnostics")
        verbose_name_plural = _("thresholds of the diagnostics")
        constraints = [
            models.CheckConstraint(
                condition=Q(weak_up_to__lt=F("strong_from")),
                name="weak_below_strong",
                violation_error_message=_("Weak must lie below strong."),
            )
        ]

    def __str__(self):
        return str(self.school)

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("survey_settings")

    @classmethod
    def of(cls, school):
        """The school's own, or unsaved usual ones; asks once for a school that is at hand."""
        return getattr(school, "thresholds", None) or cls(school=school)

    def mark(self, mean):
        """weak, strong, or an empty word for what lies between and for no mean at all."""
        if mean is None:
            return ""
        return "weak" if mean <= self.weak_up_to else "strong" if mean >= self.strong_from else ""


class AnalysisQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(Role.CURATOR) else rows.none()

    def finished_by(self, day):
        """Analysed and interviewed by that day (item 3.1)."""
        return self.filter(analysed_on__lte=day, interviewed_on__lte=day)


class Analysis(models.Model):
    """One participant's entry questionnaire read by the curator: the interview, its date and conclusion."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="analyses")
    participation = models.OneToOneField(Participation, models.PROTECT, related_name="analysis")
    response = models.ForeignKey(Response, models.PROTECT, null=True, blank=True, related_name="+")
    analysed_on = models.DateField(_("analysed on"), null=True, blank=True)
    interviewed_on = models.DateField(_("interview held on"), null=True, blank=True)
    conclusion = models.TextField(_("conclusion of the interview"), max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        verbose_name = _("analysis of a questionnaire")
        verbose_name_plural = _("analyses of questionnaires")
        indexes = [models.Index(fields=["year", "analysed_on"], name="analyses_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(analysed_on__isnull=True) | Q(response__isnull=False),
                name="analysed_is_a_questionnaire",
                violation_error_message=_("The entry questionnaire has not been received yet."),
            )
        ]

    def __str__(self):
        return str(self.participation)

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("analysis_detail", args=[self.participation_id])


class Finding(models.Model):
    """The curator took an answer over: the person's request or offer was set by it."""

    class Kind(models.TextChoices):
        REQUEST = "request", _("Request")
        OFFER = "offer", _("Offer")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="findings")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+", verbose_name=_("competence"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    set_it = models.BooleanField(
        _("set by the questionnaire"), default=True
    )  # else the request or offer stood in the registry before
    on = models.DateField(_("date"), default=today)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(fields=["participation", "competence", "kind"], name="finding_once"),
        ]
        indexes = [models.Index(fields=["year", "kind", "competence"], name="findings_of_year")]

    def __str__(self):
        return f"{self.participation}: {self.competence}"


class Support(models.Model):
    """What was accepted against a weak competence: a line of the plan, or a material by its address."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="support")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+", verbose_name=_("competence"))
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+")  # the one that showed the weakness
    plan_item = models.OneToOneField(PlanItem, models.CASCADE, null=True, blank=True, related_name="support")
    # A line asked for while the plan is approved: it waits until the plan is returned for changes.
    wanted = models.ForeignKey(
        PlanTemplateItem, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("line asked for")
    )
    material = models.CharField(_("title of the material"), max_length=300, blank=True)
    address = models.CharField(_("address of the material"), max_length=500, blank=True)
    on = models.DateField(_("date"), default=today)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("support of a competence")
        verbose_name_plural = _("support of competences")
        constraints = [
            models.CheckConstraint(
                condition=Q(plan_item__isnull=False) | Q(wanted__isnull=False) | ~Q(material=""),
                name="support_is_something",
            ),
            models.UniqueConstraint(
                fields=["participation", "competence", "wave", "address"],
                condition=~Q(material=""),
                name="material_once",
                violation_error_message=_("This material is listed already."),
            ),
            models.UniqueConstraint(
                fields=["participation", "wanted"], condition=Q(wanted__isnull=False), name="line_wanted_once"
            ),
        ]
        indexes = [
            models.Index(fields=["participation", "competence"], name="support_of_person"),
            models.Index(fields=["year"], condition=Q(wanted__isnull=False), name="lines_wanted"),
        ]

    def __str__(self):
        return f"{self.participation}: {self.competence}"


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__school_id=user.school_id)


class Note(models.Model):
    """The curator's own words of the analytical note (аналитическая справка); its figures are counted when it is shown."""

    year = models.OneToOneField(SchoolYear, models.PROTECT, related_name="analytical_note")
    conclusions = models.TextField(_("conclusions of the curator"), max_length=6000, blank=True)
    proposals = models.TextField(_("what is proposed"), max_length=6000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("analytical note")
        verbose_name_plural = _("analytical notes")

    def __str__(self):
        return str(_("Analytical note, %(year)s") % {"year": self.year})

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("analysis_note")
