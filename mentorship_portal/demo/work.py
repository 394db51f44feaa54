"""What the demo pairs did: plans and meetings up to the day."""

import datetime

from accounts import clock, journal
from pairs.models import Attendance, Meeting, Pair, Plan, PlanItem, Step

# what, (month, day), expected result, competence
PLAN = [
    ("Знакомство с документами школы: рабочие программы, журнал, единый речевой режим", (9, 20),
     "Рабочая программа сдана завучу", "documents"),
    ("Посещение двух уроков наставника с разбором", (10, 5), "Лист наблюдения урока", "lesson"),
    ("Первый открытый урок наставляемого и его самоанализ", (10, 25), "Конспект урока и самоанализ", "lesson"),
    ("Родительское собрание: подготовка и проведение вместе", (11, 15), "Протокол собрания", "parents"),
    ("Приёмы работы с дисциплиной: набор правил класса", (12, 10), "Памятка «Правила нашего класса»", "class_management"),
    ("Критерии оценивания: разработка двух проверочных работ", (1, 31), "Две работы с критериями", "assessment"),
    ("Электронные задания на платформе школы", (3, 15), "Три задания, апробированные в классе", "digital"),
    ("Итоговый открытый урок для коллег", (4, 20), "Запись урока, отзывы коллег", "lesson"),
]  # fmt: skip
GOALS = [
    "Уверенно вести урок и работать с документами к концу первого года",
    "Освоить приёмы удержания внимания класса и объективного оценивания",
    "Войти в жизнь новой школы: требования, традиции, родители",
]
TOPICS = [
    ("Знакомство: ожидания и трудности", Meeting.Kind.TALK, "Договорились встречаться по вторникам", ["acquaintance"]),
    ("Пробная встреча: структура урока", Meeting.Kind.TALK, "Подготовить технологическую карту", ["trial"]),
    ("Составили индивидуальный план", Meeting.Kind.TALK, "План отправить куратору", ["planning"]),
    ("Посещение урока: этап мотивации", Meeting.Kind.LESSON_VISIT, "Чётче ставить цель урока", ["work"]),
    ("Разбор урока и самоанализ", Meeting.Kind.ANALYSIS, "Записать три удачных приёма", []),
    ("Работа с электронным журналом", Meeting.Kind.TRAINING, "Заполнить темы на месяц вперёд", []),
    ("Подготовка к родительскому собранию", Meeting.Kind.TALK, "План собрания и раздаточный лист", []),
    ("Дисциплина: правила класса", Meeting.Kind.TALK, "Провести классный час", []),
    ("Критерии оценивания проверочной работы", Meeting.Kind.DISTANT, "Согласовать критерии", []),
]


def plans(year, pairs, staff, competences, today):
    """Plan of the n-th pair: approved ones with progress, one submitted, one returned, one draft, one missing."""
    states = ["approved", "approved", "submitted", "approved", "approved", "returned", "approved", "completed", "draft"]
    made = {}
    for number, (pair, state) in enumerate(zip(pairs, states, strict=False)):
        if pair.state == Pair.State.DRAFT:
            continue
        made[pair.pk] = plan(pair, number, state, staff, competences, today)
    return made


def plan(pair, number, state, staff, competences, today):
    day = min(today, pair.fixed_on + datetime.timedelta(days=5 + number % 3))
    if state == "completed" and pair.state != Pair.State.COMPLETED:
        state = "approved"
    fields = {"state": state} | stamps(state, pair, staff, day, today)
    with clock.on(day):
        made = Plan.objects.create(
            year=pair.year,
            pair=pair,
            goal=GOALS[number % len(GOALS)],
            request="Ведение урока, работа с классом",
            **fields,
        )
        items(made, competences, today, number)
        history(made, staff)
    return made


def stamps(state, pair, staff, day, today):
    """Companion fields that the database demands of a state."""
    if state == "draft":
        return {}
    since = max(day, today - datetime.timedelta(days=6)) if state == "submitted" else day
    fields = {"submitted_on": day, "waiting_since": since}
    if state in ("approved", "completed"):
        fields |= {"approved_on": day, "first_approved_on": day, "approved_by": staff["is_curator"]}
    if state == "completed":
        fields |= {"completed_on": pair.completed_on}
    return fields


def items(made, competences, today, number):
    """Lines of the plan; what is due and approved is mostly done, every third pair is behind."""
    works = made.state in ("approved", "completed")
    for position, (what, (month, day), expected, code) in enumerate(PLAN):
        due_on = datetime.date(made.year.first_year + (month < 9), month, day)
        late = number % 3 == 1 and position >= 2
        done = works and not late and (due_on <= today or made.state == "completed")
        end = made.completed_on or today
        PlanItem.objects.create(
            plan=made, year=made.year, position=position, what=what, due_on=due_on, expected=expected,
            competence=competences.get(code), done_on=min(due_on, end) if done else None,
            result="Выполнено, документы у наставника" if done else "",
            marked_by=made.pair.mentor.person if done else None,
        )  # fmt: skip


def history(made, staff):
    if made.state != "draft":
        journal.record(made.pair.mentor.person, "отправил(а) план на утверждение", made)
    if made.state in ("approved", "completed"):
        journal.record(staff["is_curator"], "утвердил(а) план", made)
    if made.state == "returned":
        journal.record(
            staff["is_curator"], "вернул(а) план на доработку", made, comment="Уточните ожидаемый результат по пункту 6"
        )


def meetings(year, pairs, today):
    """A meeting every week or two since the pair began, in breaks too few to matter; one planned for the next days."""
    steps = {step.code: step for step in Step.objects.filter(year=year)}
    for number, pair in enumerate(pairs):
        if pair.state == Pair.State.DRAFT or pair.starts_on > today:
            continue
        end = min(filter(None, [today, pair.completed_on, pair.ended_on]))
        held = held_days(pair, number, end)
        for place, day in enumerate(held):
            meeting(pair, day, place, steps, number, today)
        if pair.state == Pair.State.FIXED and number < 4:
            planned(pair, today + datetime.timedelta(days=2 + number))


def held_days(pair, number, end):
    """Every eight days; the fourth pair has fallen silent a month ago."""
    step = datetime.timedelta(days=8 + number % 3)
    day, found = pair.starts_on + datetime.timedelta(days=3), []
    if number == 3:
        end -= datetime.timedelta(days=30)
    while day <= end and len(found) < 30:
        if day.weekday() < 5:
            found.append(day)
        day += step if day.weekday() < 5 else datetime.timedelta(days=1)
    return found


def meeting(pair, day, place, steps, number, today):
    topic, kind, agreed, codes = TOPICS[place] if place < 4 else TOPICS[3 + (place + number) % (len(TOPICS) - 3)]
    with clock.on(day):
        made = Meeting.objects.create(
            year=pair.year, mentor=pair.mentor, on=day, minutes=45, kind=kind, topic=topic, agreed=agreed,
            next_on=None, entered_by=pair.mentor.person,
        )  # fmt: skip
        made.steps.set(steps[code] for code in codes)
        attend(made, pair, day, answer="" if (today - day).days < 4 else "confirmed")
    if number == 1 and place == 4:
        Attendance.objects.filter(meeting=made).update(
            answer="objected", objection="Встречу перенесли, она не состоялась"
        )
    if number == 0 and place == 1:
        made.plan_items.set(PlanItem.objects.filter(plan__pair=pair)[:1])


def attend(made, pair, day, answer=""):
    Attendance.objects.create(
        year=pair.year, meeting=made, pair=pair, answer=answer, answered_on=day if answer else None
    )


def planned(pair, day):
    made = Meeting.objects.create(
        year=pair.year, mentor=pair.mentor, on=day, topic="Разбор недели", state=Meeting.State.PLANNED,
        entered_by=pair.mentor.person,
    )  # fmt: skip
    attend(made, pair, day)
