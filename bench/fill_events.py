"""What the schools came together for: events with their attendance, talks at the council, courses."""

from datetime import time, timedelta

from accounts import clock
from bench.fill import made
from events.models import Attendance, Course, Event, Invited, Talk

# kind, title, days from today, state, what else
EVENTS = (
    ("training", "Разбор урока", -30, "held", {"hours": 4}),
    ("outside", "Районный форум", -20, "held", {"level": "municipal", "audience": "by_name"}),
    ("council", "Педагогический совет", -12, "held", {}),
    ("game", "Деловая игра", -6, "held", {"threshold": 90}),
    ("training", "Правила класса", 5, "planned", {"hours": 3, "audience": "mentees"}),
    ("council", "Второй педагогический совет", 20, "planned", {}),
)
COURSES = ("confirmed", "claimed", "planned", "returned")


def of_schools(plots):
    rows = made(event(plot, *words) for plot in plots for words in EVENTS)
    of_plot = {plot.number: rows[n * len(EVENTS) : (n + 1) * len(EVENTS)] for n, plot in enumerate(plots)}
    there = [(plot, of_plot[plot.number], pair) for plot in plots for pair in plot.pairs]
    people = [(plot, events, person) for plot, events, pair in there for person in people_of(pair)]
    made(Invited(year=plot.year, event=events[1], person=person) for plot, events, person in first_of(people))
    made(mark(plot, row, person) for plot, events, person in once(people) for row in (events[0], events[3]))
    made(mark(plot, events[1], person) for plot, events, person in first_of(people))
    made(talk(plot, events[2], pair, n) for n, (plot, events, pair) in enumerate(there))
    made(course(plot, pair, n) for n, (plot, _events, pair) in enumerate(there))


def event(plot, kind, title, days, state, more):
    day = clock.today() + timedelta(days=days)
    return Event(
        year=plot.year, kind=kind, title=title, on=day, original_on=day, starts_at=time(14), ends_at=time(16),
        place="Актовый зал", state=state, responsible=plot.curator, **more,
    )  # fmt: skip


def people_of(pair):
    return (pair.mentor.person, pair.mentee.person)


def once(people):
    """A mentor of several pairs is marked once."""
    return {(plot.number, person.pk): (plot, events, person) for plot, events, person in people}.values()


def first_of(people):
    """Three of each school."""
    found = {}
    for plot, events, person in once(people):
        found.setdefault(plot.number, []).append((plot, events, person))
    return [row for rows in found.values() for row in rows[:3]]


def mark(plot, row, person):
    there = plot.chance.random() < 0.9
    return Attendance(
        year=plot.year, event=row, person=person, mark="present" if there else "absent", marked_by=plot.curator
    )


def talk(plot, row, pair, n):
    spoken = None if n % 3 == 2 else row.on
    return Talk(year=plot.year, event=row, pair=pair, topic="Что дал год", position=n, spoken_on=spoken)


def course(plot, pair, n):
    state, day = COURSES[n % len(COURSES)], clock.today() - timedelta(days=9)
    fields = {"confirmed_on": day, "confirmed_by": plot.curator} if state == "confirmed" else {}
    return Course(
        year=plot.year, person=pair.mentee.person, title="Наставничество: содержание и технологии", hours=36, state=state,
        ends_on=day, certificate_number="12", scheduled_on=day, claimed_on=day if state == "claimed" else None, **fields,
    )  # fmt: skip
