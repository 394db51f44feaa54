"""Events: trainings, common meetings, the closing game, councils, events outside of the school."""

import datetime
import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.clock import today
from accounts.models import SchoolYear, User
from accounts.roles import STAFF, Role
from accounts.workflow import Move
from pairs.audience import Audience, addressed
from pairs.models import Competence, Group, Pair

BY_NAME = "by_name"
AUDIENCES = [*Audience.choices, (BY_NAME, _("By name"))]
# One may check in from so long before the beginning until the end.
EARLY = datetime.timedelta(minutes=30)


def new_code():
    return secrets.token_urlsafe(24)


def invites(user):
    """Is this person invited: by name, or in a pair fixed by an order by the day of the event.

    A pair that is paused on that day is invited too, but not counted.
    """
    from events.models.attendance import Invited  # points at events

    pairs = Pair.objects.filter(year=OuterRef("year")).fixed_by(OuterRef("on"))
    mentor, mentee = pairs.filter(mentor__person=user), pairs.filter(mentee__person=user)
    group = {"groups": OuterRef("group")}
    whole = Q(audience=Audience.EVERYBODY) | Q(audience=Audience.GROUP, group__holds_all=True)
    return (
        Q(Exists(Invited.objects.filter(event=OuterRef("pk"), person=user)))
        | whole & (Q(Exists(mentor)) | Q(Exists(mentee)))
        | Q(audience=Audience.MENTORS) & Q(Exists(mentor))
        | Q(audience=Audience.MENTEES) & Q(Exists(mentee))
        | Q(audience=Audience.GROUP) & (Q(Exists(mentor.filter(**group))) | Q(Exists(mentee.filter(**group))))
    )


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of the school for those who run it; those one is invited to, or answers for, for everybody else."""
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(*STAFF) else rows.filter(invites(user) | Q(responsible=user))

    def inviting(self, user):
        return self.filter(invites(user))

    def counts(self):
        """{shown state: how many}"""
        moved = Q(state=Event.State.PLANNED) & ~Q(on=F("original_on"))
        shown = Case(When(moved, then=Value("moved")), default="state")
        return dict(self.annotate(shown=shown).order_by().values_list("shown").annotate(Count("pk")))

    def standing(self):
        """Neither cancelled nor withdrawn from the plan: planned or held."""
        return self.exclude(state=Event.State.CANCELLED)

    def held_by(self, on):
        return self.filter(state=Event.State.HELD, on__lte=on)

    # What the indicators of the roadmap ask, by the date of the fact.

    def assigned_and_due(self, on):
        """Assigned to the school and first planned for a day that has come; a cancelled one stays counted."""
        return self.filter(is_assigned=True, original_on__lte=on)

    def on_time(self, on):
        """Held by the day of the first plan; an outside event also needs somebody of the school who was there."""
        from events.models.attendance import Attendance

        present = Attendance.objects.present().filter(event=OuterRef("pk"))
        return self.held_by(on).filter(~Q(kind=Event.Kind.OUTSIDE) | Exists(present), on__lte=F("original_on"))

    def last_game(self, year, on):
        """The closing game of the year that has come by that day, as a queryset of at most one."""
        games = self.standing().filter(year=year, kind=Event.Kind.GAME, on__lte=on)
        return games.order_by("-on", "-pk")[:1]


class Event(models.Model):
    """Something that people come together for on one day."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        MEETING = "meeting", _("Common meeting")
        GAME = "game", _("Closing business game")
        COUNCIL = "council", _("Pedagogical council")
        OUTSIDE = "outside", _("Outside event")

    class Level(models.TextChoices):
        SCHOOL = "school", pgettext_lazy("event", "school")
        MUNICIPAL = "municipal", pgettext_lazy("event", "municipal")
        REGIONAL = "regional", pgettext_lazy("event", "regional")
        FEDERAL = "federal", pgettext_lazy("event", "federal")
        INTERNATIONAL = "international", pgettext_lazy("event", "international")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("event", "Planned")
        HELD = "held", pgettext_lazy("event", "Held")
        CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")

    class Shown(models.TextChoices):
        """What people see: a planned event whose date was changed is a moved one."""

        PLANNED = "planned", pgettext_lazy("event", "Planned")
        MOVED = "moved", pgettext_lazy("event", "Moved")
        HELD = "held", pgettext_lazy("event", "Held")
        CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="events")
    kind = models.CharField(_("kind of event"), max_length=8, choices=Kind, default=Kind.TRAINING)
    title = models.CharField(_("title"), max_length=200)
    programme = models.TextField(_("programme"), max_length=4000, blank=True)
    competence = models.ForeignKey(
        Competence, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("competence")
    )
    on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ends at"))
    place = models.CharField(pgettext_lazy("event", "place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    is_distance = models.BooleanField(_("at a distance"), default=False)
    hours = models.PositiveSmallIntegerField(
        _("academic hours"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    level = models.CharField(_("level"), max_length=13, choices=Level, blank=True)
    responsible = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("responsible")
    )
    audience = models.CharField(_("who is invited"), max_length=10, choices=AUDIENCES, default=Audience.EVERYBODY)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("group"))
    threshold = models.PositiveSmallIntegerField(
        _("expected presence, %"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("The attendance page shows whether it is reached"),
    )
    is_assigned = models.BooleanField(
        _("assigned to the school"), default=True, help_text=_("Counts in “events on time” (roadmap 5.2)")
    )
    original_on = models.DateField(_("first planned for"), editable=False)
    move_reason = models.CharField(_("why it was moved"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=2000, blank=True)
    check_in_code = models.CharField(max_length=43, unique=True, default=new_code, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-on", "-starts_at", "-pk"]
        indexes = [models.Index(fields=["year", "-on"], name="events_of_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "title", "on", "starts_at"],
                condition=~Q(state="cancelled"),
                name="event_once",
                violation_error_message=_("This event is entered already: same kind, title and time."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_times_in_order",
                violation_error_message=_("The end comes after the beginning, on the same day."),
            ),
            models.CheckConstraint(
                condition=Q(kind="outside") & ~Q(level="") | ~Q(kind="outside") & Q(level=""),
                name="outside_event_has_level",
                violation_error_message=_("Choose the level of the outside event."),
            ),
            models.CheckConstraint(
                condition=Q(audience="group", group__isnull=False) | ~Q(audience="group") & Q(group__isnull=True),
                name="event_group_is_named",
                violation_error_message=_("Choose the group."),
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_on__isnull=False)
                | ~Q(state="cancelled") & Q(cancelled_on__isnull=True),
                name="cancelled_event_has_date",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.on:%d.%m.%Y}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("event_detail", args=[self.pk])

    def save(self, *args, **kwargs):
        if self._state.adding and not self.original_on:
            self.original_on = self.on
        super().save(*args, **kwargs)

    def is_kept_by(self, user):
        """Who marks attendance: the curator, and the person who answers for the event."""
        return not self.year.is_closed and (user.is_curator or self.responsible_id == user.pk)

    def is_of_open_year(self, user):
        return not self.year.is_closed

    def why_not_held(self):
        return [_("This day is still ahead.")] if self.on > today() else []

    def why_not_back(self):
        """A planned event of the same name and time would be there twice."""
        same = {name: getattr(self, name) for name in ("year", "kind", "title", "on", "starts_at")}
        twin = Event.objects.standing().filter(**same).exclude(pk=self.pk).exists()
        return [_("This event is entered already: same kind, title and time.")] if twin else []

    MOVES = {
        "hold": Move(
            label=pgettext_lazy("event", "Record as held"),
            done=_("recorded that the event was held"),
            sources=(State.PLANNED,),
            target=State.HELD,
            roles=(Role.CURATOR,),
            may=is_of_open_year,
            missing=why_not_held,
            tone="primary",
        ),
        "postpone": Move(
            label=_("Move to another day"),
            done=_("moved the event to another day"),
            sources=(State.PLANNED,),
            target=State.PLANNED,
            roles=(Role.CURATOR,),
            may=is_of_open_year,
            comment=True,
        ),
        "cancel": Move(
            label=_("Cancel the event"),
            done=_("cancelled the event"),
            sources=(State.PLANNED,),
            target=State.CANCELLED,
            roles=(Role.CURATOR,),
            may=is_of_open_year,
            comment=True,
            companions=lambda event, by, **fields: {"cancelled_on": today(), **fields},
            tone="danger",
        ),
        "reopen": Move(
            label=_("Back to planned"),
            done=_("set the event back to planned"),
            sources=(State.HELD, State.CANCELLED),
            target=State.PLANNED,
            roles=(Role.CURATOR,),
            may=is_of_open_year,
            comment=True,
            missing=why_not_back,
            companions=lambda event, by: {"cancelled_on": None, "cancel_reason": ""},
        ),
    }

    @property
    def is_moved(self):
        return self.on != self.original_on

    @property
    def shown_state(self):
        if self.state == self.State.PLANNED and self.is_moved:
            return self.Shown.MOVED
        return self.Shown(self.state)

    @property
    def day_has_passed(self):
        return self.state == self.State.PLANNED and self.on < today()

    # ---------------------------------------------------------------- time

    def moment(self, at):
        """An aware moment of the event's day, in the portal's own time zone."""
        return timezone.make_aware(datetime.datetime.combine(self.on, at))

    @property
    def is_taking_place(self):
        """May people check in now: from half an hour before the beginning to the end, unless it is cancelled."""
        if self.state == self.State.CANCELLED:
            return False
        return self.moment(self.starts_at) - EARLY <= clock.now() <= self.moment(self.ends_at)

    @property
    def has_begun(self):
        """May attendance be marked: from half an hour before the beginning on."""
        return self.state != self.State.CANCELLED and clock.now() >= self.moment(self.starts_at) - EARLY

    # ---------------------------------------------------------------- people

    def participations(self):
        """Participations to whom the event is addressed on its day; none for an event by name."""
        if self.audience == BY_NAME:
            return addressed(Audience.EVERYBODY, year=self.year, on=self.on).none()
        return addressed(self.audience, year=self.year, on=self.on, group=self.group)

    def people(self):
        """Everybody on the attendance list: addressed, invited by name, or marked there; each person once."""
        rows = User.objects.filter(school_id=self.year.school_id)
        found = (
            Q(pk__in=self.participations().values("person_id"))
            | Q(pk__in=self.invited_people.values("person_id"))
            | Q(pk__in=self.attendances.values("person_id"))
        )
        return rows.filter(found)
