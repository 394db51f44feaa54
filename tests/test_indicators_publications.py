"""2.1, 4.1, 4.2: materials of the groups, the section on the official site, what was placed there month by month."""

from datetime import date, timedelta

import pytest

from accounts import clock
from publications import actions
from roadmap.indicators import measure_checkpoint, people
from roadmap.models import Section
from tests import factories as make
from tests import publishing as pub

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
TODAY = make.TODAY


@pytest.fixture
def year(settings):
    settings.LANGUAGE_CODE = "ru"
    made = make.year()
    pub.months(made)
    return made


@pytest.fixture
def school(year):
    return year.school


def item(year, code, **fields):
    """The checkpoints of an item with that indicator."""
    plan = getattr(year, "roadmap", None) or make.roadmap(year, items=0)
    section = Section.objects.get(roadmap=plan)
    return list(make.roadmap_item(section, "4.2", indicator=code, **fields).checkpoints.all())


def number(checkpoint, on=TODAY):
    """(met, total); checks that the drill-down agrees."""
    found = measure_checkpoint(checkpoint, on)
    counted, missing = people(found)
    assert (len(counted), len(counted) + len(missing)) == (found.met, found.total)
    return found.met, found.total


def test_a_group_needs_a_material_of_each_kind_addressed_to_it(year, school):
    (checkpoint,) = item(year, "materials")
    young, old = year.groups.create(name="Молодые"), year.groups.create(name="Опытные")
    assert number(checkpoint) == (0, 3)
    for sort in ("programme", "methodical"):
        pub.material(school, sort)
    pub.material(school, "didactic", audience="group", group=young)
    assert number(checkpoint) == (1, 3)
    found = people(measure_checkpoint(checkpoint, TODAY))
    assert [(name, words) for name, _url, words in found[0]] == [("Молодые", "")]
    assert {(name, words) for name, _url, words in found[1]} == {
        ("Все пары", "нет: дидактический"), (old.name, "нет: дидактический"),
    }  # fmt: skip
    pub.material(school, "didactic", audience="group", group=year.groups.get(holds_all=True))
    assert number(checkpoint) == (3, 3)


def test_only_what_was_published_by_the_day_and_not_withdrawn_serves_a_group(year, school):
    (checkpoint,) = item(year, "materials")
    week = timedelta(days=7)
    for sort in ("programme", "methodical"):
        pub.material(school, sort, published_on=TODAY - week)
    last = pub.material(school, "didactic", published_on=TODAY)
    pub.material(make.school(), "didactic", published_on=TODAY - week)
    assert [number(checkpoint, day) for day in (TODAY - week, TODAY)] == [(0, 1), (1, 1)]
    type(last).objects.filter(pk=last.pk).update(state="withdrawn", withdrawn_on=TODAY + week)
    assert [number(checkpoint, day) for day in (TODAY, TODAY + week)] == [(1, 1), (0, 1)]


def test_the_section_counts_from_the_day_it_stands_on_the_site_until_it_goes(year, school):
    (checkpoint,) = item(year, "rubric")
    keeper = make.person(school, is_site_keeper=True)
    (row,) = actions.place(address="https://site.test", placed_on=TODAY, by=keeper, section=True)
    days = [TODAY - timedelta(days=1), TODAY]
    assert [measure_checkpoint(checkpoint, day).text for day in days] == ["нет", "да"]
    assert measure_checkpoint(checkpoint, TODAY).beside == ["с 20.11.2024: https://site.test"]
    with clock.on(TODAY + timedelta(days=3)):
        actions.take_down(placement=row, on=clock.today(), by=keeper)
        assert [measure_checkpoint(checkpoint, day).text for day in (TODAY, clock.today())] == ["да", "нет"]


def test_each_month_is_asked_about_by_itself(year, school):
    months = item(year, "monthly-information", deadline_kind="whole_period", due_on=year.teaching_ends_on)
    assert len(months) == 9
    september, october, november = months[:3]
    pub.placed(pub.news(school), on=date(2024, 10, 31))
    pub.placed(pub.news(make.school()), on=date(2024, 9, 5))
    assert [number(month) for month in (september, october, november)] == [(0, 1), (1, 1), (0, 0)]
    assert measure_checkpoint(november, TODAY).text == "срок не наступил"
    assert measure_checkpoint(november, TODAY).beside == ["за период: 1 из 2 мес."]
    pub.placed(pub.news(school), on=TODAY)
    assert number(november) == (1, 1)
    assert number(november, TODAY - timedelta(days=1)) == (0, 0)


def test_the_section_itself_is_no_update_and_what_was_taken_down_was_one(year, school):
    september = item(year, "monthly-information", deadline_kind="whole_period", due_on=year.teaching_ends_on)[0]
    keeper = make.person(school, is_site_keeper=True)
    actions.place(address="https://site.test", placed_on=date(2024, 9, 5), by=keeper, section=True)
    assert number(september) == (0, 1)
    row = pub.placed(pub.news(school), keeper, date(2024, 9, 20))
    actions.take_down(placement=row, on=TODAY, by=keeper)
    assert number(september) == (1, 1)


def test_an_item_with_one_date_counts_all_its_months(year, school):
    (checkpoint,) = item(year, "monthly-information", due_on=TODAY)
    for month in (9, 10):
        pub.placed(pub.news(school), on=date(2024, month, 15))
    assert number(checkpoint) == (2, 2)
    assert number(checkpoint, date(2024, 12, 20)) == (2, 3)
