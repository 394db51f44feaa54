"""From definitions to numbers: what an indicator says of an item's checkpoint on a day."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from pairs.models.plans import percent_of
from roadmap.indicators.definitions import INDICATORS
from roadmap.indicators.indicator import Moment, Unit
from roadmap.models import Checkpoint, Proof
from roadmap.states import CLOSED, ItemState, state_of

NO_DATA, NOT_DUE = pgettext_lazy("indicator", "no data"), pgettext_lazy("indicator", "nothing is due yet")


@dataclass(frozen=True)
class Measured:
    """A checkpoint with its number. `met` and `total` are None where nothing can be counted; `is_met` is None where only the proof tells."""

    checkpoint: Checkpoint
    indicator: object  # Indicator, or None for an item that is closed by hand
    moment: Moment
    total: int | None
    met: int | None
    is_met: bool | None
    state: ItemState
    closed: int = 0  # of the item's checkpoints
    periods: int = 1

    @property
    def state_label(self):
        return self.state.label

    @property
    def url(self):
        return self.checkpoint.get_absolute_url()

    @property
    def text(self):
        """The number as people read it, «11 из 12 (92 %)»; what was frozen at closing stays."""
        frozen = self.checkpoint.figures or {}
        return frozen.get("text") or number_text(self)

    @property
    def target(self):
        return target_of(self.checkpoint.item, self.indicator)

    @property
    def target_text(self):
        if self.indicator is None or self.target is None:
            return ""
        unit = "\u00a0%" if self.indicator.unit is Unit.SHARE else ""
        return _("target %(number)s") % {"number": f"{self.target}{unit}"}

    @property
    def progress(self):
        """«закрыто 1 из 4» for an item with several periods."""
        if self.periods == 1:
            return ""
        return _("closed %(closed)s of %(all)s") % {"closed": self.closed, "all": self.periods}

    @property
    def beside(self):
        """Sentences under the number; a query or two each."""
        if self.total is None:
            return []
        return [sentence for say in self.indicator.beside if (sentence := say(self.moment))]

    @property
    def gaps(self):
        """What is missing before the item can be closed as done, as sentences: its number, its proof."""
        late = _("The number is not there yet: %(number)s.") % {"number": number_text(self)}
        unproved = _("The proof is missing: a file, a link, a note, or a paper that the portal prints.")
        return ([late] if self.is_met is False else []) + ([] if self.checkpoint.has_proof else [unproved])

    def figures(self):
        """What is frozen at closing."""
        return {
            "text": number_text(self),
            "total": self.total,
            "met": self.met,
            "target": self.target,
            "on": self.moment.on.isoformat(),
        }


def number_text(measured):
    indicator, total, met = measured.indicator, measured.total, measured.met
    if indicator is None:
        return ""
    if total is None:
        return str(NO_DATA)
    if indicator.unit is Unit.YES:
        return pgettext("indicator", "yes") if met else pgettext("indicator", "no")
    if not total:
        due = measured.checkpoint.due_on
        return str(NOT_DUE if due is None or due >= measured.moment.on else NO_DATA)
    words = _("%(met)s of %(total)s") % {"met": met, "total": total}
    if indicator.unit is Unit.SHARE:
        return f"{words} ({percent_of(met, total)}\u00a0%)"
    return words if indicator.lower_is_better else str(met)


def target_of(item, indicator):
    if indicator is None:
        return None
    return item.target if item.target is not None and indicator.unit is Unit.SHARE else indicator.target


def reached(indicator, item, total, met, moment):
    """Is the number enough? None where it cannot be counted at all."""
    if indicator is None or not indicator.is_counted:
        return None
    if not total:
        return False
    if indicator.unit is Unit.SHARE and not indicator.lower_is_better:
        return 100 * met >= target_of(item, indicator) * total
    return indicator.condition(total, met, moment)


def count(indicator, moment):
    """(population, met part) in one query; (None, None) where the data come with a later part of the portal."""
    if indicator is None or not indicator.is_counted:
        return None, None
    population = indicator.population(moment)
    met = indicator.met(population, moment).values("pk")
    found = population.order_by().aggregate(
        total=Count("pk", distinct=True), met=Count("pk", distinct=True, filter=Q(pk__in=met))
    )
    return found["total"], found["met"]


def moment_of(checkpoint, roadmap, on, periods):
    period = next((period for period in periods if period.closes_on == checkpoint.due_on), None)
    return Moment(
        year=roadmap.year, on=on, due=checkpoint.due_on, roadmap=roadmap, period=period, opens=checkpoint.opens_on
    )


def measured(checkpoint, roadmap, on, periods, among=()):
    """The checkpoint's number on that day. `among`: all checkpoints of its item; without them it stands for itself.

    The checkpoint comes from `with_proofs`, its item from the roadmap; `periods` are the year's.
    """
    indicator = INDICATORS.get(checkpoint.item.indicator)
    moment = moment_of(checkpoint, roadmap, on, periods)
    total, met = count(indicator, moment)
    is_met = reached(indicator, checkpoint.item, total, met, moment)
    state = state_of(checkpoint, on=on, is_met=is_met, has_proof=checkpoint.has_proof)
    among = among or (checkpoint,)
    closed = sum(each.state != Checkpoint.State.OPEN for each in among)
    if state in CLOSED and closed < len(among):
        state = ItemState.RUNNING  # the item goes on with its next period
    return Measured(checkpoint, indicator, moment, total, met, is_met, state, closed, len(among))


def with_proofs(checkpoints):
    proofs = Proof.objects.in_force().filter(checkpoint=OuterRef("pk"))
    return checkpoints.annotate(has_proof=Exists(proofs))


def measure(roadmap, on):
    """{item's pk: Measured} of the checkpoint each item stands at; the number of queries does not depend on people."""
    periods = list(roadmap.year.periods.all())
    of_item = defaultdict(list)
    for checkpoint in with_proofs(Checkpoint.objects.filter(item__roadmap=roadmap)).select_related("item"):
        checkpoint.item.roadmap = roadmap
        of_item[checkpoint.item_id].append(checkpoint)
    return {pk: measured(focus(found, on), roadmap, on, periods, found) for pk, found in of_item.items()}


def focus(checkpoints, on):
    """Where the item stands: the first begun period that is not closed, else the last begun one, else the first."""
    begun = [each for each in checkpoints if (each.opens_on or date.min) <= on]
    waiting = [each for each in begun if each.state == Checkpoint.State.OPEN]
    return (waiting or begun[-1:] or checkpoints)[0]


def measure_checkpoint(checkpoint, on):
    """Measured of one checkpoint by itself, whatever the item's other periods."""
    fresh = with_proofs(Checkpoint.objects.filter(pk=checkpoint.pk)).select_related("item__roadmap__year__school").get()
    roadmap = fresh.item.roadmap
    return measured(fresh, roadmap, on, list(roadmap.year.periods.all()))


def people(found):
    """(counted, missing) behind a Measured: lists of (name, address, words beside); empty where nothing is counted."""
    indicator, moment = found.indicator, found.moment
    if found.total is None:
        return [], []
    population = indicator.population(moment)
    met = When(pk__in=indicator.met(population, moment).values("pk"), then=True)
    fetched = indicator.fetch(population, moment) if indicator.fetch else population
    counted, missing = [], []
    for each in fetched.annotate(is_counted=Case(met, default=False, output_field=BooleanField())):
        words = indicator.row(each, moment) if indicator.row else ""
        (counted if each.is_counted else missing).append((str(each), each.get_absolute_url(), words))
    return counted, missing


def tally(measured):
    """[(state, label, how many items)] of the states that occur, what needs hands first; takes what `measure` gave."""
    states = Counter(found.state for found in measured.values())
    return [(state.value, state.label, states[state]) for state in ItemState if states[state]]
