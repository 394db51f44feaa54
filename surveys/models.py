"""Questionnaires, waves and named answers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import DiagnosticPeriod, Participation, School, SchoolYear, StoredFile, User
from accounts.roles import Role
from pairs.models import Competence, participants_of


class QuestionnaireQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(school_id=user.school_id)

    def published(self):
        return self.filter(published_on__isnull=False, archived=False)


class Questionnaire(models.Model):
    """A form for one side. Once published its questions are frozen; the next version is a whole copy."""

    school = models.ForeignKey(School, models.CASCADE, related_name="questionnaires")
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    side = models.CharField(_("for whom"), max_length=6, choices=Participation.Side)
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("introduction"), max_length=2000, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    archived = models.BooleanField(_("no longer used"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["side", "title", "version"]
        constraints = [models.UniqueConstraint(fields=["school", "code", "version"], name="questionnaire_version_once")]

    def __str__(self):
        return self.title


class Question(models.Model):
    class Kind(models.TextChoices):
        SCALE = "scale", _("Scale")
        TEXT = "text", _("Text")

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.SCALE)
    text = models.CharField(_("statement or question"), max_length=500)
    competence = models.ForeignKey(
        Competence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competence")
    )
    low_label = models.CharField(_("label of 1"), max_length=60, blank=True)
    high_label = models.CharField(_("label of the highest"), max_length=60, blank=True)
    highest = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(2), MaxValueValidator(10)])
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "position"], name="question_position_once")]

    def __str__(self):
        return self.text


class WaveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of the school for those who run it; those of one's own side and year for a participant."""
        rows = self.filter(year__school_id=user.school_id)
        if user.has_role(Role.ADMIN, Role.HEAD, Role.CURATOR):
            return rows
        mine = Participation.objects.filter(person=user, year=models.OuterRef("year"), side=models.OuterRef("side"))
        return rows.filter(models.Exists(mine))

    def open_on(self, day):
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class Wave(models.Model):
    """A questionnaire put to one side in one diagnostic period (опрос за период)."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="waves")
    period = models.ForeignKey(DiagnosticPeriod, models.PROTECT, related_name="waves")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="waves")
    side = models.CharField(_("for whom"), max_length=6, choices=Participation.Side)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("closes"))
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["opens_on", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "side"],
                name="wave_once",
                violation_error_message=_("This period already has a questionnaire for this side."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="wave_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]

    def __str__(self):
        return f"{self.period}: {self.get_side_display()}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("wave_detail", args=[self.pk])

    @property
    def is_open(self):
        return self.opens_on <= today() <= self.closes_on

    def asked(self, on=None):
        """Who is asked: participants of the side in a pair of the year, at the close or on `on` if that is earlier."""
        return participants_of(self.year, min(on or today(), self.closes_on)).filter(side=self.side)

    def silent(self):
        """Those asked who have not submitted."""
        answered = Response.objects.filter(wave=self).submitted().values("participation_id")
        return self.asked().exclude(pk__in=answered)

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


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(wave__year__school_id=user.school_id)
        return rows if user.has_role(Role.CURATOR) else rows.filter(participation__person=user)

    def submitted(self):
        return self.filter(submitted_on__isnull=False)


class Response(models.Model):
    """One person's answers to one wave: a draft until submitted, submitted once."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="responses")
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("filled questionnaire")
        verbose_name_plural = _("filled questionnaires")
        constraints = [models.UniqueConstraint(fields=["wave", "participation"], name="response_once")]
        indexes = [
            models.Index(fields=["year", "wave"], condition=Q(submitted_on__isnull=False), name="responses_submitted")
        ]

    def __str__(self):
        return f"{self.wave}: {self.participation}"


class Answer(models.Model):
    """Value and text of one question. Carries year and period itself: figures are counted from here."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    period = models.ForeignKey(DiagnosticPeriod, models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once")]
        indexes = [models.Index(fields=["year", "period", "competence"], name="answers_of_period")]

    def __str__(self):
        return str(self.question)


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
