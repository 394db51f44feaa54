"""Filling a questionnaire in: every kind of question, conditions, two windows, what must be refused."""

import datetime

import pytest
from django.urls import reverse

from accounts.clock import on
from accounts.models import Participation
from pairs.models import Pair
from surveys.given import given_by
from surveys.models import Answer, Pick, Question, Response
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with on(make.TODAY):
        yield


@pytest.fixture
def year():
    return make.year()


@pytest.fixture
def pair(year):
    return make.pair(year)


@pytest.fixture
def form(year):
    return asking.questionnaire(year.school)


@pytest.fixture
def wave(year, form):
    return asking.wave(year, form, audience="mentees")


@pytest.fixture
def mentee(client, pair):
    client.force_login(pair.mentee.person)
    return client


def fill(wave):
    return reverse("survey_fill", args=[wave.pk])


def save(wave):
    return reverse("survey_save", args=[wave.pk])


def kept(wave, part):
    """{question's text: (numbers, words)} of what stands in the database."""
    response = Response.objects.get(wave=wave, participation=part)
    texts = dict(wave.questionnaire.questions.values_list("pk", "text"))
    return {texts[pk]: (given.numbers, given.text) for pk, given in given_by(response).items()}


def marks(page):
    """The hidden signs of what the page was shown with."""
    found = page.context["form"]
    return {row.mark.html_name: row.mark.value() for part in found.parts() for row in part.rows}


def test_every_kind_of_answer_is_kept_and_read_back_in_words(mentee, wave, form, pair):
    other = asking.named(form, "Что")
    mentee.post(fill(wave), asking.posted(form, **{f"q{other.pk}_other": "Тишина"}))
    assert kept(wave, pair.mentee) == {
        "Насколько полезно?": ((8,), ""),
        "Как удобнее?": ((2,), ""),
        "Что нужно?": ((0, 1, 3), "Тишина"),
        "Одним словом": ((), "Хорошо"),
        "Подробнее": ((), "Всё было по делу"),
        "Нужна ли помощь?": ((1,), ""),
    }
    page = mentee.get(reverse("survey_answers", args=[wave.pk]))
    assert [words for _question, words in page.context["rows"]] == [
        "8 из 10", "Дистанционно", "Другое; Разбор; Время: Тишина", "Хорошо", "Всё было по делу", "Нет",
    ]  # fmt: skip
    assert Answer.objects.get(question=asking.named(form, "Насколько")).score == pytest.approx(1 + 4 * 7 / 9)


@pytest.mark.parametrize(("value", "gaps"), [("1", []), ("2", ["Какая?"]), ("3", ["Какая?"])])
def test_a_conditional_question_is_demanded_only_where_it_is_asked(mentee, wave, form, value, gaps):
    help_needed = asking.named(form, "Нужна")
    page = mentee.post(fill(wave), asking.posted(form, **{f"q{help_needed.pk}": value}))
    asked = page.context["form"].gaps if page.context else []
    assert [question.text for question in asked] == gaps


def test_an_answer_is_dropped_where_its_question_is_not_asked(mentee, wave, form, pair):
    which = {f"q{asking.named(form, 'Какая').pk}": "Методическая"}
    mentee.post(fill(wave), asking.posted(form, submit=False, **which))
    assert kept(wave, pair.mentee)["Какая?"] == ((), "Методическая")  # a draft keeps it: the person may choose again
    mentee.post(fill(wave), asking.posted(form, **which))
    assert "Какая?" not in kept(wave, pair.mentee)


def test_without_script_the_condition_stands_in_words(mentee, wave):
    page = mentee.get(fill(wave)).content.decode()
    assert "Если выше, в вопросе 6, выбрано: «Да», «Частично»" in page


# ---------------------------------------------------------------- answer by answer, window by window


def test_the_script_keeps_one_answer_and_leaves_the_others(mentee, wave, form, pair):
    scale, many = asking.named(form, "Насколько"), asking.named(form, "Что")
    mentee.post(save(wave), {"only": scale.pk, f"q{scale.pk}": "7"})
    mentee.post(save(wave), {"only": many.pk, f"q{many.pk}": ["1", "2"]})
    mentee.post(save(wave), {"only": many.pk})  # all boxes unticked
    assert kept(wave, pair.mentee) == {"Насколько полезно?": ((7,), "")}
    assert Pick.objects.count() == 0


def test_an_older_window_wipes_nothing_that_a_newer_one_gave(mentee, wave, form, pair):
    scale, line = asking.named(form, "Насколько"), asking.named(form, "Одним")
    older = marks(mentee.get(fill(wave)))
    mentee.post(save(wave), {"only": scale.pk, f"q{scale.pk}": "7"})
    mentee.post(fill(wave), older | {f"q{line.pk}": "Хорошо", "save": "1"})
    assert kept(wave, pair.mentee) == {"Насколько полезно?": ((7,), ""), "Одним словом": ((), "Хорошо")}


def test_two_windows_that_answer_differently_are_told_and_the_second_press_decides(mentee, wave, form, pair):
    scale = asking.named(form, "Насколько")
    older = marks(mentee.get(fill(wave)))
    mentee.post(save(wave), {"only": scale.pk, f"q{scale.pk}": "7"})
    page = mentee.post(fill(wave), older | {f"q{scale.pk}": "3", "save": "1"})
    assert [(question.text, words) for question, words in page.context["form"].clashes] == [
        ("Насколько полезно?", "7 из 10")
    ]
    assert kept(wave, pair.mentee) == {"Насколько полезно?": ((7,), "")}
    mentee.post(fill(wave), marks(page) | {f"q{scale.pk}": "3", "save": "1"})
    assert kept(wave, pair.mentee) == {"Насколько полезно?": ((3,), "")}


def test_progress_counts_only_what_is_asked(mentee, wave, form):
    page = mentee.get(fill(wave))
    assert (page.context["answered"], page.context["total"]) == (0, 6)
    needed = asking.named(form, "Нужна")
    mentee.post(save(wave), {"only": needed.pk, f"q{needed.pk}": "3"})
    page = mentee.get(fill(wave))
    assert (page.context["answered"], page.context["total"]) == (1, 7)


# ---------------------------------------------------------------- what is refused


def test_after_the_last_day_nothing_is_taken(mentee, wave, form):
    scale = asking.named(form, "Насколько")
    with on(wave.closes_on + datetime.timedelta(days=1)):
        told = mentee.post(save(wave), {"only": scale.pk, f"q{scale.pk}": "7"})
        page = mentee.post(fill(wave), asking.posted(form))
    assert (told.status_code, told.json()["saved"], page.status_code) == (409, False, 200)
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


def forged(form, other):
    """What an enemy sends to `survey_save`, and why it is refused."""
    scale, one, text = (asking.named(form, word) for word in ("Насколько", "Как удобнее", "Подробнее"))
    return {
        "a question that is not there": {"only": 10**9, f"q{10**9}": "1"},
        "a question of another questionnaire": {"only": other.pk, f"q{other.pk}": "1"},
        "no question at all": {f"q{scale.pk}": "7"},
        "no number": {"only": "x", "qx": "1"},
        "a point beyond the scale": {"only": scale.pk, f"q{scale.pk}": "11"},
        "a choice of another question": {"only": one.pk, f"q{one.pk}": "3"},
        "a megabyte": {"only": text.pk, f"q{text.pk}": "я" * 2**19},
    }


def test_what_is_forged_is_refused_in_words_and_keeps_nothing(mentee, wave, form, year):
    other = asking.named(asking.questionnaire(year.school), "Насколько")
    for what, data in forged(form, other).items():
        answer = mentee.post(save(wave), data)
        assert (what, answer.status_code, bool(answer.json()["why"])) == (what, 422, True)
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


def test_a_megabyte_in_the_form_is_told_and_stays_in_the_field(mentee, wave, form):
    text = asking.named(form, "Подробнее")
    page = mentee.post(fill(wave), asking.posted(form, **{f"q{text.pk}": "я" * 2**19}))
    assert page.context["form"].errors.keys() == {f"q{text.pk}"}
    assert page.content.decode().count("яяя") > 0
    assert Answer.objects.count() == 0


# ---------------------------------------------------------------- whose answers


def test_who_takes_part_on_both_sides_is_asked_once_for_each(client, year, form):
    pair = make.pair(year)
    own = Participation.objects.create(
        year=year, person=pair.mentee.person, side="mentor", capacity=1, since=year.starts_on
    )
    make.pair(year, the_mentor=own)
    wave = asking.wave(year, form)
    client.force_login(pair.mentee.person)
    client.post(f"{fill(wave)}?side=mentor", asking.posted(form))
    client.post(fill(wave), asking.posted(form))  # whichever has not answered
    assert {response.participation for response in Response.objects.submitted()} == {own, pair.mentee}
    assert client.get(fill(wave)).status_code == 302


def test_a_group_is_asked_and_nobody_else(client, year, form):
    inside, outside = make.pair(year), make.pair(year)
    group = year.groups.create(name="Молодые")
    group.pairs.set([inside])
    wave = asking.wave(year, form, audience="group", group=group)
    assert set(wave.silent()) == {inside.mentor, inside.mentee}
    found = {}
    for part in (inside.mentor, inside.mentee, outside.mentee):
        client.force_login(part.person)
        found[part] = client.get(fill(wave)).status_code
    assert found == {inside.mentor: 200, inside.mentee: 200, outside.mentee: 404}


def test_a_mentor_reads_the_own_mentee_where_the_questionnaire_says_so_and_no_other(client, year, form, wave):
    own, other, ended = make.pair(year), make.pair(year), make.pair(year)
    for pair in (own, other, ended):
        make.response(wave, pair.mentee, 5)
    Pair.objects.filter(pk=ended.pk).update(state="ended", ended_on=make.TODAY, ended_by_wish_of="mentor")

    def reads(mentor, mentee):
        client.force_login(mentor.person)
        return client.get(reverse("person_answers", args=[wave.pk, mentee.pk])).status_code

    assert reads(own.mentor, own.mentee) == 404
    type(form).objects.filter(pk=form.pk).update(mentor_reads_texts=True)
    assert [reads(own.mentor, own.mentee), reads(own.mentor, other.mentee), reads(ended.mentor, ended.mentee)] == [
        200, 404, 404,
    ]  # fmt: skip


def test_the_curator_enters_every_kind_from_paper(client, year, form, wave, pair):
    client.force_login(make.curator(year.school))
    client.post(reverse("survey_paper", args=[wave.pk, pair.mentee.pk]), asking.posted(form))
    response = Response.objects.submitted().get()
    assert (response.from_paper, response.answers.count(), Pick.objects.count()) == (True, 6, 2)


def test_a_low_answer_that_is_the_good_one_scores_high(mentee, wave, form, pair):
    Question.objects.filter(pk=asking.named(form, "Насколько").pk).update(lower_is_better=True)
    mentee.post(fill(wave), asking.posted(form, **{f"q{asking.named(form, 'Насколько').pk}": "1"}))
    assert Answer.objects.get(question__kind="scale").score == 5
