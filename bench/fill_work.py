"""What the pairs did in the year: plans, meetings, answers, and the journal of it."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType

from accounts import clock
from accounts.models import Entry
from bench.fill import made
from pairs.models import Attendance, Competence, Meeting, Pair, Plan, PlanItem, Step
from surveys.filling_actions import random_key
from surveys.given import Given, no_key, rows_of
from surveys.models import Question, Receipt, Response, Wave

LINES, MEETINGS = 8, 8
STATES = ["approved", "approved", "submitted", "approved", "returned", "approved", "approved", "draft"]


def work(plots):
    every = [(plot, pair, n) for plot in plots for n, pair in enumerate(plot.pairs)]
    plans_of(every)
    meetings_of(every)
    answers_of(plots)
    journal_of(every)


def plans_of(every):
    rows = made(plan(plot, pair, STATES[n % len(STATES)]) for plot, pair, n in every)
    made(
        line(plot, row, n)
        for (plot, _pair, _n), row in zip(every, rows, strict=True)
        for n in range(LINES)
    )  # fmt: skip


def plan(plot, pair, state):
    day = pair.fixed_on + timedelta(days=9)
    fields = {} if state == "draft" else {"submitted_on": day, "waiting_since": day}
    if state == "approved":
        fields |= {"approved_on": day, "first_approved_on": day, "approved_by": plot.curator}
    return Plan(year=plot.year, pair=pair, goal="Уверенно вести урок", request="Ведение урока", state=state, **fields)


def line(plot, plan_row, n):
    due = plan_row.pair.fixed_on + timedelta(days=20 + 28 * n)
    done = plan_row.state == "approved" and due <= clock.today() and plot.chance.random() < 0.9
    return PlanItem(
        plan=plan_row, year=plot.year, position=n, what=f"Посетить и разобрать урок {n + 1}", due_on=due,
        expected="Лист наблюдения урока", competence=plot.of[Competence][n % len(plot.of[Competence])],
        done_on=due if done else None, result="Выполнено" if done else "", marked_by=plot.curator if done else None,
    )  # fmt: skip


def meetings_of(every):
    """Eight with each pair, the first three with a step; the last one is still planned."""
    rows = made(meeting(plot, pair, n) for plot, pair, _n in every for n in range(MEETINGS))
    pairs = [(plot, pair) for plot, pair, _n in every for _ in range(MEETINGS)]
    made(attendance(plot, pair, row) for (plot, pair), row in zip(pairs, rows, strict=True))
    through = Meeting.steps.through
    made(
        through(meeting=row, step=plot.of[Step][n % MEETINGS])
        for n, ((plot, _pair), row) in enumerate(zip(pairs, rows, strict=True))
        if n % MEETINGS < 3
    )


def meeting(plot, pair, n):
    planned = n == MEETINGS - 1 and pair.state == Pair.State.FIXED
    day = clock.today() + timedelta(days=3) if planned else pair.starts_on + timedelta(days=4 + 15 * n)
    return Meeting(
        year=plot.year, mentor=pair.mentor, on=day, topic="Разбор урока", agreed="Подготовить технологическую карту",
        kind="talk", state="planned" if planned else "held", entered_by=pair.mentor.person,
    )  # fmt: skip


def attendance(plot, pair, row):
    answered = row.state == "held" and plot.chance.random() < 0.8
    return Attendance(
        year=plot.year, meeting=row, pair=pair, answer="confirmed" if answered else "",
        answered_on=row.on if answered else None,
    )  # fmt: skip


def answers_of(plots):
    """Nine of ten have answered every questionnaire that has opened; what was asked without names is answered so."""
    rows = [(plot, wave, part) for plot in plots for wave in plot.of[Wave] if wave.opens_on <= clock.today()
            for part in asked(plot, wave) if plot.chance.random() < 0.9]  # fmt: skip
    made(
        Receipt(pk=random_key(), year=plot.year, wave=wave, participation=part, on=wave.opens_on)
        for plot, wave, part in rows
        if wave.anonymous
    )
    responses = made(response(plot, wave, part) for plot, wave, part in rows)
    found = [
        given(plot, filled, question)
        for (plot, _wave, _part), filled in zip(rows, responses, strict=True)
        for question in questions(plot, filled.wave)
    ]
    made(answer for answer, _picks in found)
    made(pick for _answer, picks in found for pick in picks)


def response(plot, wave, part):
    if wave.anonymous:
        return Response(pk=random_key(), year=plot.year, wave=wave, submitted_on=wave.closes_on)
    return Response(year=plot.year, wave=wave, participation=part, submitted_on=wave.opens_on)


def asked(plot, wave):
    mentors = list({pair.mentor_id: pair.mentor for pair in plot.pairs}.values())
    mentees = [pair.mentee for pair in plot.pairs]
    return {"mentors": mentors, "mentees": mentees}.get(wave.audience, mentors + mentees)


def questions(plot, wave):
    """Those that are always asked."""
    found = plot.of[Question]
    return [each for each in found if each.questionnaire_id == wave.questionnaire_id and not each.only_if_id]


def given(plot, filled, question):
    if question.kind in Question.TEXTS:
        found = Given((), "Помогли разборы уроков")
    elif question.kind == Question.Kind.MANY:
        found = Given((1, 3))
    else:
        found = Given((plot.chance.randrange(2, 4 if question.kind != Question.Kind.SCALE else question.highest + 1),))
    return rows_of(filled, question, found, random_key if filled.wave.anonymous else no_key)


def journal_of(every):
    """Six lines for each pair, as a year leaves them."""
    kind = ContentType.objects.get_for_model(Pair)
    made(
        Entry(
            school=plot.school, at=clock.now() - timedelta(hours=n), by=plot.curator, by_label=str(plot.curator),
            verb="изменил(а)", target_type=kind, target_id=pair.pk, target_label=str(pair),
            target_url=pair.get_absolute_url(), comment="По заявлению",
        )
        for plot, pair, _n in every
        for n in range(6)
    )  # fmt: skip
