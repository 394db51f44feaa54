"""The demo year's pairs: eleven, in every state that the day allows."""

import datetime

from django.db.models import F

from accounts import clock, journal
from accounts.models import Participation
from pairs.models import Order, Pair, Pause

# (mentor, mentee) by their place in the lists of people
FIRST_ORDER = [(0, 0), (0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)]
CHANGED = 4  # this pair of the first order ends early,
LATER = [(5, 4), (1, 8)]  # its mentee gets another mentor by a second order; one more pair starts next week
DRAFT = (7, 9)


def days(year, today):
    """Day of each act, scaled into what has passed of the year; None for what has not come yet."""
    order_day = year.starts_on + datetime.timedelta(days=1)
    passed = (min(today, year.teaching_ends_on) - order_day).days
    if passed < 0:
        return dict.fromkeys(("order", "ended", "second_order", "completed", "paused"))
    at = {"order": 0, "ended": 0.5, "second_order": 0.6, "completed": 0.75, "paused": 0.88}
    return {name: order_day + datetime.timedelta(days=int(passed * share)) for name, share in at.items()}


def pairs(year, mentors, mentees, staff, today):
    """Returns the pairs in the order of FIRST_ORDER, LATER, DRAFT."""
    when = days(year, today)
    made = [draft(year, mentors[a], mentees[b]) for a, b in FIRST_ORDER]
    if when["order"] is None:
        return made
    fix(made, year, "87-о", when["order"], staff, starts_on=when["order"])
    if (today - when["order"]).days >= 12:
        change(made, year, mentors, mentees, staff, when, today)
    made.append(draft(year, mentors[DRAFT[0]], mentees[DRAFT[1]]))
    return made


def change(made, year, mentors, mentees, staff, when, today):
    end(made[CHANGED], when["ended"], staff)
    later = [draft(year, mentors[a], mentees[b]) for a, b in LATER]
    fix(later[:1], year, "112-о", when["second_order"], staff, starts_on=when["second_order"])
    fix(later[1:], year, "131-о", today, staff, starts_on=today + datetime.timedelta(days=7))
    made.extend(later)
    complete(made[7], when["completed"], staff)
    pause(made[6], when["paused"], staff)


def draft(year, mentor, mentee):
    with clock.on(year.starts_on):
        return Pair.objects.create(
            year=year, mentor=mentor, mentee=mentee, chosen_because="Тот же предмет, запрос наставляемого"
        )


def fix(chosen, year, number, day, staff, starts_on):
    """What signing an order does to its pairs."""
    with clock.on(day):
        order = Order.objects.create(
            year=year, number=number, signed_on=day, in_force_from=starts_on, until=year.teaching_ends_on,
            state=Order.State.SIGNED, basis="Положение о системе наставничества, согласия наставников",
        )  # fmt: skip
        for pair in chosen:
            set_state(
                pair,
                Pair.State.FIXED,
                order=order,
                fixed_on=day,
                starts_on=starts_on,
                until=max(year.teaching_ends_on, starts_on),
            )
            pair.groups.add(year.groups.get(holds_all=True))
            Participation.objects.filter(pk=pair.mentor_id).update(live_pairs=F("live_pairs") + 1)
            journal.record(staff["is_curator"], "закреплена приказом", pair)


def set_state(pair, state, **fields):
    Pair.objects.filter(pk=pair.pk).update(state=state, **fields)
    pair.refresh_from_db()


def release(pair):
    Participation.objects.filter(pk=pair.mentor_id).update(live_pairs=F("live_pairs") - 1)


def end(pair, day, staff):
    with clock.on(day):
        set_state(pair, Pair.State.ENDED, ended_on=day, ended_by_wish_of=Pair.Asker.MENTOR)
        release(pair)
        journal.record(
            staff["is_curator"],
            "прекращена досрочно",
            pair,
            comment="Большая нагрузка: наставник ведёт выпускной класс",
        )


def complete(pair, day, staff):
    with clock.on(day):
        set_state(pair, Pair.State.COMPLETED, completed_on=day)
        release(pair)
        journal.record(staff["is_curator"], "завершена", pair)


def pause(pair, day, staff):
    with clock.on(day):
        Pause.objects.create(pair=pair, since=day, reason="Больничный наставляемого")
        journal.record(staff["is_curator"], "приостановлена", pair, comment="Больничный наставляемого")
