"""The demo year's pairs: eleven, in every state, each brought there by the steps that people take."""

from django.utils.translation import gettext as _

from accounts import clock, journal, workflow
from mentorship_portal.demo.days import later
from pairs.models import Group, Order, Pair, Pause, Plan

# (mentor, mentee) by their place in the lists of people
FIRST_ORDER = [(0, 0), (0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)]
SECOND, COMING, DRAFT = (5, 4), (1, 8), (7, 9)
ENDS, PAUSES, COMPLETES = 4, 6, 7  # of the first order; the mentee of the one that ends gets the second order
AFTER_SUMMER = 2  # so many pairs of the first order still wait to be completed when the year is over
WHY = "Тот же предмет, ответ на запрос наставляемого"


def first_order(days, mentors, mentees, curator):
    """The pairs that the school year begins with: drafts, then one order for all."""
    with clock.on(days.weekday(days.on(8, 27))):
        made = [draft(days.year, mentors[a], mentees[b], curator) for a, b in FIRST_ORDER]
    sign(days, made, "71-о", days.weekday(days.on(8, 28)), days.year.starts_on, curator)
    return made


def later_pairs(days, made, mentors, mentees, curator):
    """A change of mentor, a pair about to begin, a draft: in the order SECOND, COMING, DRAFT."""
    with clock.on(days.share(0.5)):
        over = {"ended_on": days.share(0.5), "ended_by_wish_of": Pair.Asker.MENTOR}
        workflow.perform(made[ENDS], "end", curator, "Большая нагрузка: наставник ведёт выпускной класс", **over)
    second = ordered(days, mentors, mentees, SECOND, "112-о", days.share(0.6), days.share(0.6), curator)
    coming = ordered(days, mentors, mentees, COMING, "131-о", days.today, later(days.today, 7), curator)
    with clock.on(days.past(days.on(9, 8))):
        last = draft(days.year, mentors[DRAFT[0]], mentees[DRAFT[1]], curator)
        youngest = {"name": "Молодые специалисты", "about": "Пары, где наставляемый работает первый год после вуза"}
        Group.objects.create(year=days.year, **youngest).pairs.set(made[:4])
    return [second, coming, last]


def draft(year, mentor, mentee, curator):
    pair = Pair.objects.create(year=year, mentor=mentor, mentee=mentee, chosen_because=WHY)
    pair.groups.set(year.groups.filter(holds_all=True))
    journal.record(curator, _("created a draft pair"), pair, comment=WHY)
    return pair


def ordered(days, mentors, mentees, who, number, day, starts_on, curator):
    """A pair of an order of its own."""
    with clock.on(day):
        pair = draft(days.year, mentors[who[0]], mentees[who[1]], curator)
    sign(days, [pair], number, day, starts_on, curator)
    return pair


def sign(days, chosen, number, day, starts_on, curator):
    """The curator makes the order and records that the head signed it."""
    year = days.year
    with clock.on(day):
        order = Order.objects.create(
            year=year, number=number, signed_on=day, in_force_from=starts_on,
            until=max(year.teaching_ends_on, starts_on), basis="Положение о системе наставничества, согласия наставников",
        )  # fmt: skip
        Pair.objects.filter(pk__in=[pair.pk for pair in chosen]).update(order=order)
        journal.record(curator, _("created"), order)
        workflow.perform(order, "sign", curator)
    for pair in chosen:
        pair.refresh_from_db()


def finish(days, made, curator):
    """What happened to pairs after their work: one completed, one paused; in June those with a plan in order."""
    with clock.on(days.share(0.75)):
        workflow.perform(made[COMPLETES], "complete", curator)
    with clock.on(days.share(0.88)):
        pause = Pause.objects.create(pair=made[PAUSES], since=days.share(0.88), reason="Больничный наставляемого")
        journal.record(curator, _("paused the pair"), made[PAUSES], comment=pause.reason)
    if not days.is_over:
        return
    done = Pair.objects.live().filter(
        pk__in=[pair.pk for pair in made[AFTER_SUMMER:9]], plan__state=Plan.State.APPROVED
    )
    with clock.on(days.weekday(days.year.teaching_ends_on)):
        for pair in done.exclude(pk=made[PAUSES].pk):
            workflow.perform(pair, "complete", curator)


def last_day(days, pair, number):
    """The last day on which the pair did something: its end, its pause, the end of teaching, or today."""
    ends = {ENDS: days.share(0.5), COMPLETES: days.share(0.75), PAUSES: days.share(0.88)}
    return min(days.today, days.year.teaching_ends_on, ends.get(number, days.today))
