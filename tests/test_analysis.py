"""The entry questionnaires read by the curator: findings, analyses, interviews, thresholds."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Entry
from pairs.models import Offer, Request
from surveys import entry
from surveys.models import Analysis, Finding, Thresholds
from tests import factories as make
from tests.diagnosing import answered, entry_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def lesson(year):
    return make.competence(year.school, "Ведение урока")


@pytest.fixture
def parents(year):
    return make.competence(year.school, "Работа с родителями")


@pytest.fixture
def wave(year, lesson, parents):
    return entry_wave(year, "mentee", [lesson, parents])


@pytest.fixture
def mentee(year, wave):
    """Weak in lessons, asks for help with parents."""
    part = make.mentee(year)
    answered(wave, part, 2, 5, picked=[2], words="Секретный ответ")
    return part


def rows_of(client, **query):
    context = client.get(reverse("analysis_list"), query).context
    return {row["part"]: row for row in context["rows"]}


def chips(row):
    return [(competence.name, state, why) for competence, state, why, _finding in row["chips"]]


def act(client, name, *args, **data):
    return client.post(reverse(name, args=args), data | {"next": reverse("analysis_list")})


def test_the_list_says_what_was_chosen_and_what_is_weak(signed_in, mentee, lesson, parents):
    row = rows_of(signed_in)[mentee]
    assert chips(row) == [(lesson.name, "new", "weak"), (parents.name, "new", "picked")]
    assert (row["part"].received_on, row["weak"], row["strong"]) == (mentee.responses.get().submitted_on, 1, 1)


def test_a_mentor_offers_what_was_chosen_and_what_is_strong(signed_in, year, lesson, parents):
    part = make.mentor(year)
    answered(entry_wave(year, "mentor", [lesson, parents]), part, 2, 4, picked=[1])
    assert chips(rows_of(signed_in)[part]) == [(lesson.name, "new", "picked"), (parents.name, "new", "strong")]


def test_one_choice_of_a_question_counts_like_several(signed_in, year, lesson, wave):
    wave.questionnaire.questions.filter(kind="many").update(kind="one")
    part = make.mentee(year)
    answered(wave, part, 3, 3).answers.filter(question__kind="one").update(value=1)
    assert chips(rows_of(signed_in)[part]) == [(lesson.name, "new", "picked")]


def test_the_questionnaire_of_the_first_period_stands_in_where_there_is_no_entry_one(signed_in, year, lesson):
    part = make.mentee(year)
    make.response(make.wave(make.period(year), competences=[lesson]), part, 1, 1, 1)
    later = make.wave(make.period(year, 2), competences=[lesson])
    make.response(later, part, 5, 5, 5)
    assert chips(rows_of(signed_in)[part]) == [(lesson.name, "new", "weak")]


def test_one_tap_sets_the_request_and_keeps_who_and_when(signed_in, curator, mentee, lesson):
    act(signed_in, "analysis_take", one=f"{mentee.pk}-{lesson.pk}")
    act(signed_in, "analysis_take", one=f"{mentee.pk}-{lesson.pk}")
    assert [row.competence for row in Request.objects.filter(participation=mentee)] == [lesson]
    finding = Finding.objects.get()
    assert (finding.kind, finding.by, finding.on, finding.set_it) == ("request", curator, make.TODAY, True)
    assert chips(rows_of(signed_in)[mentee])[0] == (lesson.name, "taken", "weak")


def test_the_answers_of_many_people_are_taken_over_at_once(signed_in, year, wave, mentee, lesson, parents):
    other, mentor = make.mentee(year), make.mentor(year)
    answered(wave, other, 5, 1)
    answered(entry_wave(year, "mentor", [lesson]), mentor, 5)
    act(signed_in, "analysis_take", person=[mentee.pk, other.pk, mentor.pk])
    requests = Request.objects.values_list("participation", "competence")
    assert set(requests) == {(mentee.pk, lesson.pk), (mentee.pk, parents.pk), (other.pk, parents.pk)}
    assert Offer.objects.values_list("participation", "competence").get() == (mentor.pk, lesson.pk)


def test_taking_back_removes_only_what_the_finding_had_set(signed_in, mentee, lesson, parents):
    Request.objects.create(participation=mentee, competence=parents, text="Как вести собрание")
    for competence in (lesson, parents):
        act(signed_in, "analysis_take", one=f"{mentee.pk}-{competence.pk}")
    for finding in Finding.objects.all():
        act(signed_in, "analysis_take_back", finding.pk)
    assert (Finding.objects.count(), [row.text for row in Request.objects.all()]) == (0, ["Как вести собрание"])


def test_what_is_forged_sets_nothing(signed_in, year, mentee, lesson):
    foreign = make.competence(make.school())
    stranger = make.mentee(make.year())
    ones = (
        f"{mentee.pk}-{foreign.pk}",
        f"{mentee.pk}-0",
        f"{mentee.pk}",
        "x-y",
        "9" * 400,
        f"{stranger.pk}-{lesson.pk}",
    )
    for one in ones:
        act(signed_in, "analysis_take", one=one)
    act(signed_in, "analysis_take", person=[stranger.pk, "x"])
    assert (Finding.objects.count(), Request.objects.count()) == (0, 0)


def test_a_closed_year_takes_no_findings(signed_in, year, mentee, lesson):
    type(year).objects.filter(pk=year.pk).update(state="closed")
    act(signed_in, "analysis_take", one=f"{mentee.pk}-{lesson.pk}")
    act(signed_in, "analysis_take", person=[mentee.pk])
    act(signed_in, "analysis_mark", person=[mentee.pk])
    assert (Request.objects.count(), Analysis.objects.count()) == (0, 0)


def test_only_what_has_come_is_marked_as_analysed(signed_in, year, mentee):
    silent = make.mentee(year)
    act(signed_in, "analysis_mark", person=[mentee.pk, silent.pk])
    made = Analysis.objects.get()
    assert (made.participation, made.analysed_on, made.response) == (mentee, make.TODAY, mentee.responses.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        Analysis.objects.create(year=year, participation=silent, analysed_on=make.TODAY, by=made.by)


def test_the_tabs_pick_out_what_is_left_to_do(signed_in, year, mentee):
    silent = make.mentee(year)
    act(signed_in, "analysis_mark", person=[mentee.pk])
    found = {state: set(rows_of(signed_in, state=state)) for state in ("no_form", "to_analyse", "to_interview", "done")}
    assert found == {"no_form": {silent}, "to_analyse": set(), "to_interview": {mentee, silent}, "done": set()}


def test_the_page_of_a_person_keeps_interview_and_conclusion(signed_in, curator, mentee):
    url = reverse("analysis_detail", args=[mentee.pk])
    page = signed_in.get(url)
    assert "Секретный ответ" in page.content.decode()
    signed_in.post(url, {"interviewed_on": "2024-09-20", "conclusion": "Начать с урока", "analysed_on": "2024-10-01"})
    made = Analysis.objects.get()
    assert (made.interviewed_on, made.analysed_on) == (datetime.date(2024, 9, 20), datetime.date(2024, 10, 1))
    assert (made.conclusion, made.by) == ("Начать с урока", curator)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"interviewed_on": "2024-09-20"}, "conclusion"),
        ({"conclusion": "Начать с урока"}, "interviewed_on"),
        ({"interviewed_on": "2024-12-20", "conclusion": "Ещё будет"}, "interviewed_on"),
        ({"analysed_on": "2024-09-01"}, "analysed_on"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(signed_in, mentee, typed, field):
    page = signed_in.post(reverse("analysis_detail", args=[mentee.pk]), typed)
    assert (list(page.context["form"].errors), Analysis.objects.count()) == ([field], 0)


def test_nobody_is_analysed_without_a_questionnaire(signed_in, year):
    page = signed_in.post(reverse("analysis_detail", args=[make.mentee(year).pk]), {"analysed_on": "2024-11-01"})
    assert (list(page.context["form"].errors), Analysis.objects.count()) == (["analysed_on"], 0)


def test_several_interviews_are_written_in_one_form_and_empty_lines_stay(signed_in, year, mentee):
    other, later = make.mentee(year), make.mentor(year)
    fields = {f"p{mentee.pk}": ("2024-09-20", "Урок"), f"p{other.pk}": ("2024-09-21", "Документы")}
    data = {f"{key}-interviewed_on": day for key, (day, _words) in fields.items()}
    data |= {f"{key}-conclusion": words for key, (_day, words) in fields.items()}
    signed_in.post(reverse("analysis_interviews"), data)
    assert dict(Analysis.objects.values_list("participation", "conclusion")) == {
        mentee.pk: "Урок",
        other.pk: "Документы",
    }
    page = signed_in.post(reverse("analysis_interviews"), {f"p{later.pk}-conclusion": "Без даты"})
    assert [list(form.errors) for _part, form in page.context["rows"]] == [["interviewed_on"]]


def test_conclusions_and_answers_never_reach_the_journal(signed_in, mentee):
    url = reverse("analysis_detail", args=[mentee.pk])
    for words in ("Тайный вывод", "Тайный вывод, другой"):
        revision = Analysis.objects.values_list("revision", flat=True).first()
        typed = {"interviewed_on": "2024-09-20", "conclusion": words, "revision": revision or 0}
        signed_in.post(url, typed)
    assert Analysis.objects.get().conclusion == "Тайный вывод, другой"
    assert ("Тайный" in str(list(Entry.objects.values())), Entry.objects.count() > 1) == (False, True)


def test_the_thresholds_of_the_school_decide_what_is_weak_and_strong(signed_in, year, mentee, lesson):
    signed_in.post(reverse("survey_settings"), {"weak_up_to": "1.5", "strong_from": "4.5", "revision": "0"})
    assert [why for name, _state, why in chips(rows_of(signed_in)[mentee]) if name == lesson.name] == []
    page = signed_in.post(reverse("survey_settings"), {"weak_up_to": "4.5", "strong_from": "4", "revision": "1"})
    assert page.status_code == 200
    kept = Thresholds.objects.get(school=year.school)
    assert (kept.weak_up_to, kept.strong_from, kept.mark(1.5), kept.mark(4.5), kept.mark(None)) == (
        1.5, 4.5, "weak", "strong", "",
    )  # fmt: skip


def test_late_people_are_read_by_their_own_entry_wave(year, wave, lesson, parents):
    late = make.mentee(year, since=datetime.date(2024, 11, 10))
    own = entry_wave(year, "mentor", [lesson, parents])
    type(own).objects.filter(pk=own.pk).update(audience="everybody", feeds=False, period=None)
    own.refresh_from_db()
    answered(own, late, 1, 3, on=make.TODAY)
    assert entry.people(year, make.TODAY).get(pk=late.pk).received_on == make.TODAY


def test_today_tells_what_is_to_be_read_and_who_waits_for_an_interview(signed_in, mentee):
    def told():
        return [task.label for section in signed_in.get("/").context["sections"] for task in section.tasks]

    words = ("1 входная анкета ждёт разбора", "1 собеседование предстоит")
    assert [each in told() for each in words] == [True, True]
    act(signed_in, "analysis_mark", person=[mentee.pk])
    assert [each in told() for each in words] == [False, True]
    Analysis.objects.update(interviewed_on=make.TODAY, conclusion="Урок")
    assert [each in told() for each in words] == [False, False]
