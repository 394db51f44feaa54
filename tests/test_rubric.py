"""The public rubric: what a stranger reads, and what goes as soon as somebody takes a consent back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from roadmap.actions import load_seed
from roadmap.models import Roadmap
from tests import factories as make
from tests import publishing as pub

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def school(year):
    return year.school


@pytest.fixture
def opened(school):
    return pub.rubric(school)


def read(name, *args):
    """The page as a stranger gets it."""
    return Client().get(reverse(name, args=args))


def text(name, *args):
    return read(name, *args).content.decode()


def test_nothing_is_public_until_the_curator_opens_it(school):
    made, closed = pub.news(school), pub.rubric(school, is_open=False)
    pages = [("rubric_school", school.pk), ("rubric_post", school.pk, made.pk), ("rubric_month", school.pk, "2024-11")]
    assert {read(*page).status_code for page in pages} == {404}
    assert school.name not in text("rubric")
    type(closed).objects.update(is_open=True)
    assert {read(*page).status_code for page in pages} == {200}
    assert made.title in text("rubric")


def test_several_schools_are_a_list_to_choose_from(school, opened):
    other = pub.rubric(make.school(name="Гимназия"))
    page = text("rubric")
    assert [reverse("rubric_school", args=[each.school_id]) in page for each in (opened, other)] == [True, True]


@pytest.mark.parametrize("change", [
    {"state": "draft", "published_on": None}, {"state": "withdrawn", "withdrawn_on": make.TODAY},
    {"audience": "everybody"}, {"published_on": make.TODAY + timedelta(days=1)},
])  # fmt: skip
def test_only_what_is_published_for_strangers_is_shown(school, opened, curator, change):
    made = pub.news(school, title="Тайная встреча")
    row = pub.photo(made, curator)
    pages = [("rubric_post", school.pk, made.pk), ("rubric_file", school.pk, row.pk)]
    assert [read(*page).status_code for page in pages] == [200, 200]
    type(made).objects.filter(pk=made.pk).update(**change)
    assert [read(*page).status_code for page in pages] == [404, 404]
    assert "Тайная встреча" not in text("rubric_school", school.pk)


def test_a_consent_taken_back_hides_the_text_that_names_them_at_once(school, opened):
    person = make.person(school, last_name="Лебедь")
    pub.agrees(person)
    made = pub.news(school, title="Урок", body="Урок дала Лебедь")
    pub.named(made, person)
    pages = [("rubric_school", school.pk), ("rubric_month", school.pk, "2024-11"), ("rubric_post", school.pk, made.pk)]
    assert ["Лебедь" in text(*page) for page in pages] == [True, True, True]
    pub.takes_back(person)
    assert ["Лебедь" in text(*page) for page in pages] == [False, False, False]


def test_an_author_without_a_consent_is_left_out_by_name_alone(school, opened):
    agrees, silent = make.person(school, last_name="Лебедь"), make.person(school, last_name="Орлова")
    pub.agrees(agrees)
    made = pub.publication(school, kind="practice", audience="public", title="Разбор урока")
    for person in (agrees, silent):
        pub.named(made, person, "author")
    page = text("rubric_post", school.pk, made.pk)
    assert ("Лебедь" in page, "Орлова" in page) == (True, False)


def test_a_photo_is_shown_only_while_everybody_in_it_agrees(school, opened, curator):
    first, second = make.person(school), make.person(school)
    made = pub.news(school)
    row = pub.photo(made, curator, first, second)
    found = []
    for change in (lambda: None, lambda: pub.agrees(first), lambda: pub.agrees(second), lambda: pub.takes_back(first)):
        change()
        page = text("rubric_post", school.pk, made.pk)
        found.append((read("rubric_file", school.pk, row.pk).status_code, "<img" in page))
    assert found == [(404, False), (404, False), (200, True), (404, False)]


def test_a_consent_of_tomorrow_and_another_consent_do_not_count(school, opened):
    person = make.person(school, last_name="Лебедь")
    person.consents.create(kind="participation", given_on=make.TODAY)
    pub.agrees(person, make.TODAY + timedelta(days=1))
    made = pub.news(school)
    pub.named(made, person)
    assert read("rubric_post", school.pk, made.pk).status_code == 404


def test_the_curator_is_named_with_a_consent_and_reached_as_the_school_chose(school, curator):
    type(curator).objects.filter(pk=curator.pk).update(last_name="Ёлкина", phone="8-999", email="home@mail.test")
    pub.rubric(school, contact=curator, contact_post="Куратор", phone="8-800", email="school@mail.test")
    page = text("rubric_school", school.pk)
    assert [word in page for word in ("Ёлкина", "Куратор", "8-800", "school@mail.test", "8-999", "home@mail.test")] == [
        False, True, True, True, False, False,
    ]  # fmt: skip
    pub.agrees(curator)
    assert "Ёлкина" in text("rubric_school", school.pk)


def test_files_and_posts_of_another_school_are_not_there(school, opened, curator):
    other = pub.rubric(make.school()).school
    made = pub.news(school)
    row = pub.photo(made, curator)
    found = [
        read("rubric_post", other.pk, made.pk),
        read("rubric_file", other.pk, row.pk),
        read("rubric_month", other.pk, "2024-11"),
    ]
    assert [answer.status_code for answer in found] == [404, 404, 404]


@pytest.mark.parametrize("code", ["2024-13", "2024-1", "november", "0000-00", "2024-11-20", "99999-01", "2024-10"])
def test_a_month_that_is_none_is_not_there(school, opened, code):
    pub.news(school)
    assert read("rubric_month", school.pk, code).status_code == 404


def approved(year):
    plan = load_seed(year=year, by=make.curator(year.school))
    fields = {"state": "approved", "approved_on": make.TODAY, "approved_by": make.head(year.school)}
    Roadmap.objects.filter(pk=plan.pk).update(**fields)
    return plan


def test_the_roadmap_shows_figures_and_no_names(year, school, opened):
    pair = make.pair(year, make.mentor(year, last_name="Наставников"), make.mentee(year, last_name="Новиков"))
    assert read("rubric_roadmap", school.pk).status_code == 404
    plan = approved(year)
    plan.items.update(responsible="Ёлкина Марина")
    page = text("rubric_roadmap", school.pk)
    assert plan.items.first().content in page
    names = (pair.mentor.person.last_name, pair.mentee.person.last_name, "Ёлкина")
    assert [name in page for name in names] == [False, False, False]
    type(opened).objects.update(shows_roadmap=False)
    assert read("rubric_roadmap", school.pk).status_code == 404
    assert "Дорожная карта" not in text("rubric_school", school.pk)


def test_pages_have_no_script_no_cookie_and_go_at_once(year, school, opened):
    made, _plan = pub.news(school), approved(year)
    kept = {
        ("rubric",): "no-cache", ("rubric_school", school.pk): "no-cache", ("rubric_month", school.pk, "2024-11"): "no-cache",
        ("rubric_post", school.pk, made.pk): "no-cache", ("rubric_roadmap", school.pk): "public, max-age=300",
    }  # fmt: skip
    client = Client()
    client.cookies["django_language"] = "en"
    for page, cache in kept.items():
        answer = client.get(reverse(page[0], args=page[1:]))
        body = answer.content.decode()
        assert (answer["Cache-Control"], answer["Content-Language"], answer.cookies) == (cache, "ru", {})
        assert ("<script" in body, "on the" in body, "<form" in body) == (False, False, False)


def test_thirty_posts_ask_as_often_as_one(school, opened, curator):
    person = make.person(school)
    pub.agrees(person)

    def fill(number):
        for _each in range(number):
            made = pub.news(school)
            pub.named(made, person)
            pub.named(made, person, "author")
            pub.publication(school, kind="document", level="federal", audience="public")
        pub.photo(made, curator, person)

    found = []
    for number in (1, 29):
        fill(number)
        found.append([queries(page) for page in (("rubric_school", school.pk), ("rubric_month", school.pk, "2024-11"))])
    assert found[0] == found[1]
    assert max(found[0]) <= 8


def queries(page):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        read(*page)
    return len(asked)


def test_the_dated_print_says_what_strangers_read(signed_in, school, opened, paper_is_html):
    pub.news(school, title="Общая встреча")
    pub.news(school, title="Для своих", audience="everybody")
    page = signed_in.get(reverse("rubric_pdf")).content.decode()
    assert ("по состоянию на 20.11.2024" in page, "Общая встреча" in page, "Для своих" in page) == (True, True, False)
