"""The demo year's questionnaires: nearly everybody has answered what is closed, half of them what is open."""

import datetime

from django.utils.translation import gettext as _

from accounts import clock, journal
from mentorship_portal.demo.days import later
from mentorship_portal.demo.words import OTHERS, USUAL, WORDS
from surveys.filling_actions import random_key, shuffle
from surveys.given import Given, asked_after, no_key, questions_of, rows_of
from surveys.models import Answer, Pick, Question, Questionnaire, Receipt, Reminder, Response, Wave

MISSED = 2  # in this period one person did not answer
Kind = Question.Kind


def of_year(days, curator):
    """Deterministic but for the keys of nameless rows: a value depends on the places of person, question and wave alone."""
    survey_of_group(days, curator)
    waves = Wave.objects.filter(year=days.year, opens_on__lte=days.today)
    for wave in waves.select_related("questionnaire", "period", "group", "year").order_by("opens_on", "audience"):
        of_wave(days, wave, curator)


def of_wave(days, wave, curator):
    questions, is_closed = questions_of(wave.questionnaire), wave.closes_on < days.today
    people = list(wave.asked(days.today).select_related("person").order_by("pk"))
    if is_closed and wave.period_id and wave.period.number == MISSED and wave.audience == "mentees":
        people.pop(1)
    answered = [(place, part) for place, part in enumerate(people) if is_closed or place % 2]
    if wave.anonymous:
        nameless(days, wave, questions, answered)
        return
    named(days, wave, questions, answered, curator)
    if not is_closed and len(people) > 2:
        leave(days, wave, people[2], questions)
        remind(days, wave, people[0], curator)


def day_of(days, wave, place):
    """When the person answered: in the course of the wave, not after today."""
    return min(later(wave.opens_on, 1 + place % 9), wave.closes_on, days.today)


def named(days, wave, questions, people, curator):
    """Submitted by the person; by the curator from paper for the one without e-mail."""
    answers, picks = [], []
    for place, part in people:
        day, from_paper = day_of(days, wave, place), not part.person.email
        with clock.on(day):
            response = Response.objects.create(
                year=wave.year, wave=wave, participation=part, submitted_on=day, from_paper=from_paper,
                entered_by=curator if from_paper else None,
            )  # fmt: skip
            journal.record(curator if from_paper else part.person, _("submitted the questionnaire"), wave)
        gather(response, questions, place, part.side, answers, picks)
    insert(answers, picks)


def nameless(days, wave, questions, people):
    """Receipts by day, answers of nobody; mixed on the day after the last one."""
    answers, picks = [], []
    Receipt.objects.bulk_create(
        Receipt(pk=random_key(), year=wave.year, wave=wave, participation=part, on=day_of(days, wave, place))
        for place, part in people
    )
    for place, part in people:
        response = Response.objects.create(pk=random_key(), year=wave.year, wave=wave, submitted_on=wave.closes_on)
        gather(response, questions, place, part.side, answers, picks, random_key)
    insert(answers, picks)
    if wave.closes_on < days.today:
        with clock.on(later(wave.closes_on, 1)):
            shuffle(wave=wave)


def leave(days, wave, part, questions):
    """Begun and left: half of the answers are kept, nothing is submitted."""
    answers, picks = [], []
    with clock.on(day_of(days, wave, 2)):
        response = Response.objects.create(year=wave.year, wave=wave, participation=part)
    gather(response, questions[: len(questions) // 2], 2, part.side, answers, picks)
    insert(answers, picks)


def remind(days, wave, part, curator):
    day = later(days.today, -1)
    if day >= wave.opens_on:
        Reminder.objects.create(wave=wave, participation=part, on=day, by=curator)
        with clock.on(day):
            journal.record(curator, _("reminded those who have not answered"), wave, comment="1")


def insert(answers, picks):
    Answer.objects.bulk_create(answers)
    Pick.objects.bulk_create(picks)


def gather(response, questions, place, side, answers, picks, key=no_key):
    """The rows of one person's answers; what is asked only after another answer is left out where it is not asked."""
    turn = response.wave.period.number - 1 if response.wave.period_id else 1
    given = {each.pk: given_to(each, number, place, turn, side) for number, each in enumerate(questions)}
    for each in questions:
        if each.pk in asked_after(questions, given) and given[each.pk]:
            answer, chosen = rows_of(response, each, given[each.pk], key)
            answers.append(answer)
            picks += chosen


# ---------------------------------------------------------------- what they say


def given_to(question, number, place, turn, side):
    if question.kind == Kind.SCALE:
        return Given((point(question, number, place, turn),))
    if question.kind == Kind.YES_NO:
        return Given((1 + (place * 2 + number) % 3,))
    if question.kind == Kind.ONE:
        return Given((question.choices.all()[place % len(question.choices.all())].number,))
    if question.kind == Kind.MANY:
        return several(question, place)
    texts = WORDS.get(question.text, USUAL[side])
    return Given((), texts[place % len(texts)] if question.required or place % 4 else "")


def several(question, place):
    found = [choice.number for choice in question.choices.all() if (choice.number + place) % 3 == 0] or [1]
    if question.with_other and place % 6 == 4:
        return Given((Question.OTHER, *found), OTHERS[place % len(OTHERS)])
    return Given(tuple(found))


def point(question, number, place, turn):
    """People differ in what is hard for them, and do not grow in everything alike."""
    if question.competence is None:
        share = (1 + (place * 2 + number * 3 + place // 3) % 4) / 4
    else:
        competence = question.competence.position
        begun = 2 + (place * 2 + competence) % 3 + (number % 3 == 2 and (place + competence) % 2)
        grown = turn if (place + competence) % 3 else turn // 2
        share = (min(5, begun + grown) - 1) / 4
    value = round(1 + share * (question.highest - 1))
    return question.highest + 1 - value if question.lower_is_better else value


# ---------------------------------------------------------------- a survey of its own dates


def survey_of_group(days, curator):
    """In October the curator asks the pairs of the youngest how they settle in: named, with dates of its own."""
    opens = days.weekday(days.on(10, 19))
    group = days.year.groups.filter(name="Молодые специалисты").first()
    if days.today < opens or group is None:
        return
    with clock.on(later(opens, -3)):
        form = Questionnaire.objects.create(
            school=days.year.school, code="settling-in", purpose=Questionnaire.Purpose.OTHER, audience="group",
            group=group, title="Как идёт вхождение в должность", minutes=2, published_on=later(opens, -3),
            intro="Три коротких вопроса о первых неделях в паре.",
        )  # fmt: skip
        questions = [
            {"kind": Kind.SCALE, "text": "Насколько уверенно вы чувствуете себя в паре?", "highest": 10,
             "low_label": "совсем неуверенно", "high_label": "вполне уверенно"},
            {"kind": Kind.YES_NO, "text": "Удаётся ли встречаться так часто, как договорились?"},
            {"kind": Kind.LINE, "text": "Что решить в первую очередь?", "required": False},
        ]  # fmt: skip
        for position, fields in enumerate(questions):
            Question.objects.create(questionnaire=form, position=position, **fields)
        wave = Wave(
            year=days.year, questionnaire=form, audience="group", group=group, opens_on=opens,
            closes_on=opens + datetime.timedelta(days=7),
        )  # fmt: skip
        wave.derive()
        wave.save()
        journal.record(curator, _("created"), wave)
