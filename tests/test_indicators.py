"""Each indicator in a small world: the number, the people counted and the people missed come from one definition."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import DiagnosticPeriod, Participation
from pairs.models import Declined, Pair, Pause, Plan, PlanItem, Step
from roadmap.indicators import INDICATORS, measure, measure_checkpoint, people
from roadmap.known import KNOWN
from roadmap.models import Checkpoint, Section
from roadmap.states import ItemState
from tests import factories as f

TODAY = f.TODAY
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def russian_day(settings):
    settings.LANGUAGE_CODE = "ru"
    with clock.on(TODAY):
        yield


@pytest.fixture
def year():
    return f.year()


def item(year, code, **fields):
    """The checkpoint of an item with that indicator in the year's roadmap."""
    plan = getattr(year, "roadmap", None) or f.roadmap(year, items=0)
    section = Section.objects.get(roadmap=plan)
    return f.roadmap_item(section, f"9.{len(plan.items.all())}", indicator=code, **fields).checkpoints.first()


def number(checkpoint, on=TODAY):
    """(met, total) as the page shows them; checks that the drill-down agrees."""
    found = measure_checkpoint(checkpoint, on)
    counted, missing = people(found)
    assert (len(counted), len(counted) + len(missing)) == (found.met, found.total)
    return found.met, found.total


def names(checkpoint, on=TODAY):
    counted, missing = people(measure_checkpoint(checkpoint, on))
    return {name for name, _url, _words in counted}, {name for name, _url, _words in missing}


def test_all_21_items_of_the_sample_have_their_indicator():
    assert list(INDICATORS) == [known.code for known in KNOWN]


def test_every_indicator_of_the_sample_is_counted():
    assert [known.number for known in KNOWN if not INDICATORS[known.code].is_counted] == []


# ---------------------------------------------------------------- 1.1, 1.2


def teacher(year, months, **card):
    somebody = f.person(year.school)
    f.card(somebody, experience_months=months, **card)
    return somebody


def test_1_1_counts_teachers_under_the_threshold_of_experience(year):
    teacher(year, months=35)
    teacher(year, months=36)
    assert number(item(year, "mentee-base")) == (0, 1)


def test_1_1_lets_experience_grow_from_the_day_it_was_written_down(year):
    just_over = TODAY - datetime.timedelta(days=31)
    teacher(year, months=35, experience_on=just_over)
    teacher(year, months=34, experience_on=just_over)
    assert number(item(year, "mentee-base")) == (0, 1)


def test_1_1_agrees_with_the_card_on_every_day_of_a_month(year):
    cards = [
        teacher(year, months=35, experience_on=TODAY - datetime.timedelta(days=days)).card for days in range(20, 45)
    ]
    young = [card for card in cards if card.experience_now(TODAY) < 36]
    assert number(item(year, "mentee-base")) == (0, len(young))


def test_1_1_is_decided_by_taking_part_or_by_declining_with_a_reason(year):
    Declined.objects.create(year=year, person=teacher(year, 5), reason="Декретный отпуск", on=TODAY)
    f.mentee(year)
    waiting = teacher(year, 5)
    checkpoint = item(year, "mentee-base")
    assert number(checkpoint) == (2, 3)
    assert names(checkpoint)[1] == {waiting.full_name}


def test_1_1_does_not_ask_about_a_young_mentor(year):
    Participation.objects.create(year=year, person=teacher(year, 12), side="mentor", capacity=1, since=year.starts_on)
    assert number(item(year, "mentee-base")) == (0, 0)


@pytest.mark.parametrize("capacity, is_met", [(1, False), (2, True)])
def test_1_2_is_met_when_the_places_are_no_fewer_than_the_mentees(year, capacity, is_met):
    f.mentee(year), f.mentee(year)
    f.mentor(year, capacity=capacity)
    f.mentor(year, capacity=0)
    checkpoint = item(year, "mentor-base")
    assert number(checkpoint) == (1, 2)
    assert measure_checkpoint(checkpoint, TODAY).is_met is is_met


# ---------------------------------------------------------------- 1.4 to 1.8


def test_1_4_counts_mentees_with_a_main_mentor_fixed_by_an_order(year):
    f.pair(year)
    f.pair(year, is_main=False)
    f.draft_pair(year)
    ended = f.pair(year, state=Pair.State.ENDED, ended_on=TODAY)
    checkpoint = item(year, "pairs-formed")
    assert number(checkpoint) == (1, 4)
    assert number(checkpoint, on=TODAY - datetime.timedelta(days=1)) == (2, 4)
    assert ended.mentee.person.full_name in names(checkpoint)[1]


def test_1_4_keeps_a_paused_and_a_completed_pair(year):
    Pause.objects.create(pair=f.pair(year), since=TODAY, reason="Больничный")
    f.pair(year, state=Pair.State.COMPLETED, completed_on=TODAY)
    assert number(item(year, "pairs-formed")) == (2, 2)


def only_step(year, due_on):
    Step.objects.filter(year=year).delete()
    return Step.objects.create(year=year, code="acquaintance", due_on=due_on)


def test_1_5_counts_pairs_that_owe_no_step(year):
    step = only_step(year, datetime.date(2024, 9, 20))
    held, owing = f.pair(year), f.pair(year)
    f.meeting(held).steps.add(step)
    checkpoint = item(year, "pairs-work")
    assert number(checkpoint) == (1, 2)
    assert names(checkpoint) == ({str(held)}, {str(owing)})


def test_1_5_leaves_out_paused_and_ended_pairs_and_says_so(year):
    f.pair(year)
    Pause.objects.create(pair=f.pair(year), since=TODAY, reason="Больничный")
    f.pair(year, state=Pair.State.ENDED, ended_on=TODAY)
    found = measure_checkpoint(item(year, "pairs-work"), TODAY)
    assert found.total == 1
    assert found.beside[1] == "не считаются: на паузе 1, прекращены досрочно 1"


def test_1_6_wants_both_the_acquaintance_and_a_submitted_plan(year):
    step = Step.objects.get(year=year, code="acquaintance")
    both, met, planned = f.pair(year), f.pair(year), f.pair(year)
    for each in (both, met):
        f.meeting(each).steps.add(step)
    for each in (both, planned):
        f.plan(each, state=Plan.State.SUBMITTED)
    checkpoint = item(year, "first-meetings")
    assert number(checkpoint) == (1, 3)
    assert names(checkpoint)[0] == {str(both)}


def test_1_6_does_not_count_a_meeting_the_mentee_objects_to(year):
    each = f.pair(year)
    f.plan(each, state=Plan.State.SUBMITTED)
    meeting = f.meeting(each)
    meeting.steps.add(Step.objects.get(year=year, code="acquaintance"))
    meeting.attendances.update(answer="objected", objection="Не встречались")
    assert number(item(year, "first-meetings")) == (0, 1)


def test_1_7_counts_a_plan_once_approved_even_when_it_was_returned_later(year):
    boss = f.head(year.school)
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=boss)
    f.plan(f.pair(year), state=Plan.State.RETURNED, first_approved_on=TODAY)
    f.plan(f.pair(year), state=Plan.State.SUBMITTED)
    assert number(item(year, "plans-approved")) == (2, 3)


def test_1_7_says_how_many_were_approved_by_the_date(year):
    boss = f.head(year.school)
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=boss)
    late = datetime.date(2024, 10, 3)
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=boss, first_approved_on=late, approved_on=late)
    found = measure_checkpoint(item(year, "plans-approved", due_on=datetime.date(2024, 10, 2)), TODAY)
    assert (found.met, found.beside) == (2, ["к сроку: 1"])


def test_a_pair_formed_late_is_due_14_days_after_its_order(year):
    f.pair(year)
    f.pair(year, since=TODAY - datetime.timedelta(days=13))
    f.pair(year, since=TODAY - datetime.timedelta(days=14))
    assert number(item(year, "plans-approved")) == (0, 2)


def test_before_the_date_every_pair_of_the_year_is_counted(year):
    f.pair(year)
    f.pair(year, since=TODAY)
    assert number(item(year, "plans-approved", due_on=TODAY)) == (0, 2)


def test_1_8_counts_pairs_under_90_percent_and_pairs_without_a_plan(year):
    boss = f.head(year.school)
    good = f.plan(f.pair(year), items=1, state=Plan.State.APPROVED, by=boss)
    PlanItem.objects.filter(plan=good).update(done_on=datetime.date(2024, 10, 15))
    f.plan(f.pair(year), items=1, state=Plan.State.APPROVED, by=boss)
    f.pair(year)
    checkpoint = item(year, "plans-delivered")
    assert number(checkpoint) == (2, 3)
    found = measure_checkpoint(checkpoint, TODAY)
    assert (found.is_met, found.target_text, found.text) == (False, "цель 0", "2 из 3")
    words = {words for _name, _url, words in people(found)[0]}
    assert words == {"0 из 1", "нет плана"}


def test_1_8_takes_the_whole_plan_at_the_end_of_the_period(year):
    boss = f.head(year.school)
    plan = f.plan(f.pair(year), items=2, state=Plan.State.APPROVED, by=boss)
    first = plan.items.first()
    PlanItem.objects.filter(pk=first.pk).update(done_on=first.due_on)
    PlanItem.objects.exclude(pk=first.pk).update(due_on=datetime.date(2025, 7, 1))
    checkpoint = item(year, "plans-delivered")
    assert number(checkpoint) == (0, 1)
    assert number(checkpoint, on=year.teaching_ends_on) == (1, 1)


# ---------------------------------------------------------------- 3.2, 3.3, 5.1, 5.3


def diagnostics(year):
    """Two periods, a closed one and one to come, and the item's checkpoints."""
    f.period(year, 1, datetime.date(2024, 9, 9), datetime.date(2024, 9, 27))
    f.period(year, 2, datetime.date(2025, 2, 15), datetime.date(2025, 3, 6))
    checkpoint = item(year, "diagnostics", deadline_kind="recurring", times_a_year=4, due_on=None)
    return list(checkpoint.item.checkpoints.all())


def test_3_2_counts_each_period_by_itself(year):
    first, second = diagnostics(year)
    pair = f.pair(year)
    f.pair(year, since=TODAY)  # not yet a participant when the first period closed
    period = DiagnosticPeriod.objects.get(year=year, number=1)
    wave = f.wave(period)
    f.response(wave, pair.mentee)
    assert number(first) == (1, 1)  # the mentors are not asked yet
    f.wave(period, "mentor")
    assert number(first) == (1, 2)
    assert number(second) == (0, 0)  # not due yet
    assert names(first) == ({pair.mentee.person.full_name}, {pair.mentor.person.full_name})


def test_3_2_does_not_count_a_draft(year):
    first, _second = diagnostics(year)
    wave = f.wave(DiagnosticPeriod.objects.get(year=year, number=1))
    f.response(wave, f.pair(year).mentee, submitted_on=None)
    assert number(first) == (0, 1)


def test_3_2_stands_at_the_first_open_period_that_has_begun(year):
    first, second = diagnostics(year)
    f.pair(year)
    plan = year.roadmap
    assert measure(plan, TODAY)[first.item_id].checkpoint == first
    Checkpoint.objects.filter(pk=first.pk).update(
        state="explained", explanation="Бумага", closed_on=TODAY, closed_by=f.curator(year.school)
    )
    found = measure(plan, TODAY)[first.item_id]
    assert (found.checkpoint, found.state, found.progress) == (first, ItemState.RUNNING, "закрыто 1 из 2")
    assert measure(plan, second.opens_on)[first.item_id].checkpoint == second


def test_3_3_counts_complete_cards_and_names_the_gaps(year):
    pair = f.pair(year)
    card = pair.mentee.person.card
    type(card).objects.filter(pk=pair.mentor.person.card.pk).update(completed_on=TODAY)
    type(card).objects.filter(pk=card.pk).update(subject="", completed_on=None)
    checkpoint = item(year, "personal-record")
    assert number(checkpoint) == (1, 2)
    assert [words for _name, _url, words in people(measure_checkpoint(checkpoint, TODAY))[1]] == ["предмет"]


def test_5_1_counts_what_is_done_among_what_is_due_without_itself(year):
    boss = f.curator(year.school)
    closed = {"closed_on": TODAY, "closed_by": boss}
    done, explained, _late = item(year, "rubric"), item(year, "council"), item(year, "training")
    item(year, "materials", due_on=TODAY + datetime.timedelta(days=1))
    Checkpoint.objects.filter(pk=done.pk).update(state="done", **closed)
    Checkpoint.objects.filter(pk=explained.pk).update(state="explained", explanation="Отменено", **closed)
    checkpoint = item(year, "roadmap-control")
    assert number(checkpoint) == (1, 3)
    found = measure_checkpoint(checkpoint, TODAY)
    assert found.beside == ["закрыто с пояснением, выполненными не считаются: 1"]


def test_5_3_is_the_approval_of_the_roadmap(year):
    checkpoint = item(year, "roadmap-made")
    assert measure_checkpoint(checkpoint, TODAY).text == "нет"
    type(year.roadmap).objects.update(state="approved", approved_on=TODAY, approved_by=f.head(year.school))
    found = measure_checkpoint(checkpoint, TODAY)
    assert (found.text, found.beside) == ("да", ["утверждена 20.11.2024"])


# ---------------------------------------------------------------- whatever the indicator


def test_another_school_and_another_year_are_not_counted(year):
    f.pair(year)
    f.pair(f.year())
    f.pair(f.year(year.school, first_year=2023, state="closed"), since=datetime.date(2023, 9, 2))
    assert number(item(year, "plans-approved")) == (0, 1)
    assert number(item(year, "pairs-formed")) == (1, 1)


def test_nothing_due_yet_and_no_data_are_told_apart_from_zero(year):
    ahead = item(year, "plans-approved", due_on=TODAY)
    passed = item(year, "first-meetings", due_on=TODAY - datetime.timedelta(days=1))
    assert measure_checkpoint(ahead, TODAY).text == "срок не наступил"
    assert measure_checkpoint(passed, TODAY).text == "нет данных"


def test_the_percentage_is_rounded_down(year):
    boss = f.head(year.school)
    for _n in range(2):
        f.plan(f.pair(year), state=Plan.State.APPROVED, by=boss)
    f.pair(year)
    assert measure_checkpoint(item(year, "plans-approved"), TODAY).text == "2 из 3 (66\u00a0%)"


def test_the_target_of_the_paper_goes_before_the_usual_one(year):
    boss = f.head(year.school)
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=boss)
    f.pair(year)
    assert measure_checkpoint(item(year, "plans-approved", target=50), TODAY).is_met is True
    assert measure_checkpoint(item(year, "plans-approved", target=60), TODAY).is_met is False


def test_all_numbers_cost_the_same_queries_for_1_and_for_3_pairs(year):
    for known in KNOWN:
        item(year, known.code)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            measure(year.roadmap, TODAY)
        return len(captured)

    f.pair(year)
    alone = queries()
    f.pair(year), f.pair(year)
    assert queries() == alone == 24
