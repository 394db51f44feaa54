"""The demo year's events and courses: held and marked up to the day, planned after it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import clock, journal, workflow
from accounts.models import User
from events import actions
from events.models import BY_NAME, Attendance, Course, Event, Invited, Talk
from mentorship_portal.demo.days import later
from pairs.audience import Audience
from pairs.models import Competence, Pair

HALL, CLASS = "Актовый зал", "Кабинет 24"
KIND, MARK = Event.Kind, Attendance.Mark


@dataclass(frozen=True)
class Plan:
    """An event of the year: when (month, day), what, for whom; `moved` is the day it was first planned for."""

    day: tuple
    kind: str
    title: str
    place: str = CLASS
    audience: str = Audience.EVERYBODY
    hours: int | None = None
    level: str = ""
    competence: str = ""
    assigned: bool = True
    distance: bool = False
    threshold: int | None = None
    named: tuple = ()  # sign-ins of those invited by name
    moved: tuple = ()
    programme: str = ""


GAME = (
    "1. Разминка «Портрет наставника».\n2. Игра по станциям: пары решают случаи из своего года.\n"
    "3. «Твой результат – мои возможности»: каждая пара называет один результат.\n4. Благодарности."
)
YEAR = (
    Plan((9, 16), KIND.TRAINING, "Семинар наставников: первая встреча и план", audience=Audience.MENTORS, hours=4,
         programme="1. Пять шагов работы пары.\n2. Как записать встречу за минуту.\n3. План из образца."),
    Plan((10, 14), KIND.MEETING, "Общая встреча пар: первые полтора месяца", HALL, threshold=80),
    Plan((10, 22), KIND.OUTSIDE, "Районный форум молодых педагогов", "Районный дом учителя", BY_NAME,
         level=Event.Level.MUNICIPAL, named=("mentee", "n.orlov", "n.kara")),
    Plan((11, 12), KIND.TRAINING, "Мастер-класс: правила класса", audience=Audience.MENTEES, hours=3,
         competence="class_management", assigned=False, moved=(11, 6)),
    Plan((12, 9), KIND.TRAINING, "Критериальное оценивание на уроке", hours=6, competence="assessment"),
    Plan((2, 10), KIND.TRAINING, "Цифровые инструменты: обмен опытом", "", hours=4, competence="digital", distance=True),
    Plan((3, 17), KIND.OUTSIDE, "Областной конкурс «Педагогический дебют»", "Институт развития образования", BY_NAME,
         level=Event.Level.REGIONAL, named=("n.gainullina", "m.gogol")),
    Plan((4, 7), KIND.COUNCIL, "Педагогический совет: год наставничества", HALL,
         programme="1. Выступления наставнических пар.\n2. Итоги диагностики.\n3. Решение совета."),
    Plan((5, 19), KIND.GAME, "Деловая игра «Твой результат – мои возможности»", HALL, threshold=90, programme=GAME),
)  # fmt: skip
TOPICS = (
    "Что дал нам разбор уроков по листу наблюдения", "Как мы наладили дисциплину в седьмых классах",
    "Родительское собрание без страха", "Документы учителя: порядок за десять минут в день",
    "Критерии, понятные детям", "От плана урока к открытому уроку", "Цифровые инструменты, которые прижились",
)  # fmt: skip
RESULTS = ("Диплом II степени", "Сертификат участника", "Благодарственное письмо")
EXCUSED, LATE = 4, 7  # by their place on a list: absent for a good reason, simply absent

COURSE = {
    "title": "Наставничество в образовательной организации: содержание и технологии",
    "organisation": "Институт развития образования", "hours": 36, "is_distance": True,
}  # fmt: skip
SPRING = {
    "title": "Формирующее оценивание в основной школе", "organisation": "Институт развития образования",
    "place": "г. Новый", "hours": 24, "is_distance": False,
}  # fmt: skip
OWN = {
    "title": "Цифровая образовательная среда учителя", "organisation": "Открытый университет", "hours": 16,
    "is_distance": True,
}  # fmt: skip


def of_year(days, curator):
    for plan in YEAR:
        event = planned(days, plan, days.weekday(days.on(*plan.day)), curator)
        if event.on < days.today:
            held(days, event, curator)
    around_today(days, curator)
    courses(days, curator)


def planned(days, plan, day, curator, starts_at=datetime.time(14, 30), made_on=(8, 28)):
    """Entered when the year began; the one that moved was moved a week before its first day."""
    first = days.weekday(days.on(*plan.moved)) if plan.moved else day
    competence = Competence.objects.filter(school=days.year.school, code=plan.competence).first()
    with clock.on(days.past(days.on(*made_on))):
        event = Event.objects.create(
            year=days.year, kind=plan.kind, title=plan.title, programme=plan.programme, competence=competence,
            on=first, starts_at=starts_at, ends_at=datetime.time(starts_at.hour + 2, 0), place=plan.place,
            is_distance=plan.distance, hours=plan.hours, level=plan.level, responsible=curator,
            audience=plan.audience, threshold=plan.threshold, is_assigned=plan.assigned,
        )  # fmt: skip
        journal.record(curator, _("created"), event)
        if plan.named:
            actions.invite(event=event, people=invited(plan.named), by=curator)
    if plan.moved and (told := later(first, -3)) <= days.today:
        reason = "Актовый зал занят: районная олимпиада"
        with clock.on(told):
            workflow.perform(event, "postpone", curator, reason, move_reason=reason, on=day)
    return event


def invited(names):
    return list(User.objects.filter(username__in=[f"{name}@demo.test" for name in names]))


def held(days, event, curator):
    """The day after it the curator says so and marks who was there; some have checked in themselves."""
    with clock.on(min(later(event.on, 1), days.today)):
        workflow.perform(event, "hold", curator)
        for place, person in enumerate(event.people().order_by("sort_key")):
            mark(event, place, person, curator)
        if event.kind == KIND.COUNCIL:
            speak(event, curator)
    if event.kind == KIND.OUTSIDE:
        for place, row in enumerate(event.invited_people.order_by("pk")):
            Invited.objects.filter(pk=row.pk).update(result=RESULTS[place % len(RESULTS)])


def mark(event, place, person, curator):
    outside = event.kind == KIND.OUTSIDE
    if place == EXCUSED and not outside:
        actions.mark(event=event, person=person, mark=MARK.EXCUSED, by=curator, reason="Больничный лист")
    elif place == LATE and event.kind not in (KIND.GAME, KIND.OUTSIDE):
        actions.mark(event=event, person=person, mark=MARK.ABSENT, by=curator)
    else:
        own = event.kind == KIND.GAME and bool(person.email) and place % 3 > 0
        actions.mark(event=event, person=person, mark=MARK.PRESENT, by=person if own else curator, own=own)


def speak(event, curator):
    for place, pair in enumerate(Pair.objects.of_year(event.year, event.on).with_people(), 1):
        talk = Talk.objects.create(
            year=event.year, event=event, pair=pair, topic=TOPICS[place % len(TOPICS)], position=place,
            speaker=(Talk.Speaker.BOTH, Talk.Speaker.MENTEE)[place % 2],
        )  # fmt: skip
        actions.mark_talk(talk=talk, spoken=True, by=curator)


def around_today(days, curator):
    """One whose day has just passed and nobody has said how it was; one that comes next week."""
    if not later(days.year.starts_on, 20) < days.today < later(days.year.teaching_ends_on, -7):
        return
    told = Plan((), KIND.MEETING, "Час вопросов: журнал и отчёты", audience=Audience.MENTEES, assigned=False)
    coming = Plan((), KIND.TRAINING, "Мастерская: готовим родительское собрание", audience=Audience.EVERYBODY,
                  hours=2, competence="parents", assigned=False)  # fmt: skip
    planned(days, told, days.weekday(later(days.today, -1)), curator)
    planned(days, coming, days.weekday(later(days.today, 6)), curator, datetime.time(15, 0))


# ---------------------------------------------------------------- courses


def courses(days, curator):
    """Two lines of the schedule and one course beside it; what is over is confirmed, the newest waits."""
    autumn, spring = (
        ("mentor", "m.gogol", "m.kim", "mentee", "n.orlov", "n.fomina"),
        ("m.lebed", "n.gainullina", "n.kara"),
    )
    schedule(days, COURSE, invited(autumn), (10, 5), (10, 30), curator)
    schedule(days, SPRING, invited(spring), (3, 1), (3, 20), curator)
    if later(days.year.starts_on, 40) < days.today:
        beside_schedule(days, curator)


def schedule(days, course, people, first, last, curator):
    with clock.on(days.past(days.on(9, 4))):
        for person in people:
            line = Course.objects.create(
                year=days.year, person=person, starts_on=days.on(*first), ends_on=days.on(*last),
                scheduled_on=clock.today(), **course,
            )  # fmt: skip
            journal.record(curator, _("put the course into the schedule"), line)
            finish(days, line, curator)


def finish(days, line, curator):
    """Each enters the certificate within days; the curator confirms in a week: who is last still waits."""
    number = Course.objects.filter(year=days.year).count()
    day = later(line.ends_on, 3 + number % 5)
    if day > days.today:
        return
    Course.objects.filter(pk=line.pk).update(certificate_number=f"УПК-{days.year.first_year}-{number:04}")
    line.refresh_from_db()
    with clock.on(day):
        workflow.perform(line, "claim", line.person)
    if (day := later(day, 4)) <= days.today:
        with clock.on(day):
            workflow.perform(line, "confirm", curator)


def beside_schedule(days, curator):
    """Entered by the people themselves last week: one waits, one was returned with a comment."""
    for name, number in (("n.zaitseva", "0417"), ("mentee", "")):
        person = User.objects.get(username=f"{name}@demo.test")
        with clock.on(later(days.today, -5)):
            course = Course.objects.create(
                year=days.year, person=person, starts_on=later(days.today, -30), ends_on=later(days.today, -8),
                certificate_number=number or "без номера", **OWN,
            )  # fmt: skip
            workflow.perform(course, "claim", person)
        if not number:
            remark = "Приложите фото удостоверения: номер не читается"
            with clock.on(later(days.today, -2)):
                workflow.perform(course, "return", curator, remark, remark=remark)
