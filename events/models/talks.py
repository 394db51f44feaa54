"""Talks of pairs at the pedagogical council (roadmap 4.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import SchoolYear
from accounts.roles import STAFF
from events.models.events import Event
from pairs.models import Pair


class TalkQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(*STAFF) else rows.filter(event__in=Event.objects.visible_to(user).values("pk"))

    def spoken_by(self, on):
        return self.filter(spoken_on__lte=on)

    def coming(self):
        """Planned at a council that is planned and has not taken place."""
        return self.filter(spoken_on__isnull=True, event__state=Event.State.PLANNED)


class Talk(models.Model):
    """A pair with its topic at a council."""

    class Speaker(models.TextChoices):
        BOTH = "both", pgettext_lazy("talk", "both")
        MENTOR = "mentor", pgettext_lazy("talk", "mentor")
        MENTEE = "mentee", pgettext_lazy("talk", "mentee")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.CASCADE, related_name="talks")
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="talks", verbose_name=_("pair"))
    topic = models.CharField(_("topic of the talk"), max_length=300)
    speaker = models.CharField(_("who speaks"), max_length=6, choices=Speaker, default=Speaker.BOTH)
    position = models.PositiveSmallIntegerField(default=0)
    spoken_on = models.DateField(_("spoken on"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk at a council")
        verbose_name_plural = _("talks at councils")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "pair"],
                name="talk_once",
                violation_error_message=_("This pair already speaks at this council."),
            )
        ]
        indexes = [models.Index(fields=["year", "pair"], name="talks_of_year")]

    def __str__(self):
        return f"{self.pair}: {self.topic}"

    def get_absolute_url(self):
        return self.event.get_absolute_url()
