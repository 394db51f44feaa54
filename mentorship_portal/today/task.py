"""What Today is made of."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TONES = ("bad", "warn", "info")  # the most urgent first
NAMED = 4  # so many people are named under a task; its address shows all


@dataclass(frozen=True)
class Task:
    """Something that waits for this person: a sentence, whom it is about, and the one action beside it."""

    label: str
    url: str  # where the action is taken
    action: str  # its words
    tone: str = "info"
    age: str = ""  # how long it has waited, or until when there is time
    people: tuple = ()  # (name, address or "", a word beside), the most urgent first
    list_url: str = ""  # where all of them stand, when the action is elsewhere
    posts: tuple = ()  # (name, value) pairs: then the action is taken by this very button

    @property
    def named(self):
        return self.people[:NAMED]

    @property
    def unnamed(self):
        return max(0, len(self.people) - NAMED)


@dataclass(frozen=True)
class Figure:
    """A number of the year that leads to its people."""

    label: str
    value: str
    url: str
    icon: str
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One of the first steps of a year."""

    label: str
    hint: str
    url: str
    is_done: bool


@dataclass
class Section:
    """What one role meets on Today."""

    title: str
    template: str
    tasks: list = field(default_factory=list)
    facts: dict = field(default_factory=dict)  # what the role's template shows besides
    urgency: int = len(TONES)

    def __post_init__(self):
        self.add(())

    def add(self, tasks):
        """More of what waits, put where its urgency belongs."""
        self.tasks = sorted([*self.tasks, *tasks], key=lambda task: TONES.index(task.tone))
        found = [TONES.index(task.tone) for task in self.tasks]
        self.urgency = min([self.urgency, *found])


def day(date):
    return date_format(date, "SHORT_DATE_FORMAT")


def days(number):
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def waited(number):
    """Since when something waits, as an age; nothing for what came today."""
    return days(number) if number else ""


def since(date):
    return _("since %(day)s") % {"day": day(date)} if date else ""


def until(date, today):
    """How much time is left, or how long ago it ended."""
    left = (date - today).days
    if left < 0:
        return _("%(days)s late") % {"days": days(-left)}
    return _("today is the last day") if left == 0 else _("until %(day)s") % {"day": day(date)}
