"""An item in each of its periods, and what proves that it was done."""

from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import SchoolYear, StoredFile, User
from accounts.roles import Role
from accounts.workflow import Move
from roadmap.checkpoints import occurrences
from roadmap.models.items import Item

MONTHLY = "monthly-information"  # measured month by month, whatever the paper's deadline says


def year_is_open(checkpoint, user):
    return not checkpoint.year.is_closed


def why_not_done(checkpoint):
    """What is missing before the item can be closed as done, as sentences: its number, its proof."""
    from roadmap.indicators import measure_checkpoint  # the indicators read the models

    return measure_checkpoint(checkpoint, today()).gaps


def closed_now(checkpoint, by, **fields):
    """Who closed it when, and the figures of that day: later entries do not change them."""
    from roadmap.indicators import measure_checkpoint

    figures = measure_checkpoint(checkpoint, today()).figures()
    return {"closed_on": today(), "closed_by": by, "figures": figures, **fields}


def done_now(checkpoint, by):
    return closed_now(checkpoint, by, was_on_time=checkpoint.is_in_time())


def done_earlier(checkpoint, by):
    return {"closed_on": today(), "closed_by": by, "done_before": True, "was_on_time": True}


def no_longer_closed(checkpoint, by):
    return {
        "closed_on": None,
        "closed_by": None,
        "figures": None,
        "explanation": "",
        "done_before": False,
        "was_on_time": True,
    }


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
    was_on_time = models.BooleanField(default=True, editable=False)
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

    MOVES = {
        "close": Move(
            label=_("Close as done"),
            done=_("closed the roadmap item as done"),
            sources=(State.OPEN,),
            target=State.DONE,
            roles=(Role.CURATOR,),
            may=year_is_open,
            missing=why_not_done,
            companions=done_now,
            tone="primary",
        ),
        "explain": Move(
            label=_("Close with an explanation"),
            done=_("closed the roadmap item with an explanation"),
            sources=(State.OPEN,),
            target=State.EXPLAINED,
            roles=(Role.CURATOR,),
            may=year_is_open,
            comment=True,
            companions=closed_now,
        ),
        "close_before": Move(
            label=_("Done before the portal was used"),
            done=_("marked the roadmap item as done before the portal was used"),
            sources=(State.OPEN,),
            target=State.DONE,
            roles=(Role.CURATOR,),
            may=year_is_open,
            companions=done_earlier,
        ),
        "reopen": Move(
            label=_("Reopen"),
            done=_("reopened the roadmap item"),
            sources=(State.DONE, State.EXPLAINED),
            target=State.OPEN,
            roles=(Role.CURATOR,),
            may=year_is_open,
            comment=True,
            companions=no_longer_closed,
            tone="danger",
        ),
    }

    def get_absolute_url(self):
        return f"{self.item.get_absolute_url()}?period={self.number}"

    def is_in_time(self):
        """Was it done by its date: the number was there on that day, or, where nothing is counted, the proof was."""
        from roadmap.indicators import measure_checkpoint

        if self.due_on is None or today() <= self.due_on:
            return True
        then = measure_checkpoint(self, self.due_on)
        if then.is_met is not None:
            return then.is_met
        proofs = self.proofs.in_force().filter(
            Q(dated__lte=self.due_on) | Q(dated__isnull=True, added_on__lte=self.due_on)
        )
        return proofs.exists()

    @classmethod
    def planned(cls, item, periods):
        """Unsaved checkpoints that the item should have; `periods` are the year's diagnostic periods."""
        year = item.roadmap.year
        monthly = item.indicator == MONTHLY and item.deadline_kind == Item.DeadlineKind.WHOLE_PERIOD
        closes = [(period.name, period.closes_on) for period in periods]
        with translation.override("ru"):  # labels are data of the school, not of whoever is looking
            reading = item.reading()
            ends = year.term_ends() if reading.kind == Item.DeadlineKind.SCHOOL_TERM else ()
            times = occurrences(
                reading, year.starts_on, item.roadmap.period_ends_on, closes, monthly=monthly, term_ends=ends
            )
        if len(times) == 1:
            opens = [item.starts_on]
        else:
            own = {period.closes_on: period.opens_on for period in periods}
            after = [year.starts_on, *(due + timedelta(days=1) for _label, due in times)]
            opens = [own.get(due, start) for (_label, due), start in zip(times, after, strict=False)]
        return [
            cls(year=year, item=item, number=n, label=label, due_on=due, opens_on=start)
            for n, ((label, due), start) in enumerate(zip(times, opens, strict=True), 1)
        ]


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

    def get_absolute_url(self):
        return self.checkpoint.get_absolute_url()
