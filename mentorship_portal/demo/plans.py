"""The demo year's plans: written from the templates, submitted, decided and worked on as people do it."""

from accounts import clock, workflow
from mentorship_portal.demo.days import later
from mentorship_portal.demo.pairing import COMPLETES, last_day
from pairs.models import Pair, Plan, PlanTemplate
from pairs.plan_actions import mark_item, start_plan

# What became of the plan of the n-th pair; the last two pairs have none yet.
FATES = ["approved", "approved", "again", "approved", "approved", "returned", "on_paper", "approved", "taken_back"]
BEHIND, SILENT = 1, 3  # these pairs are late with their plans
REMARK = "Уточните ожидаемый результат по третьему пункту: какой документ останется?"
RESULTS = [
    "Документы сданы завучу, замечаний нет", "Листы наблюдения в папке пары", "Разобрали вместе, записали три вывода",
    "Проведено, отзыв наставника положительный",
]  # fmt: skip


def of_pairs(days, pairs, curator, first=0):
    """Plans of these pairs, the first of which is the `first`-th of the school."""
    templates = list(PlanTemplate.objects.filter(school=days.year.school).order_by("code"))
    for number, (pair, fate) in enumerate(zip(pairs, FATES[first:], strict=False), first):
        template = templates[-1 if pair.mentee.reasons.filter(reason__code="young").exists() else 0]
        plan = written(days, pair, number, template, curator)
        FATE[fate](days, plan, number, curator)


def written(days, pair, number, template, curator):
    """Begun by the mentor in the first days of the pair, or by the curator for a mentor who does not type."""
    first = max(pair.starts_on, later(pair.fixed_on, 3))
    with clock.on(days.past(later(first, 2 + number % 3))):
        return start_plan(pair=pair, by=who_types(pair.mentor, curator), template=template)


def who_types(participation, curator):
    """People without e-mail work on paper: the curator enters it for them."""
    return participation.person if participation.person.email else curator


def submitted(days, plan, number):
    """By either of the two, the mentee where the mentor does not type."""
    pair, day = plan.pair, max(plan.pair.starts_on, later(plan.pair.fixed_on, 3))
    by_mentor = number % 2 and pair.mentor.person.email
    with clock.on(days.past(later(day, 5 + number % 3))):
        workflow.perform(plan, "submit", pair.mentor.person if by_mentor else pair.mentee.person)


def approved(days, plan, number, curator):
    submitted(days, plan, number)
    with clock.on(days.past(later(plan.waiting_since, 2))):
        workflow.perform(plan, "approve", curator)
    work(days, plan, number, curator)


def on_paper(days, plan, number, curator):
    """The head signed the printed plan; the curator records it and enters what is done."""
    day = days.past(later(plan.pair.starts_on, 8))
    with clock.on(day):
        workflow.perform(plan, "approve_paper", curator, "№ 80-о", approved_on=day, order="80-о", scan=None)
    work(days, plan, number, curator)


def returned(days, plan, number, curator):
    submitted(days, plan, number)
    with clock.on(days.past(later(plan.waiting_since, 4))):
        workflow.perform(plan, "return", curator, REMARK)


def again(days, plan, number, curator):
    """Approved, reopened to be changed, and submitted again last week: it waits."""
    approved(days, plan, number, curator)
    with clock.on(max(later(days.today, -9), plan.approved_on)):
        workflow.perform(plan, "reopen", curator, "Добавьте открытый урок: договорились на педсовете")
    with clock.on(max(later(days.today, -6), plan.approved_on)):
        workflow.perform(plan, "submit", plan.pair.mentor.person)


def taken_back(days, plan, number, curator):
    submitted(days, plan, number)
    with clock.on(days.past(later(plan.waiting_since, 1))):
        workflow.perform(plan, "withdraw", plan.pair.mentee.person)


FATE = {
    "approved": approved, "on_paper": on_paper, "returned": returned, "again": again, "taken_back": taken_back
}  # fmt: skip


def work(days, plan, number, curator):
    """What was due is done and marked by the mentor; one pair is behind, one has stopped a month ago."""
    last = last_day(days, plan.pair, number)
    if number == SILENT:
        last = later(last, -30)
    for place, item in enumerate(plan.items.order_by("due_on", "position")):
        on = max(later(item.due_on, -(place % 4)), plan.approved_on)
        if on > last or (number == BEHIND and place >= 2):
            if last == days.today:
                begin(days, plan, item, curator)
            return
        mark(plan, item, on, RESULTS[place % len(RESULTS)], curator)


def begin(days, plan, item, curator):
    """The line after the last one done has a result so far."""
    if plan.approved_on < days.today and item.due_on > days.today:
        with clock.on(later(days.today, -1)):
            enter(plan, item, None, "Начали: собран первый материал", curator)


def mark(plan, item, on, result, curator):
    with clock.on(on):
        enter(plan, item, on, result, curator)


def enter(plan, item, done_on, result, curator):
    by = who_types(plan.pair.mentor, curator)
    mark_item(item=item, by=by, done_on=done_on, result=result, from_paper=by == curator)


def finish(days, pairs, curator):
    """The plan of the completed pair is completed with it; in June those of the other completed pairs."""
    plans = Plan.objects.filter(pair__in=pairs, pair__state=Pair.State.COMPLETED, state=Plan.State.APPROVED)
    for plan in plans.with_people():
        complete(plan, plan.pair.completed_on, curator, plan.pair_id == pairs[COMPLETES].pk)


def complete(plan, day, curator, everything):
    if everything:
        for item in plan.items.filter(done_on__isnull=True):
            mark(plan, item, min(day, max(item.due_on, plan.approved_on)), RESULTS[-1], curator)
    with clock.on(day):
        left = plan.items.filter(done_on__isnull=True).exists()
        words = "Оставшиеся пункты перенесены в план следующего года" if left else ""
        workflow.perform(plan, "complete_short" if left else "complete", plan.pair.mentor.person, words)
