"""What pairs did, by the date of the fact: the sets that indicators and Today are made of."""

import datetime

import pytest

from pairs.models import Attendance, Pair, Plan, Step
from tests import factories as make

pytestmark = pytest.mark.django_db


def day(month, number, year=2024):
    return datetime.date(year, month, number)


@pytest.fixture
def year():
    return make.year()


def held(pair, *codes, on):
    meeting = make.meeting(pair, on=on)
    meeting.steps.set(Step.objects.filter(year=pair.year, code__in=codes))
    return meeting


def test_a_step_counts_from_the_day_of_its_meeting(year):
    pair = make.pair(year)
    held(pair, "acquaintance", on=day(9, 5))

    assert list(Pair.objects.with_step_held("acquaintance", day(9, 4))) == []
    assert list(Pair.objects.with_step_held("acquaintance", day(9, 5))) == [pair]
    assert list(Pair.objects.with_step_held("trial", day(9, 5))) == []


@pytest.mark.parametrize("fields", [{"state": "planned"}, {"state": "cancelled"}])
def test_a_meeting_that_did_not_take_place_holds_no_step(year, fields):
    meeting = held(make.pair(year), "trial", on=day(9, 5))
    type(meeting).objects.update(**fields)

    assert list(Pair.objects.with_step_held("trial", day(12, 1))) == []


def test_a_meeting_objected_to_counts_for_the_other_mentee_alone(year):
    mentor = make.mentor(year)
    first, second = make.pair(year, mentor), make.pair(year, mentor)
    meeting = make.meeting(first, second, on=day(9, 5))
    meeting.steps.set(Step.objects.filter(code="trial"))
    Attendance.objects.filter(pair=first).update(answer="objected", objection="Не было")

    assert list(Pair.objects.with_step_held("trial", day(12, 1))) == [second]


def test_every_due_step_must_be_held(year):
    """Steps of the factory's year are due every week from 10 September."""
    pair = make.pair(year)
    held(pair, "acquaintance", on=day(9, 5))

    assert list(Pair.objects.with_all_due_steps_held(day(9, 16))) == [pair]
    assert list(Pair.objects.with_all_due_steps_held(day(9, 17))) == []
    held(pair, "trial", on=day(9, 17))
    assert list(Pair.objects.with_all_due_steps_held(day(9, 17))) == [pair]


def test_a_pair_formed_late_has_fourteen_days(year):
    pair = make.pair(year, since=day(11, 1))

    assert list(Pair.objects.with_all_due_steps_held(day(11, 14))) == [pair]
    assert list(Pair.objects.with_all_due_steps_held(day(11, 15))) == []


def test_pairs_without_a_meeting_began_before_and_met_not_since(year):
    silent, met, new = make.pair(year), make.pair(year), make.pair(year, since=day(11, 10))
    make.meeting(silent, on=day(10, 1))
    make.meeting(met, on=day(11, 2))

    assert list(Pair.objects.without_meeting_since(day(11, 1))) == [silent]
    assert new.starts_on > day(11, 1)


def test_a_plan_counts_as_submitted_and_approved_from_its_day_and_for_ever(year):
    pair = make.pair(year)
    make.plan(pair, state=Plan.State.RETURNED, first_approved_on=day(9, 20), waiting_since=None)

    assert list(Pair.objects.with_plan_submitted(day(9, 8))) == []
    assert list(Pair.objects.with_plan_submitted(day(9, 9))) == [pair]
    assert list(Pair.objects.with_plan_approved(day(9, 19))) == []
    assert list(Pair.objects.with_plan_approved(day(9, 20))) == [pair]


def test_something_is_due_when_a_line_is_or_when_the_plan_is_late(year):
    """Lines of the factory's plan are due from 15 October."""
    curator = make.curator(year.school)
    planned, planless, new = make.pair(year), make.pair(year), make.pair(year, since=day(10, 10))
    make.plan(planned, state=Plan.State.APPROVED, by=curator)

    assert list(Pair.objects.with_something_due(day(9, 15))) == []
    assert list(Pair.objects.with_something_due(day(10, 14))) == [planless]
    assert set(Pair.objects.with_something_due(day(10, 15))) == {planned, planless}
    assert new in Pair.objects.with_something_due(day(10, 24))


def test_under_delivery_is_less_than_ninety_percent_of_what_is_due(year):
    curator = make.curator(year.school)
    pair = make.pair(year)
    plan = make.plan(pair, items=2, state=Plan.State.APPROVED, by=curator)
    first, second = plan.items.all()

    assert list(Pair.objects.under_delivery(day(10, 14))) == []
    assert list(Pair.objects.under_delivery(day(10, 15))) == [pair]
    type(first).objects.filter(pk=first.pk).update(done_on=day(10, 20))
    assert list(Pair.objects.under_delivery(day(10, 19))) == [pair]
    assert list(Pair.objects.under_delivery(day(10, 20))) == []
    assert list(Pair.objects.under_delivery(day(10, 20), whole=True)) == [pair]
    assert list(Pair.objects.under_delivery(day(10, 20), percent=50, whole=True)) == []
    assert second.done_on is None


def test_a_pair_without_an_approved_plan_is_under_delivery(year):
    pair, drafting = make.pair(year), make.pair(year)
    make.plan(drafting)

    assert set(Pair.objects.under_delivery(day(10, 1))) == {pair, drafting}


def test_each_set_costs_one_query(year, django_assert_num_queries):
    for _each in range(3):
        make.plan(make.pair(year))
    on = day(12, 1)
    verbs = (
        lambda rows: rows.with_step_held("trial", on),
        lambda rows: rows.with_all_due_steps_held(on),
        lambda rows: rows.without_meeting_since(on),
        lambda rows: rows.with_plan_approved(on),
        lambda rows: rows.with_something_due(on),
        lambda rows: rows.under_delivery(on),
        lambda rows: rows.with_plan_figures(on),
    )
    for verb in verbs:
        with django_assert_num_queries(1):
            list(verb(Pair.objects.all()))
