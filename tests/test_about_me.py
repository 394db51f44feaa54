"""What is kept about me: all of it and nobody else's, in words, with the same queries for one pair and for three."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.clock import on
from accounts.models import Consent
from mentorship_portal.about_me import GROUPS, about, belongs, heading, shown_fields
from mentorship_portal.personal_data import PERSONAL
from pairs.models import Attendance
from tests import factories as make
from tests.access_world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    with on(make.TODAY):
        yield make.year(state="current")


def busy(year, number):
    """A mentor with so many pairs, their meetings, plans and answers."""
    mentor = make.mentor(year)
    wave = make.wave(make.period(year), side="mentor", competences=[make.competence(year.school)])
    for _n in range(number):
        pair = make.pair(year, mentor)
        make.plan(pair, items=number)
        make.meeting(pair)
    make.response(wave, mentor, 3, 3, 3)
    return mentor.person


def parts(person):
    return {part.label: part for chapter in about(person) for part in chapter.parts}


def test_every_kind_of_personal_data_has_its_place():
    assert [label for label in PERSONAL if not any(belongs(label, group) for group in GROUPS)] == []


def test_every_column_has_a_russian_name():
    with translation.override("ru"):
        names = {
            f"{label}.{each.name}": heading(each)
            for label in PERSONAL
            for each in shown_fields(apps.get_model(label), label)
        }
    assert {place: name for place, name in names.items() if not re.search("[а-яё]", name.lower())} == {}


def test_the_page_tells_values_as_people_read_them(year):
    mentee = make.mentee(year, last_name="Белых")
    pair = make.pair(year, the_mentee=mentee)
    Attendance.objects.filter(meeting=make.meeting(pair)).update(private_note="Только для двоих")
    with translation.override("ru"):
        found = parts(mentee.person)
        card = {column.heading: cell for column, cell in found["pairs.TeacherCard"].facts}
        assert (card["Предмет"], card["Уровень"]) == ("математика", "Основная школа")
        [row] = found["pairs.Pair"].table.cells()
        assert {pair.mentor.person.full_name, "Белых Анна " + mentee.person.patronymic} <= set(row)
        assert "Только для двоих" in next(found["pairs.Attendance"].table.cells())
    assert len(found["accounts.Consent"].rows) == Consent.objects.filter(person=mentee.person).count() == 2


def test_each_part_says_who_reads_it_and_how_it_ends(year):
    with translation.override("ru"):
        chapter = next(each for each in about(busy(year, 1)) if str(each.group.title) == "Встречи")
    assert str(chapter.group.readers).endswith("личные заметки – только пара.")
    assert [str(what) for what, _names in chapter.ends][-1] == "остаётся без вашего имени, для подсчётов"


def test_the_queries_do_not_grow_with_what_is_kept(year):
    taken = []
    for number in (1, 3):
        person = busy(year if number == 1 else make.year(state="current"), number)
        with CaptureQueriesContext(connection) as found:
            about(person)
        taken.append(len(found))
    assert taken[0] == taken[1]


def test_nothing_of_others_is_told(world):
    """The pair's own words are there; the colleagues' names, answers and notes are not."""
    page = client_of(world.keys["mentee"]).get(reverse("about_me"), {"all": "1"}).content.decode()
    others = (world.own.newcomer_part.person, world.own.colleague_part.person, world.own.stranger)
    assert [person.full_name for person in others if person.full_name in page] == []
    assert (world.own.mentor.full_name in page, "Чужбина" in page) == (True, False)


def test_the_file_holds_the_same_rows(world):
    from io import BytesIO

    answer = client_of(world.keys["mentee"]).get(reverse("about_me_file"))
    book = load_workbook(BytesIO(answer.content))
    rows = sum(sheet.max_row - 1 for sheet in book.worksheets[:-1])
    with translation.override("ru"), on(make.TODAY):
        assert rows == sum(len(part.rows) for part in parts(world.own.mentee).values())
    assert [sheet.title for sheet in book.worksheets][-1] == "О выгрузке"


def test_a_password_or_its_print_is_never_told(world):
    page = client_of(world.keys["mentee"]).get(reverse("about_me"), {"all": "1"}).content.decode()
    assert world.own.mentee.password not in page
