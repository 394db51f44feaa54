"""Needs × resources, the analytical note, and item 3.1 which it proves."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import StoredFile
from pairs.models import Offer, Request
from roadmap.indicators import measure_checkpoint, people
from roadmap.models import Proof
from roadmap.proofs import print_proof
from surveys.means import means_of
from surveys.models import Analysis, Note, Thresholds
from surveys.needs import needs_of
from surveys.note import Contents
from tests import factories as make
from tests.diagnosing import answered, entry_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def lesson(year):
    return make.competence(year.school, "Ведение урока")


def ask(part, competence):
    return Request.objects.create(participation=part, competence=competence)


def give(part, competence):
    return Offer.objects.create(participation=part, competence=competence)


def figures(year):
    return [(need.asks, need.met, need.gives, need.places, need.gap) for need in needs_of(year, make.TODAY)]


def test_the_gap_is_what_neither_ones_own_mentor_nor_a_free_place_answers(year, lesson):
    mentor, paired = make.mentor(year, capacity=2), make.mentee(year)
    make.pair(year, mentor, paired)
    give(mentor, lesson)
    for part in (paired, make.mentee(year), make.mentee(year)):
        ask(part, lesson)
    assert figures(year) == [(3, 1, 1, 1, 1)]


def test_a_mentor_who_gives_something_else_does_not_answer_the_request(year, lesson):
    pair = make.pair(year)
    other = make.competence(year.school, "Документы")
    give(pair.mentor, other)
    ask(pair.mentee, lesson)
    assert figures(year) == [(1, 0, 0, 0, 1), (0, 0, 1, 2, 0)]


def test_who_has_left_and_who_is_of_another_school_or_year_is_not_on_the_sheet(year, lesson):
    gone = make.mentee(year)
    type(gone).objects.filter(pk=gone.pk).update(until=datetime.date(2024, 10, 1))
    ask(gone, lesson)
    foreign = make.mentee(make.year())
    ask(foreign, make.competence(foreign.year.school))
    assert figures(year) == [(0, 0, 0, 0, 0)]


def test_a_gap_leads_to_a_training_and_to_materials_of_the_competence(signed_in, year, lesson):
    ask(make.mentee(year), lesson)
    page = signed_in.get(reverse("needs_sheet")).content.decode()
    assert f"{reverse('event_create')}?kind=training&amp;competence={lesson.code}" in page
    assert f"{reverse('material_list')}?competence={lesson.code}" in page
    assert page.count('class="h-bad"') == 1


def test_the_sheet_reads_without_colour_and_shows_names_to_those_who_run_the_school(client, year, lesson):
    part = make.mentee(year)
    ask(part, lesson)
    make.as_user(client, make.head(year.school))
    page = client.get(reverse("needs_sheet"))
    assert (page.context["may_train"], part.person.short_name in page.content.decode()) == (False, True)
    assert "▲ 1" in page.content.decode()


def test_means_show_nothing_of_fewer_than_three_people(year, lesson):
    wave, limits = entry_wave(year, "mentee", [lesson]), Thresholds(school=year.school)
    for value in (1, 5):
        answered(wave, make.mentee(year), value)
    assert [(row.count, row.mean) for row in means_of(year, [wave], limits)] == [(2, None)]
    answered(wave, make.mentee(year), 3)
    found = means_of(year, [wave], limits)
    assert [(row.count, row.mean, row.weak, row.strong) for row in found] == [(3, 3.0, 1, 1)]


def test_the_note_words_its_conclusions_from_the_figures(year, lesson):
    wave = entry_wave(year, "mentee", [lesson])
    for _ in range(3):
        part = make.mentee(year)
        answered(wave, part, 2)
        ask(part, lesson)
    sentences = Contents.of(year, make.TODAY).sentences()
    assert sentences == [
        "Участников: 3. Входных анкет получено: 3, разобрано: 0, собеседований проведено: 0.",
        "Чаще всего наставляемые просят помощи по компетенциям: Ведение урока (3).",
        "Ресурсов может не хватить по компетенциям: Ведение урока (3). Помочь могут обучение или ещё один наставник.",
        "По самооценке (наставляемые) слабее других: Ведение урока (2).",
    ]


def test_the_curators_own_words_are_kept_and_stand_in_the_note(signed_in, year, paper_is_html):
    words = {"conclusions": "Запросы <b>сосредоточены</b> вокруг урока", "proposals": "Семинар", "revision": "0"}
    signed_in.post(reverse("analysis_note"), words)
    assert Note.objects.get(year=year).proposals == "Семинар"
    for name in ("report_detail", "report_pdf"):
        page = signed_in.get(reverse(name, args=["note"])).content.decode()
        assert "Запросы &lt;b&gt;сосредоточены&lt;/b&gt; вокруг урока" in page
    assert "АНАЛИТИЧЕСКАЯ СПРАВКА" in page
    stale = signed_in.post(reverse("analysis_note"), words | {"proposals": "Другое"})
    assert (stale.status_code, Note.objects.get().proposals) == (200, "Семинар")


def test_the_note_and_the_sheet_are_excel_too(signed_in, year, lesson):
    for slug in ("note", "needs", "growth"):
        answer = signed_in.get(reverse("report_xlsx", args=[slug]))
        assert (answer.status_code, answer.content[:2]) == (200, b"PK")


# ---------------------------------------------------------------- item 3.1


def checkpoint(year, due):
    return make.checkpoint(year, indicator="questionnaires-analysed", due_on=due)


def analyse(part, **days):
    response = part.responses.first()
    return Analysis.objects.create(
        year=part.year, participation=part, response=response, by=make.curator(part.year.school), **days
    )


def test_an_item_counts_whose_questionnaire_is_analysed_and_who_was_interviewed_by_the_day(year, lesson):
    pair = make.pair(year)
    answered(entry_wave(year, "mentee", [lesson]), pair.mentee, 3)
    day, due = datetime.date(2024, 10, 20), datetime.date(2024, 12, 1)
    analyse(pair.mentee, analysed_on=day, interviewed_on=day + datetime.timedelta(days=2))
    item = checkpoint(year, due)
    found = {on.day: measure_checkpoint(item, on) for on in (datetime.date(2024, 10, 21), datetime.date(2024, 10, 22))}
    assert {on: (each.met, each.total) for on, each in found.items()} == {21: (0, 2), 22: (1, 2)}
    assert found[22].beside == ["анкет получено: 1"]
    assert [name for name, _url, _words in people(found[22])[1]] == [pair.mentor.person.full_name]
    assert [words for _name, _url, words in people(found[22])[1]] == ["анкета не разобрана, нет собеседования"]


def test_who_joined_late_is_due_a_fortnight_after_the_order(year):
    make.pair(year)
    make.pair(year, since=make.TODAY - datetime.timedelta(days=3))
    item = checkpoint(year, datetime.date(2024, 10, 1))
    assert measure_checkpoint(item, make.TODAY).total == 2


def test_the_printed_proof_of_the_item_is_the_analytical_note(year, curator, lesson, paper_is_html):
    pair = make.pair(year)
    proof = print_proof(checkpoint=checkpoint(year, datetime.date(2024, 12, 1)), by=curator)
    text = StoredFile.objects.get(pk=proof.file_id).file.read().decode()
    assert (proof.kind, proof.title.startswith("Аналитическая справка")) == (Proof.Kind.PRINTED, True)
    assert ["АНАЛИТИЧЕСКАЯ СПРАВКА" in text, pair.mentee.person.full_name in text, "0 из 2" in text] == [True] * 3
