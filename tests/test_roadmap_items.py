"""An item's way: its state, its closing, and what was done before the portal was used."""

import datetime

import pytest
from django.urls import reverse

from accounts import workflow
from accounts.workflow import Refused, TooLate
from pairs.models import Plan
from roadmap.indicators import measure, measure_checkpoint, tally
from roadmap.models import Checkpoint
from roadmap.states import ItemState, state_of
from tests import factories as f

TODAY = f.TODAY
A_DAY = datetime.timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def proved(found, by, **fields):
    f.proof(found, by, **fields)
    return found


# ---------------------------------------------------------------- the state


PAST, AHEAD = TODAY - A_DAY, TODAY + A_DAY


@pytest.mark.parametrize(
    "is_met, has_proof, due_on, opens_on, expected",
    [
        (True, True, AHEAD, None, ItemState.READY),
        (True, True, PAST, None, ItemState.READY),
        (True, False, PAST, None, ItemState.NO_PROOF),
        (True, False, AHEAD, None, ItemState.NO_PROOF),
        (False, True, PAST, None, ItemState.OVERDUE),
        (False, False, PAST, None, ItemState.OVERDUE),
        (False, False, TODAY, None, ItemState.RUNNING),
        (False, False, AHEAD, AHEAD, ItemState.NOT_DUE),
        (None, True, PAST, None, ItemState.READY),
        (None, False, PAST, None, ItemState.OVERDUE),
        (None, False, AHEAD, None, ItemState.RUNNING),
        (None, False, None, None, ItemState.RUNNING),
    ],
)
def test_the_state_of_an_open_checkpoint(year, is_met, has_proof, due_on, opens_on, expected):
    found = f.checkpoint(year)
    found.due_on, found.opens_on = due_on, opens_on
    assert state_of(found, on=TODAY, is_met=is_met, has_proof=has_proof) == expected


def test_an_item_over_the_whole_period_runs_until_its_end(year):
    found = f.checkpoint(year, deadline_kind="whole_period", due_on=None)
    end = year.teaching_ends_on
    assert state_of(found, on=TODAY, is_met=True, has_proof=False) == ItemState.RUNNING
    assert state_of(found, on=end, is_met=True, has_proof=False) == ItemState.NO_PROOF


def test_the_roadmap_at_a_glance_counts_items_by_state(year, curator):
    f.met_checkpoint(year)
    f.checkpoint(year, indicator="rubric", due_on=PAST)
    proved(f.checkpoint(year, indicator=""), curator)
    glance = [(state, count) for state, _label, count in tally(measure(year.roadmap, TODAY))]
    assert glance == [("overdue", 1), ("no_proof", 1), ("ready", 1)]


# ---------------------------------------------------------------- closing


def close(found, by, name="close", **fields):
    return workflow.perform(Checkpoint.objects.get(pk=found.pk), name, by, **fields)


def test_an_item_is_closed_with_its_number_and_its_proof_and_keeps_the_figures(year, curator):
    done = close(proved(f.met_checkpoint(year), curator), curator)
    assert (done.state, done.closed_on, done.closed_by, done.was_on_time) == ("done", TODAY, curator, True)
    assert done.figures == {"text": "1 из 1 (100\u00a0%)", "total": 1, "met": 1, "target": 100, "on": "2024-11-20"}
    f.pair(year)
    assert measure_checkpoint(done, TODAY).text == "1 из 1 (100\u00a0%)"


@pytest.mark.parametrize("has_number, has_proof", [(True, False), (False, True), (False, False)])
def test_an_item_is_not_closed_without_its_number_or_its_proof(year, curator, has_number, has_proof):
    found = f.met_checkpoint(year) if has_number else f.checkpoint(year)
    if has_proof:
        proved(found, curator)
    with pytest.raises(Refused):
        close(found, curator)
    assert Checkpoint.objects.get(pk=found.pk).state == "open"


def test_a_withdrawn_proof_does_not_close_an_item(year, curator):
    found = proved(f.met_checkpoint(year), curator, withdrawn_on=TODAY, withdrawn_reason="Не тот приказ")
    with pytest.raises(Refused):
        close(found, curator)


def test_an_item_is_closed_with_a_written_reason_instead(year, curator):
    found = f.checkpoint(year, due_on=PAST)
    with pytest.raises(Refused):
        close(found, curator, "explain", comment=" ", explanation=" ")
    done = close(found, curator, "explain", comment="Приказ задержан", explanation="Приказ задержан")
    assert (done.state, done.explanation) == ("explained", "Приказ задержан")
    assert measure_checkpoint(done, TODAY).state == ItemState.EXPLAINED


def test_an_item_whose_number_came_late_is_done_late(year, curator):
    late = {"first_approved_on": TODAY, "approved_on": TODAY}
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=f.head(year.school), **late)
    done = close(proved(f.checkpoint(year, due_on=PAST), curator), curator)
    assert measure_checkpoint(done, TODAY).state == ItemState.DONE_LATE


def test_an_item_closed_late_whose_number_was_there_in_time_is_done(year, curator):
    done = close(proved(f.met_checkpoint(year, due_on=PAST), curator), curator)
    assert measure_checkpoint(done, TODAY).state == ItemState.DONE


@pytest.mark.parametrize("dated, expected", [(PAST, ItemState.DONE), (TODAY, ItemState.DONE_LATE)])
def test_where_nothing_is_counted_the_date_of_the_proof_tells(year, curator, dated, expected):
    found = proved(f.checkpoint(year, indicator="", due_on=PAST), curator, dated=dated)
    assert measure_checkpoint(close(found, curator), TODAY).state == expected


def test_a_closed_item_is_reopened_with_a_reason(year, curator):
    done = close(proved(f.met_checkpoint(year), curator), curator)
    with pytest.raises(Refused):
        close(done, curator, "reopen")
    again = close(done, curator, "reopen", comment="Ошибка")
    assert (again.state, again.closed_on, again.closed_by, again.figures) == ("open", None, None, None)


def test_of_two_closings_one_is_told(year, curator):
    found = proved(f.met_checkpoint(year), curator)
    first, second = Checkpoint.objects.get(pk=found.pk), Checkpoint.objects.get(pk=found.pk)
    workflow.perform(first, "close", curator)
    with pytest.raises(TooLate):
        workflow.perform(second, "close", curator)


def test_nothing_is_closed_in_a_closed_year(client, year, curator):
    found = proved(f.met_checkpoint(year), curator)
    type(year).objects.update(state="closed")
    client.force_login(curator)
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "close"]))
    assert (answer.status_code, Checkpoint.objects.get(pk=found.pk).state) == (403, "open")


# ---------------------------------------------------------------- the page


def page(client, user, found, query=""):
    client.force_login(user)
    return client.get(reverse("roadmap_item", args=[found.item_id]) + query)


def test_the_page_offers_to_close_only_what_can_be_closed(client, year, curator):
    found = f.met_checkpoint(year)
    names = lambda answer: [name for name, _move in answer.context["moves"]]
    before = page(client, curator, found)
    assert (names(before), len(before.context["gaps"])) == (["explain"], 1)
    proved(found, curator)
    after = page(client, curator, found)
    assert (names(after), after.context["gaps"]) == (["close", "explain"], [])


def test_mentor_and_mentee_read_the_number_and_no_names(client, year):
    found = f.met_checkpoint(year)
    other = f.pair(year)
    for part in (other.mentor, other.mentee):
        answer = page(client, part.person, found)
        assert answer.context["found"].text == "1 из 2 (50\u00a0%)"
        assert (answer.context["counted"], answer.context["missing"], answer.context["moves"]) == ([], [], [])
        assert answer.context["entries"] is None


def test_a_past_day_is_counted_by_the_date_of_the_facts(client, year, curator):
    late = {"first_approved_on": TODAY, "approved_on": TODAY}
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=f.head(year.school), **late)
    found = f.checkpoint(year)
    assert page(client, curator, found).context["found"].met == 1
    past = page(client, curator, found, f"?on={PAST}")
    assert (past.context["found"].met, past.context["is_past"]) == (0, True)


@pytest.mark.parametrize("query", ["?on=", "?on=вчера", "?on=2024-13-45", "?on=9999-01-01", "?period=7", "?period=-"])
def test_an_unreadable_day_or_period_shows_the_usual_one(client, year, curator, query):
    answer = page(client, curator, f.met_checkpoint(year), query)
    assert (answer.status_code, answer.context["on"], answer.context["checkpoint"].number) == (200, TODAY, 1)


def test_closing_by_the_button_tells_how_it_went(client, year, curator):
    found = proved(f.met_checkpoint(year), curator)
    client.force_login(curator)
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "close"]), follow=True)
    assert answer.status_code == 200
    assert Checkpoint.objects.get(pk=found.pk).state == "done"
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "reopen"]), {"comment": "Ошибка"}, follow=True)
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "explain"]), {"comment": "Отменено"}, follow=True)
    assert Checkpoint.objects.get(pk=found.pk).explanation == "Отменено"
    assert len(answer.context["entries"]) == 3


# ---------------------------------------------------------------- done before the portal was used


def mark_before(client, by, year, *ticked, **changes):
    client.force_login(by)
    data = {}
    for each in ticked:
        values = {"done": "on", "paper": "Приказ № 1", "dated": "2024-09-02"} | changes
        data |= {f"c{each.pk}-{name}": value for name, value in values.items()}
    return client.post(reverse("roadmap_before", args=[year.roadmap.pk]), data)


def test_what_was_done_before_is_marked_in_one_act(client, year, curator):
    first, second, other = (f.checkpoint(year, due_on=PAST) for _n in range(3))
    assert mark_before(client, curator, year, first, second).status_code == 302
    states = dict(Checkpoint.objects.values_list("pk", "state"))
    assert states == {first.pk: "done", second.pk: "done", other.pk: "open"}
    first.refresh_from_db()
    assert (first.done_before, first.proofs.get().dated) == (True, datetime.date(2024, 9, 2))
    assert measure_checkpoint(first, TODAY).state == ItemState.DONE


@pytest.mark.parametrize("changes, field", [({"paper": ""}, "paper"), ({"dated": ""}, "dated"), ({"dated": "2025-01-01"}, "dated")])  # fmt: skip
def test_a_tick_needs_its_paper_and_date_or_nothing_is_marked(client, year, curator, changes, field):
    good, bad = f.checkpoint(year, due_on=PAST), f.checkpoint(year, due_on=PAST)
    client.force_login(curator)
    answer = mark_before(client, curator, year, good, bad, **changes)
    assert [list(form.errors) for _each, form in answer.context["rows"]] == [[field], [field]]
    assert not Checkpoint.objects.exclude(state="open").exists()


def test_only_what_was_due_before_today_is_offered(client, year, curator):
    f.checkpoint(year, due_on=TODAY)
    past = f.checkpoint(year, due_on=PAST)
    client.force_login(curator)
    rows = client.get(reverse("roadmap_before", args=[year.roadmap.pk])).context["rows"]
    assert [each for each, _form in rows] == [past]


def test_nothing_ticked_is_said(client, year, curator):
    f.checkpoint(year, due_on=PAST)
    answer = mark_before(client, curator, year)
    assert [str(message) for message in answer.context["messages"]] == ["Отметьте, что выполнено."]


def test_open_checkpoints_follow_the_dates_of_the_diagnostic_periods(client, year, curator):
    first = f.period(year, 1, datetime.date(2024, 9, 9), datetime.date(2024, 9, 27))
    second = f.period(year, 2, datetime.date(2025, 2, 15), datetime.date(2025, 3, 6))
    found = f.checkpoint(year, indicator="diagnostics", deadline_kind="recurring", times_a_year=4, due_on=None)
    dates = {first: ("2024-09-16", "2024-10-04"), second: ("2025-02-15", "2025-03-06")}
    form = {"periods-TOTAL_FORMS": 2, "periods-INITIAL_FORMS": 2}
    for n, (period, (opens, closes)) in enumerate(dates.items()):
        values = {"id": period.pk, "year": year.pk, "name": period.name, "opens_on": opens, "closes_on": closes}
        form |= {f"periods-{n}-{name}": value for name, value in values.items()}
    client.force_login(curator)
    assert client.post(reverse("year_periods", args=[year.pk]), form).status_code == 302
    followed = list(found.item.checkpoints.values_list("opens_on", "due_on"))
    assert [tuple(map(str, days)) for days in followed] == list(dates.values())
