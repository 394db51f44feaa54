"""Item 2.2: a questionnaire for both sides of every group of pairs, published by the day and in use on it."""

import datetime

import pytest

from roadmap.indicators import measure_checkpoint, people
from surveys.models import Questionnaire
from surveys.tables import forms_in_use
from tests import factories as make
from tests.factories import TODAY


@pytest.fixture
def year(db):
    return make.year()


def form(year, audience, code=None, **fields):
    values = {"title": "Анкета", "purpose": "entry", "published_on": TODAY} | fields
    return Questionnaire.objects.create(
        school=year.school, code=code or f"f{Questionnaire.objects.count()}", audience=audience, **values
    )


def counted(year, on=TODAY):
    plan = getattr(year, "roadmap", None) or make.roadmap(year, items=0)
    found = plan.items.first() or make.roadmap_item(plan.sections.first(), indicator="questionnaire-forms")
    measured = measure_checkpoint(found.checkpoints.get(), on)
    have, lack = people(measured)
    assert (len(have), len(have) + len(lack)) == (measured.met, measured.total)
    return {name for name, _url, _words in have}, {name: words for name, _url, words in lack}


def test_a_group_has_its_forms_when_both_sides_have_one(year):
    form(year, "mentees")
    assert counted(year) == (set(), {"Все пары": "нет анкеты: наставники"})
    form(year, "mentors")
    assert counted(year) == ({"Все пары"}, {})


def test_one_for_everybody_serves_both_sides_and_one_of_a_group_serves_that_group_alone(year):
    young, others = (year.groups.create(name=name) for name in ("Молодые", "Остальные"))
    form(year, "group", group=young)
    assert counted(year) == (
        {young.name}, dict.fromkeys(["Все пары", others.name], "нет анкеты: наставники, наставляемые"),
    )  # fmt: skip
    form(year, "everybody")
    assert counted(year) == ({"Все пары", young.name, others.name}, {})


def test_it_is_as_of_the_day_and_last_years_count_while_they_are_in_use(year):
    before = TODAY - datetime.timedelta(days=300)
    old = form(year, "everybody", published_on=before, archived_on=TODAY)
    form(year, "mentees", published_on=None)
    form(make.year(), "everybody", published_on=before)  # of another school
    days = [before - datetime.timedelta(days=1), before, TODAY - datetime.timedelta(days=1), TODAY]
    assert [bool(counted(year, day)[0]) for day in days] == [False, True, True, False]
    table = forms_in_use(year.school_id, before)
    assert [row[0] for row in table.rows] == [old.title]


def test_a_satisfaction_survey_is_no_diagnostic_form(year):
    form(year, "everybody", purpose="satisfaction", anonymous=True)
    assert counted(year)[0] == set()
