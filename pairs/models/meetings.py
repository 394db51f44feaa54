"""Meetings: one may serve several mentees and steps."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Sum, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import Participation, SchoolYear, StoredFile, User
from accounts.roles import STAFF, Role
from accounts.workflow import Move
from pairs.models.groups import Step
from pairs.models.pairing import Pair


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A meeting is visible if one of its pairs is."""
        rows = self.filter(year__school_id=user.school_id)
        if user.has_role(*STAFF):
            return rows
        return rows.filter(
            pk__in=Attendance.objects.filter(pair__in=Pair.objects.visible_to(user)).values("meeting_id")
        )

    def held(self):
        return self.filter(state=Meeting.State.HELD)

    def with_shown_state(self, year=None):
        """Adds `shown`: planned, held (nobody objects, somebody has not answered), confirmed, objected or cancelled.

        `year`: that of all the rows where it is one; PostgreSQL then reads no other school's attendances.
        """
        here = Attendance.objects.filter(meeting=OuterRef("pk"), **({"year": year} if year else {}))
        return self.annotate(
            shown=Case(
                When(~Q(state=Meeting.State.HELD), then="state"),
                When(Exists(here.filter(answer=Attendance.Answer.OBJECTED)), then=Value("objected")),
                When(~Exists(here.exclude(answer=Attendance.Answer.CONFIRMED)), then=Value("confirmed")),
                default=Value("held"),
            )
        )

    def counts(self):
        """{shown state: (meetings, minutes)}; needs `with_shown_state`."""
        rows = self.order_by().values_list("shown").annotate(Count("pk"), Sum("minutes"))
        return {shown: (number, minutes) for shown, number, minutes in rows}


class Shown(models.TextChoices):
    """What people read: the state, and for a meeting that was held what the mentees say."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CONFIRMED = "confirmed", pgettext_lazy("meeting", "Confirmed")
    OBJECTED = "objected", pgettext_lazy("meeting", "Objected to")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class Meeting(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "Planned")
        HELD = "held", pgettext_lazy("meeting", "Held")
        CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")

    class Kind(models.TextChoices):
        TALK = "talk", _("Conversation, consultation")
        LESSON_VISIT = "lesson_visit", _("Lesson visit")
        ANALYSIS = "analysis", _("Analysis of a lesson")
        TRAINING = "training", _("Workshop, practice")
        DISTANT = "distant", _("Online meeting, call")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="meetings")
    mentor = models.ForeignKey(Participation, models.PROTECT, related_name="meetings", verbose_name=_("mentor"))
    on = models.DateField(_("date"), default=today)
    minutes = models.PositiveSmallIntegerField(
        _("duration, minutes"), default=45, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    kind = models.CharField(_("kind of meeting"), max_length=12, choices=Kind, default=Kind.TALK)
    topic = models.CharField(_("topic"), max_length=200)
    agreed = models.TextField(_("what was agreed"), max_length=4000, blank=True)
    next_on = models.DateField(_("next meeting"), null=True, blank=True)
    steps = models.ManyToManyField(
        Step, related_name="meetings", blank=True, verbose_name=_("steps of the pair's work")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=2000, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    from_paper = models.BooleanField(_("entered by the curator from paper"), default=False)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan of the paper")
    )
    form_key = models.CharField(max_length=32, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["year", "-on"], name="meetings_of_year")]
        constraints = [
            # A double click on "Save" sends the same form twice: the second finds the first.
            models.UniqueConstraint(fields=["form_key"], condition=~Q(form_key=""), name="meeting_form_once")
        ]

    def __str__(self):
        return f"{self.on:%d.%m.%Y}, {self.topic}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("meeting_detail", args=[self.pk])

    def is_kept_by(self, user):
        """May this person write here: the meeting's mentor, and the curator for those who do not type."""
        return not self.year.is_closed and (user.is_curator or self.mentor.person_id == user.pk)

    def get_shown_display(self):
        return Shown(self.shown).label

    MOVES = {
        "hold": Move(
            label=_("Record as held"),
            done=_("recorded that the meeting was held"),
            sources=(State.PLANNED,),
            target=State.HELD,
            roles=(Role.MENTOR, Role.CURATOR),
            may=is_kept_by,
            tone="primary",
        ),
        "cancel": Move(
            label=_("Cancel the meeting"),
            done=_("cancelled the meeting"),
            sources=(State.PLANNED, State.HELD),
            target=State.CANCELLED,
            roles=(Role.MENTOR, Role.CURATOR),
            may=is_kept_by,
            comment=True,
            tone="danger",
        ),
    }


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def counted(self):
        """Held and not objected to: what a pair's figures count."""
        return self.filter(meeting__state=Meeting.State.HELD).exclude(answer=Attendance.Answer.OBJECTED)

    def planned_before(self, day):
        """Planned for a day that has passed: to be recorded as held, or cancelled."""
        return self.filter(meeting__state=Meeting.State.PLANNED, meeting__on__lt=day)

    def objected(self):
        return self.filter(meeting__state=Meeting.State.HELD, answer=Attendance.Answer.OBJECTED)


class Attendance(models.Model):
    """A pair at a meeting, with the mentee's own word on it."""

    class Answer(models.TextChoices):
        NONE = "", pgettext_lazy("meeting", "Not answered yet")
        CONFIRMED = "confirmed", pgettext_lazy("meeting", "Confirmed")
        OBJECTED = "objected", pgettext_lazy("meeting", "Objected to")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="attendances")
    answer = models.CharField(_("mentee's answer"), max_length=10, choices=Answer, blank=True, default="")
    objection = models.CharField(_("objection"), max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    private_note = models.TextField(
        _("private note"),
        max_length=4000,
        blank=True,
        help_text=_("Read by the two of you alone: not by the curator, not by the head"),
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair at a meeting")
        verbose_name_plural = _("pairs at meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "pair"], name="pair_once_at_meeting"),
            models.CheckConstraint(
                condition=Q(answer="objected") & ~Q(objection="") | ~Q(answer="objected"), name="objection_has_words"
            ),
        ]
        indexes = [models.Index(fields=["year", "pair"], name="attendance_of_pair")]

    def __str__(self):
        return f"{self.meeting}: {self.pair}"

    def get_absolute_url(self):
        return self.meeting.get_absolute_url()

    def take_answer(self, answer, objection=""):
        """The mentee's word; False when it was given already (a second tap)."""
        fresh = type(self).objects.filter(pk=self.pk).exclude(answer=answer, objection=objection)
        return bool(fresh.update(answer=answer, objection=objection, answered_on=today()))
