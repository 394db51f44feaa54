"""The quarterly diagnostics."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import make_year
from accounts.clock import on
from accounts.models import Entry, Letter
from pairs.actions import load_starting_sets
from surveys.actions import open_waves, sync_waves
from surveys.models import Answer, Question, Questionnaire, Reminder, Response, Wave
from surveys.questionnaire_actions import load_questionnaires
from tests import factories as make

OPEN_DAY = datetime.date(2024, 11, 20)  # inside the second period


@pytest.fixture
def school_year(db):
    school = make.school()
    load_starting_sets(school=school)
    load_questionnaires(school=school)
    with on(OPEN_DAY):
        year = make_year(school=school, first_year=2024, state="current")
        open_waves(year=year)
        yield year


@pytest.fixture
def curator(school_year):
    return make.curator(school_year.school)


def wave(year, number=2, side="mentee"):
    return Wave.objects.get(period__year=year, period__number=number, audience=f"{side}s")


def filled(questions, value=4, but=0):
    """Posted answers to all scale questions but the first `but` of them."""
    scales = [q for q in questions if q.kind == Question.Kind.SCALE]
    return {f"q{question.pk}": str(value) for question in scales[but:]}


def questions_of(of_wave):
    return list(of_wave.questionnaire.questions.all())


def test_each_side_has_six_competences_of_three_statements_and_two_open_questions(school_year):
    for side in ("mentor", "mentee"):
        form = Questionnaire.objects.get(audience=f"{side}s", purpose="quarterly")
        scales = form.questions.filter(kind="scale").values_list("competence__code", flat=True)
        assert sorted(set(scales)) == sorted(
            ["lesson", "class_management", "documents", "parents", "digital", "assessment"]
        )
        assert (scales.count(), form.questions.filter(kind="text").count()) == (18, 2)


def test_starting_sets_and_waves_are_added_once(school_year):
    load_questionnaires(school=school_year.school)
    open_waves(year=school_year)
    assert (Questionnaire.objects.count(), Wave.objects.count()) == (7, 9)


def test_waves_follow_the_dates_of_their_period(school_year):
    school_year.periods.filter(number=2).update(closes_on=datetime.date(2024, 12, 15))
    sync_waves(year=school_year)
    assert wave(school_year).closes_on == datetime.date(2024, 12, 15)


def test_a_questionnaire_is_saved_left_resumed_and_submitted_once(client, school_year):
    pair, asked = make.pair(school_year), wave(school_year)
    client.force_login(pair.mentee.person)
    url, questions = reverse("survey_fill", args=[asked.pk]), questions_of(asked)
    assert "Кто читает ответы" in client.get(url).content.decode() or "Who reads" in client.get(url).content.decode()
    assert Response.objects.count() == 0
    client.post(url, filled(questions, but=3) | {"save": "1"})
    page = client.get(url)
    assert (page.context["answered"], Answer.objects.count()) == (15, 15)
    incomplete = client.post(url, filled(questions, but=3) | {"submit": "1"})
    assert [q.pk for q in incomplete.context["form"].gaps] == [q.pk for q in questions[:3]]
    client.post(url, filled(questions) | {"submit": "1"})
    response = Response.objects.get()
    assert (response.submitted_on, response.participation) == (OPEN_DAY, pair.mentee)
    client.post(url, filled(questions, value=1) | {"submit": "1"})
    assert set(Answer.objects.values_list("value", flat=True)) == {4}


def test_the_script_saves_as_the_person_goes_and_is_told_when_it_is_too_late(client, school_year):
    pair, asked = make.pair(school_year), wave(school_year)
    client.force_login(pair.mentee.person)
    url, questions = reverse("survey_save", args=[asked.pk]), questions_of(asked)
    name, only = f"q{questions[0].pk}", {"only": questions[0].pk}
    assert client.post(url, {name: "4"} | only).json()["saved"] is True
    assert client.post(url, {name: "9"} | only).status_code == 422
    client.post(reverse("survey_fill", args=[asked.pk]), filled(questions) | {"submit": "1"})
    assert client.post(url, {name: "1"} | only).status_code == 409
    assert set(Answer.objects.values_list("value", flat=True)) == {4}


def test_a_closed_questionnaire_takes_nothing_and_keeps_the_draft_and_what_was_typed(client, school_year):
    pair, asked = make.pair(school_year), wave(school_year)
    client.force_login(pair.mentee.person)
    url, questions = reverse("survey_fill", args=[asked.pk]), questions_of(asked)
    client.post(url, filled(questions, but=3) | {"save": "1"})
    with on(asked.closes_on + datetime.timedelta(days=1)):
        page = client.post(url, filled(questions, value=5) | {"submit": "1"})
    assert (page.status_code, page.context["answered"]) == (200, 18)
    assert (Answer.objects.count(), Response.objects.get().submitted_on) == (15, None)


def test_a_stranger_of_the_wave_finds_nothing(client, school_year):
    pair, mentors_wave = make.pair(school_year), wave(school_year, side="mentor")
    client.force_login(pair.mentee.person)
    for name in ("survey_fill", "survey_answers"):
        assert client.get(reverse(name, args=[mentors_wave.pk])).status_code == 404
    assert client.get(reverse("wave_detail", args=[mentors_wave.pk])).status_code == 403


def submit(part, asked, value=4):
    response = Response.objects.create(year=asked.year, wave=asked, participation=part, submitted_on=asked.opens_on)
    for question in questions_of(asked):
        text = question.kind == "text"
        Answer.objects.create(
            response=response, question=question, year=asked.year, wave=asked, period=asked.period,
            competence=question.competence, value=None if text else value, score=question.score(None if text else value),
            text="Секретный ответ" if text else "",
        )  # fmt: skip
    return response


def test_only_those_who_have_not_answered_are_reminded_and_once_a_day(
    client, school_year, curator, django_capture_on_commit_callbacks
):
    asked = wave(school_year)
    done, silent = make.pair(school_year), make.pair(school_year)
    submit(done.mentee, asked)
    client.force_login(curator)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("wave_remind", args=[asked.pk]))
    assert [r.participation for r in Reminder.objects.all()] == [silent.mentee]
    assert [letter.to for letter in mail.outbox] == [[silent.mentee.person.email]]
    assert Letter.objects.get().sent_at is not None


def test_the_population_is_the_side_in_pairs_of_the_year(school_year):
    pair = make.pair(school_year)
    make.mentee(school_year)
    make.draft_pair(school_year)
    assert [list(wave(school_year, side=side).silent()) for side in ("mentee", "mentor")] == [
        [pair.mentee],
        [pair.mentor],
    ]


def test_means_are_those_of_the_answers_and_weak_and_strong_are_marked(client, school_year, curator):
    asked = wave(school_year)
    for value in (1, 4, 5):
        submit(make.pair(school_year).mentee, asked, value)
    client.force_login(curator)
    context = client.get(reverse("wave_detail", args=[asked.pk])).context
    cells = [response.cells for response in context["done"]]
    assert {tuple(cell[1] for cell in found) for found in cells} == {(1.0,) * 6, (4.0,) * 6, (5.0,) * 6}
    assert {found[0][2] for found in cells} == {"weak", "strong"}
    assert {row[3] for row in context["means"].rows} == {3.33}


def test_open_answers_and_means_by_person_are_read_by_the_curator_alone(client, school_year, curator):
    asked = wave(school_year)
    submit(make.pair(school_year).mentee, asked)
    url = reverse("wave_detail", args=[asked.pk])
    seen = {}
    for person in (curator, make.head(school_year.school), make.admin(school_year.school)):
        client.force_login(person)
        page = client.get(url)
        seen[person] = ("Секретный ответ" in page.content.decode(), "competences" in page.context)
    assert list(seen.values()) == [(True, True), (False, False), (False, False)]


def test_answers_never_reach_the_journal(client, school_year):
    pair, asked = make.pair(school_year), wave(school_year)
    client.force_login(pair.mentee.person)
    questions = questions_of(asked)
    sent = filled(questions) | {f"q{questions[-1].pk}": "Секретный ответ", "submit": "1"}
    client.post(reverse("survey_fill", args=[asked.pk]), sent)
    assert Answer.objects.filter(text="Секретный ответ").count() == 1
    assert "Секретный" not in str(list(Entry.objects.values()))


def test_the_curator_enters_a_paper_questionnaire_that_counts_and_says_so(client, school_year, curator):
    pair, asked = make.pair(school_year), wave(school_year)
    client.force_login(curator)
    url = reverse("survey_paper", args=[asked.pk, pair.mentee.pk])
    client.post(url, filled(questions_of(asked)) | {"submit": "1"})
    response = Response.objects.submitted().get()
    assert (response.participation, response.from_paper, response.entered_by) == (pair.mentee, True, curator)


def test_lists_of_the_diagnostics_cost_the_same_queries_for_one_and_three_pairs(client, school_year, curator):
    client.force_login(curator)
    asked = wave(school_year)
    for name, args in (("survey_list", []), ("wave_detail", [asked.pk])):
        counts = []
        for _ in range(3):
            submit(make.pair(school_year).mentee, asked)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name, args=args))
            counts.append(len(queries))
        assert counts[1] == counts[2] <= 22
