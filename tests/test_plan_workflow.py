"""The plan's way from draft to completion, and who may take which step."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts import clock, workflow
from accounts.models import Entry, School
from pairs.models import Pair, Plan
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def ready(pair, **fields):
    return make.plan(pair, items=3, **fields)


def moves(plan, user):
    return [name for name, _move in workflow.available(plan, user)]


def test_a_plan_goes_from_draft_to_completed(pair):
    plan, curator = ready(pair), make.curator(pair.year.school)

    workflow.perform(plan, "submit", pair.mentee.person)
    assert (plan.state, plan.submitted_on, plan.waiting_since) == ("submitted", make.TODAY, make.TODAY)
    workflow.perform(plan, "approve", curator)
    assert (plan.state, plan.approved_on, plan.first_approved_on, plan.approved_by) == (
        "approved", make.TODAY, make.TODAY, curator,
    )  # fmt: skip
    plan.items.update(done_on=make.TODAY)
    workflow.perform(plan, "complete", pair.mentor.person)
    assert (plan.state, plan.completed_on) == ("completed", make.TODAY)
    assert [entry.by for entry in Entry.objects.about(plan)] == [pair.mentor.person, curator, pair.mentee.person]


def test_submitting_is_refused_with_everything_that_is_missing(pair):
    plan = make.plan(pair, items=2, goal=" ")
    item = plan.items.first()
    item.expected = ""
    item.save()

    assert len(plan.missing()) == 3
    with pytest.raises(workflow.Refused) as refusal:
        workflow.perform(plan, "submit", pair.mentor.person)
    assert str(refusal.value) == " ".join(str(gap) for gap in plan.missing())
    assert plan.state == "draft"


def test_a_line_due_outside_the_pairs_period_is_missing_something(pair):
    plan = ready(pair)
    plan.items.filter(position=0).update(due_on=datetime.date(2024, 8, 30))

    assert len(plan.missing()) == 1


def test_the_plan_of_an_ended_pair_cannot_be_decided(year):
    pair = make.pair(year, state=Pair.State.ENDED, ended_on=make.TODAY)

    assert len(ready(pair).missing()) == 1


def test_a_returned_plan_keeps_its_first_dates(pair):
    plan, curator = ready(pair), make.curator(pair.year.school)
    with clock.on(datetime.date(2024, 9, 5)):
        workflow.perform(plan, "submit", pair.mentor.person)
        workflow.perform(plan, "approve", curator)
    workflow.perform(plan, "reopen", curator, "Добавьте открытый урок")
    workflow.perform(plan, "submit", pair.mentor.person)
    workflow.perform(plan, "approve", curator)

    assert (plan.submitted_on, plan.first_approved_on) == (datetime.date(2024, 9, 5), datetime.date(2024, 9, 5))
    assert (plan.waiting_since, plan.approved_on) == (make.TODAY, make.TODAY)


@pytest.mark.parametrize("move", ["return", "reopen", "complete_short", "resume"])
def test_a_step_that_hurts_needs_words(pair, move):
    curator = make.curator(pair.year.school)
    state = Plan.MOVES[move].sources[0]
    plan = ready(pair, state=state, by=curator)

    with pytest.raises(workflow.Refused):
        workflow.perform(plan, move, curator, "  ")
    workflow.perform(plan, move, curator, "Так решили")
    assert plan.state == Plan.MOVES[move].target


def test_completing_is_refused_while_lines_are_undone(pair):
    curator = make.curator(pair.year.school)
    plan = ready(pair, state="approved", by=curator)

    with pytest.raises(workflow.Refused):
        workflow.perform(plan, "complete", curator)
    assert plan.state == "approved"


@pytest.mark.parametrize(
    "approver, person, allowed",
    [
        ("curator", "curator", True),
        ("curator", "head", True),
        ("head", "head", True),
        ("head", "curator", False),
        ("curator", "admin", False),
        ("curator", "mentor", False),
        ("curator", "mentee", False),
    ],
)
def test_who_approves(pair, approver, person, allowed):
    School.objects.filter(pk=pair.year.school_id).update(plan_approver=approver)
    plan = Plan.objects.get(pk=ready(pair, state="submitted").pk)
    people = {"mentor": pair.mentor.person, "mentee": pair.mentee.person}
    somebody = people.get(person) or make.person(pair.year.school, **{f"is_{person}": True})

    assert ("approve" in moves(plan, somebody)) is allowed


@pytest.mark.parametrize("side", ["mentor", "mentee"])
@pytest.mark.parametrize("move", ["approve", "return", "approve_paper"])
def test_nobody_decides_their_own_plan(year, side, move):
    pair = make.pair(year, **{f"the_{side}": getattr(make, side)(year, is_curator=True)})
    plan = ready(pair, state="submitted")
    person = getattr(pair, side).person

    with pytest.raises(PermissionDenied):
        workflow.perform(plan, move, person, "сам себе")


def test_of_approve_and_return_at_once_one_is_too_late(pair):
    curator = make.curator(pair.year.school)
    plan = ready(pair, state="submitted")
    seen_by_head = Plan.objects.get(pk=plan.pk)

    workflow.perform(plan, "approve", curator)
    with pytest.raises(workflow.TooLate):
        workflow.perform(seen_by_head, "return", make.head(pair.year.school), "Не то")
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_an_approval_on_paper_keeps_its_own_day_order_and_who_recorded_it(pair):
    curator, plan, day = make.curator(pair.year.school), ready(pair), datetime.date(2024, 9, 9)

    workflow.perform(plan, "approve_paper", curator, approved_on=day, order="12-о", scan=None)

    assert (plan.state, plan.approved_on, plan.first_approved_on, plan.submitted_on) == ("approved", day, day, day)
    assert (plan.approved_from_paper, plan.approval_order, plan.approved_by) == (True, "12-о", curator)


def test_waiting_days_are_counted_only_while_the_plan_waits(pair):
    plan = ready(pair, state="submitted", waiting_since=datetime.date(2024, 11, 13))

    assert plan.waiting_days == 7
    plan.state = "approved"
    assert plan.waiting_days is None
