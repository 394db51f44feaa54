"""The demo year's meetings: one in a week or two, with everything that may become of a meeting."""

from django.utils.translation import gettext as _

from accounts import clock, journal, workflow
from mentorship_portal.demo.days import later
from mentorship_portal.demo.pairing import last_day
from mentorship_portal.demo.plans import SILENT, who_types
from pairs.models import Attendance, Meeting, Pair, PlanItem, Step

# topic, kind, what was agreed, step of the pair's work
TOPICS = [
    ("Знакомство: ожидания и трудности", Meeting.Kind.TALK, "Встречаемся по вторникам после шестого урока", "acquaintance"),
    ("Пробная встреча: строение урока", Meeting.Kind.TALK, "Подготовить технологическую карту", "trial"),
    ("Составили индивидуальный план", Meeting.Kind.TALK, "Следить за сроками плана", "planning"),
    ("Посещение урока: этап мотивации", Meeting.Kind.LESSON_VISIT, "Чётче ставить цель урока", "work"),
    ("Разбор урока и самоанализ", Meeting.Kind.ANALYSIS, "Записать три удачных приёма", ""),
    ("Работа с электронным журналом", Meeting.Kind.TRAINING, "Заполнить темы на месяц вперёд", ""),
    ("Подготовка к родительскому собранию", Meeting.Kind.TALK, "План собрания и раздаточный лист", ""),
    ("Дисциплина: правила класса", Meeting.Kind.TALK, "Провести классный час", ""),
    ("Критерии оценивания проверочной работы", Meeting.Kind.DISTANT, "Согласовать критерии", ""),
]  # fmt: skip
FINAL = ("Итоговая встреча: что получилось за год", Meeting.Kind.TALK, "Показать урок коллегам в сентябре", "final")
WEEKLY = "Разбор недели"
OBJECTED, CANCELLED, FORGOTTEN = 1, 2, 5  # the pairs to which these things happened
WAITS = 0  # the pair whose last meeting waits for the mentee's word
FRESH = (4, 7, 8)  # pairs whose mentee does not answer on the same day


def of_pairs(days, pairs, curator):
    steps = {step.code: step for step in Step.objects.filter(year=days.year)}
    for number, pair in enumerate(pairs):
        if pair.state == Pair.State.DRAFT or pair.starts_on > days.today:
            continue
        held = held_days(days, pair, number)
        for place, day in enumerate(held):
            write_down(days, pair, number, place, day, steps, is_last=place == len(held) - 1, curator=curator)
        if pair.state == Pair.State.FIXED:
            ahead(days, pair, number)


def held_days(days, pair, number):
    """Lesson days eight to ten days apart, the first day of the pair at the latest when it has just begun."""
    last = last_day(days, pair, number)
    if number == SILENT:
        last = later(last, -35)
    day, found = later(pair.starts_on, number % 3), []
    while day <= last:
        if days.is_lesson_day(day):
            found.append(day)
        day = later(day, 8 + number % 3) if days.is_lesson_day(day) else later(day, 1)
    return found or [max(min(pair.starts_on, days.today), days.year.starts_on)]


def write_down(days, pair, number, place, day, steps, is_last, curator):
    topic, kind, agreed, step = content(days, number, place, day, is_last)
    by = who_types(pair.mentor, curator)
    with clock.on(day):
        meeting = Meeting.objects.create(
            year=pair.year, mentor=pair.mentor, on=day, minutes=(45, 40, 60)[place % 3], kind=kind, topic=topic,
            agreed=agreed, entered_by=by, from_paper=by == curator,
        )  # fmt: skip
        meeting.steps.set([steps[step]] if step else [])
        row = Attendance.objects.create(year=pair.year, meeting=meeting, pair=pair)
        journal.record(by, _("created"), meeting)
    lines = PlanItem.objects.filter(plan__pair=pair, done_on__range=(day, later(day, 7)))[:1]
    meeting.plan_items.set(lines)
    answer(days, row, number, is_last)


def content(days, number, place, day, is_last):
    if is_last and day >= days.on(5, 12):
        return FINAL
    return TOPICS[place] if place < 4 else TOPICS[4 + (place + number) % (len(TOPICS) - 4)]


def answer(days, row, number, is_last):
    """The mentee confirms in a day or two; the last meeting of one pair waits, that of another is objected to."""
    objects = is_last and number == OBJECTED
    fresh = (days.today - row.meeting.on).days < 2 and number in FRESH
    if fresh or (is_last and number == WAITS) or not row.pair.mentee.person.email:
        return
    words = "Встречу перенесли, она не состоялась" if objects else ""
    with clock.on(days.past(later(row.meeting.on, 1))):
        row.take_answer("objected" if objects else "confirmed", words)
        verb = _("objected to the meeting") if objects else _("confirmed the meeting")
        journal.record(row.pair.mentee.person, verb, row, comment=words)


def ahead(days, pair, number):
    """Planned: some for the next days, one for yesterday that nobody recorded, one called off."""
    if number in (WAITS, OBJECTED):
        plan(days, pair, min(next_lesson_day(days, later(days.today, 2 + number)), days.year.ends_on))
    yesterday = later(days.today, -1)
    if number == FORGOTTEN and yesterday >= pair.starts_on:
        plan(days, pair, yesterday)
    if number == CANCELLED:
        day = max(later(days.today, -5), pair.starts_on)
        meeting = plan(days, pair, day)
        why = "Наставляемый на курсах повышения квалификации"
        with clock.on(day):
            workflow.perform(meeting, "cancel", pair.mentor.person, why, cancel_reason=why)


def next_lesson_day(days, day):
    """The day itself or the next one out of the breaks; in summer the next weekday will do."""
    coming = [later(day, ahead_by) for ahead_by in range(14)]
    weekdays = [each for each in coming if each.weekday() < 5]
    return next(filter(days.is_lesson_day, coming), weekdays[0])


def plan(days, pair, day):
    with clock.on(max(min(later(day, -7), later(days.today, -1)), pair.fixed_on)):
        meeting = Meeting.objects.create(
            year=pair.year, mentor=pair.mentor, on=day, topic=WEEKLY, state=Meeting.State.PLANNED,
            entered_by=pair.mentor.person,
        )  # fmt: skip
        Attendance.objects.create(year=pair.year, meeting=meeting, pair=pair)
        journal.record(pair.mentor.person, _("planned a meeting"), meeting)
    return meeting
