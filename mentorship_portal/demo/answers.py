"""The demo year's questionnaires: nearly everybody has answered what is closed, half of them what is open."""

from django.utils.translation import gettext as _

from accounts import clock, journal
from mentorship_portal.demo.days import later
from surveys.models import Answer, Reminder, Response, Wave

# Answers to the two open questions; what comes next in turn is given by the person's place.
WORDS = {
    "mentee": (
        (
            "Труднее всего рассчитать время урока: не успеваю закрепление.",
            "Дисциплина в седьмых классах; остальное понемногу выравнивается.",
            "Электронный журнал и отчёты отнимают вечера.",
        ),
        (
            "Помогли разборы уроков; хотелось бы чаще бывать на уроках у коллег.",
            "Помогли образцы планов. Не хватает времени на встречи.",
            "Поддержка перед родительским собранием была очень кстати.",
        ),
    ),
    "mentor": (
        (
            "Время в расписании для посещения уроков.",
            "Образцы листов наблюдения урока.",
            "Пока всего хватает.",
        ),
        (
            "Разбор урока по листу наблюдения: коротко и без обид.",
            "Как мы вместе составляли план.",
            "Открытый урок наставляемого.",
        ),
    ),
}
MISSED = 2  # in this period one person did not answer


def of_year(days, curator):
    """Deterministic: a value depends on the places of person, question and wave alone."""
    waves = Wave.objects.filter(year=days.year, opens_on__lte=days.today)
    for wave in waves.select_related("questionnaire", "period").order_by("opens_on", "audience"):
        of_wave(days, wave, curator)


def of_wave(days, wave, curator):
    questions, is_closed = list(wave.questionnaire.questions.all()), wave.closes_on < days.today
    people = wave.asked(days.today)
    for place, part in enumerate(people.select_related("person").order_by("pk")):
        if is_closed and wave.period.number == MISSED and part.side == "mentee" and place == 1:
            continue
        if is_closed or place % 2:
            respond(days, wave, part, questions, place, curator)
        elif place == 2:
            leave(days, wave, part, questions, place)
        elif place == 0:
            remind(days, wave, part, curator)


def day_of(days, wave, place):
    """When the person answered: in the course of the wave, not after today."""
    return min(later(wave.opens_on, 1 + place % 9), wave.closes_on, days.today)


def respond(days, wave, part, questions, place, curator):
    """Submitted by the person; by the curator from paper for the one without e-mail."""
    day, from_paper = day_of(days, wave, place), not part.person.email
    with clock.on(day):
        response = Response.objects.create(
            year=wave.year, wave=wave, participation=part, submitted_on=day, from_paper=from_paper,
            entered_by=curator if from_paper else None,
        )  # fmt: skip
        journal.record(curator if from_paper else part.person, _("submitted the questionnaire"), wave)
    fill_in(response, questions, place)


def leave(days, wave, part, questions, place):
    """Begun and left: half of the answers are kept, nothing is submitted."""
    with clock.on(day_of(days, wave, place)):
        response = Response.objects.create(year=wave.year, wave=wave, participation=part)
    fill_in(response, questions[:9], place)


def remind(days, wave, part, curator):
    day = later(days.today, -1)
    if day >= wave.opens_on:
        Reminder.objects.create(wave=wave, participation=part, on=day, by=curator)
        with clock.on(day):
            journal.record(curator, _("reminded those who have not answered"), wave, comment="1")


def fill_in(response, questions, place):
    turn = response.wave.period.number - 1
    Answer.objects.bulk_create(answer(response, question, place, turn) for question in questions)


def answer(response, question, place, turn):
    text = question.kind == question.Kind.TEXT
    given = None if text else value(place, turn, *divmod(question.position - 1, 3))
    return Answer(
        response=response, question=question, year_id=response.year_id, period_id=response.wave.period_id,
        competence_id=question.competence_id, text=words(place, question, response.participation.side) if text else "",
        wave_id=response.wave_id, value=given, score=question.score(given),
    )  # fmt: skip


def words(place, question, side):
    return WORDS[side][(question.position + 1) % 2][place % 3]


def value(place, turn, competence, statement):
    """1 to 5: people differ in what is hard for them, and do not grow in everything alike."""
    begun = 2 + (place * 2 + competence) % 3 + (statement == 2 and (place + competence) % 2)
    grown = turn if (place + competence) % 3 else turn // 2
    return min(5, begun + grown)
