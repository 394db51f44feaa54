"""What people answered: by name, or without a name and a receipt apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import DiagnosticPeriod, Participation, SchoolYear, StoredFile, User
from accounts.roles import Role
from pairs.models import Competence, Pair
from surveys.models.questionnaires import Question
from surveys.models.waves import Wave


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(Role.CURATOR) else rows.filter(participation__person=user)

    def read_by(self, user):
        """With the open answers: by the curator, the person, and the mentor of the pair if the questionnaire says so."""
        if user.has_role(Role.CURATOR):
            return self.visible_to(user)
        pairs = Pair.objects.filter(mentor__person=user, state__in=[Pair.State.FIXED, Pair.State.COMPLETED])
        told = Q(wave__questionnaire__mentor_reads_texts=True, participation__in=pairs.values("mentee_id"))
        return self.filter(Q(participation__person=user) | told, year__school_id=user.school_id)

    def submitted(self):
        return self.filter(submitted_on__isnull=False)


class Response(models.Model):
    """One person's answers to one wave: a draft until submitted, submitted once.

    A submitted response of an anonymous wave has no person and no time: its key is random and its day is the day on
    which the wave closes, the same for all.
    """

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="responses", null=True)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("filled questionnaire")
        verbose_name_plural = _("filled questionnaires")
        constraints = [
            models.UniqueConstraint(fields=["wave", "participation"], name="response_once"),
            models.CheckConstraint(
                condition=Q(participation__isnull=False)
                | Q(submitted_on__isnull=False, updated_at__isnull=True, entered_by__isnull=True, scan__isnull=True),
                name="nameless_response_tells_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "wave"], condition=Q(submitted_on__isnull=False), name="responses_submitted")
        ]

    def __str__(self):
        return f"{self.wave}: {self.participation or '—'}"


class Receipt(models.Model):
    """Who has answered an anonymous wave, and on which day; nothing leads from here to the answers."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="receipts")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="receipts")
    on = models.DateField(_("date"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["wave", "participation"], name="receipt_once")]

    def __str__(self):
        return f"{self.wave}: {self.participation}"


class Answer(models.Model):
    """Value and text of one question. Carries year, wave and period itself: figures are counted from here."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+")
    period = models.ForeignKey(DiagnosticPeriod, models.PROTECT, null=True, related_name="+")
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)  # 1 to 5, see Question.score
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once")]
        indexes = [
            models.Index(fields=["year", "period", "competence"], name="answers_of_period"),
            models.Index(fields=["wave", "question", "value"], name="answers_of_wave"),
        ]

    def __str__(self):
        return str(self.question)


class Pick(models.Model):
    """One of several choices that an answer picked, by the choice's number; Question.OTHER for «другое»."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="picks")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("picked choice")
        verbose_name_plural = _("picked choices")
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="pick_once")]

    def __str__(self):
        return str(self.number)
