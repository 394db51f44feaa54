"""What an indicator is: a population, the part of it that is met, and a formula in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Unit(Enum):
    """How the number is read."""

    SHARE = "share"  # met ÷ population, percent
    COUNT = "count"  # how many are met
    YES = "yes"  # is it done


@dataclass(frozen=True)
class Moment:
    """Of what and as of which day an indicator is counted. `period` is the diagnostic period or None."""

    year: object
    on: date
    due: date | None = None
    roadmap: object = None
    period: object = None
    opens: date | None = None  # from when the checkpoint runs

    @property
    def is_late(self):
        """Has the item's date passed? From then on pairs that were formed late are due 14 days after their order."""
        return self.due is not None and self.on > self.due

    @property
    def at_the_end(self):
        """The end of the roadmap's period: plans are then measured by the whole of their lines."""
        return self.roadmap is not None and self.on >= self.roadmap.period_ends_on


def always_met(total, met, moment):
    return met == total


@dataclass(frozen=True)
class Indicator:
    """Two querysets of one model: `population(moment)` and the part of it that `met(population, moment)` leaves.

    `population` is None while the data come with a later part of the portal. `target` is in percent for a share and a
    number for a count; with `lower_is_better` the part that is met is the bad one. `condition(total, met, moment)` says
    whether a count is enough. `beside` are sentences under the number, each made from the moment. `counted` and
    `missing` say what the two parts have in common; `fetch(rows, moment)` adds what their names need, `row(obj, moment)`
    is what stands beside a name. `table(moment, user)` is the paper's table where a list of names is not enough, and
    `paper` the paper's name.
    """

    code: str
    label: str
    formula: str
    counted: str = ""
    missing: str = ""
    unit: Unit = Unit.SHARE
    target: int | None = 100
    lower_is_better: bool = False
    population: Callable | None = None
    met: Callable | None = None
    condition: Callable = always_met
    beside: tuple = ()
    fetch: Callable | None = None
    row: Callable | None = None
    table: Callable | None = None
    paper: str = ""
    form: str = "roadmap/proof_sheet.html"  # the template of the paper
    words: Callable | None = None  # (moment, user) -> what a paper of its own form needs besides
    page: str = ""  # URL name of the page where the facts come from

    @property
    def is_counted(self):
        return self.population is not None
