"""An item's way: its state, its proofs, its closing, and what was done before the portal was used."""

import datetime
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import clock, workflow
from accounts.models import Entry
from accounts.workflow import Refused, TooLate
from pairs.models import Plan
from papers import pdf
from roadmap import proofs
from roadmap.indicators import at_a_glance, measure_checkpoint
from roadmap.models import Checkpoint, Proof
from roadmap.states import ItemState, state_of
from tests import factories as f

TODAY = f.TODAY
A_DAY = datetime.timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with clock.on(TODAY):
        yield


@pytest.fixture
def year():
    return f.year()


@pytest.fixture
def curator(year):
    return f.curator(year.school)


def checkpoint(year, **fields):
    """A checkpoint whose item the portal counts: 1.7, due tomorrow unless told otherwise."""
    plan = getattr(year, "roadmap", None) or f.roadmap(year, items=0)
    number = f"1.{plan.items.count() + 1}"
    values = {"indicator": "plans-approved", "due_on": TODAY + A_DAY} | fields
    return f.roadmap_item(plan.sections.first(), number, **values).checkpoints.first()


def met(year, **fields):
    """A checkpoint whose number is there."""
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=f.head(year.school))
    return checkpoint(year, **fields)


def proved(found, by, **fields):
    values = {"kind": "note", "title": "Приказ № 4", "note": "Приказ № 4", "added_on": TODAY, "added_by": by}
    Proof.objects.create(checkpoint=found, **values | fields)
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
    found = checkpoint(year)
    found.due_on, found.opens_on = due_on, opens_on
    assert state_of(found, on=TODAY, is_met=is_met, has_proof=has_proof) == expected


def test_an_item_over_the_whole_period_runs_until_its_end(year):
    found = checkpoint(year, deadline_kind="whole_period", due_on=None)
    end = year.teaching_ends_on
    assert state_of(found, on=TODAY, is_met=True, has_proof=False) == ItemState.RUNNING
    assert state_of(found, on=end, is_met=True, has_proof=False) == ItemState.NO_PROOF


def test_the_roadmap_at_a_glance_counts_items_by_state(year, curator):
    met(year)
    checkpoint(year, indicator="rubric", due_on=PAST)
    proved(checkpoint(year, indicator="council"), curator)
    glance = [(state, count) for state, _label, count in at_a_glance(year.roadmap, TODAY)]
    assert glance == [("overdue", 1), ("no_proof", 1), ("ready", 1)]


# ---------------------------------------------------------------- closing


def close(found, by, name="close", **fields):
    return workflow.perform(Checkpoint.objects.get(pk=found.pk), name, by, **fields)


def test_an_item_is_closed_with_its_number_and_its_proof_and_keeps_the_figures(year, curator):
    done = close(proved(met(year), curator), curator)
    assert (done.state, done.closed_on, done.closed_by, done.was_on_time) == ("done", TODAY, curator, True)
    assert done.figures == {"text": "1 из 1 (100\u00a0%)", "total": 1, "met": 1, "target": 100, "on": "2024-11-20"}
    f.pair(year)
    assert measure_checkpoint(done, TODAY).text == "1 из 1 (100\u00a0%)"


@pytest.mark.parametrize("has_number, has_proof", [(True, False), (False, True), (False, False)])
def test_an_item_is_not_closed_without_its_number_or_its_proof(year, curator, has_number, has_proof):
    found = met(year) if has_number else checkpoint(year)
    if has_proof:
        proved(found, curator)
    with pytest.raises(Refused):
        close(found, curator)
    assert Checkpoint.objects.get(pk=found.pk).state == "open"


def test_a_withdrawn_proof_does_not_close_an_item(year, curator):
    found = proved(met(year), curator, withdrawn_on=TODAY, withdrawn_reason="Не тот приказ")
    with pytest.raises(Refused):
        close(found, curator)


def test_an_item_is_closed_with_a_written_reason_instead(year, curator):
    found = checkpoint(year, due_on=PAST)
    with pytest.raises(Refused):
        close(found, curator, "explain", comment=" ", explanation=" ")
    done = close(found, curator, "explain", comment="Приказ задержан", explanation="Приказ задержан")
    assert (done.state, done.explanation) == ("explained", "Приказ задержан")
    assert measure_checkpoint(done, TODAY).state == ItemState.EXPLAINED


def test_an_item_whose_number_came_late_is_done_late(year, curator):
    late = {"first_approved_on": TODAY, "approved_on": TODAY}
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=f.head(year.school), **late)
    done = close(proved(checkpoint(year, due_on=PAST), curator), curator)
    assert measure_checkpoint(done, TODAY).state == ItemState.DONE_LATE


def test_an_item_closed_late_whose_number_was_there_in_time_is_done(year, curator):
    done = close(proved(met(year, due_on=PAST), curator), curator)
    assert measure_checkpoint(done, TODAY).state == ItemState.DONE


@pytest.mark.parametrize("dated, expected", [(PAST, ItemState.DONE), (TODAY, ItemState.DONE_LATE)])
def test_where_nothing_is_counted_the_date_of_the_proof_tells(year, curator, dated, expected):
    found = proved(checkpoint(year, indicator="rubric", due_on=PAST), curator, dated=dated)
    assert measure_checkpoint(close(found, curator), TODAY).state == expected


def test_a_closed_item_is_reopened_with_a_reason(year, curator):
    done = close(proved(met(year), curator), curator)
    with pytest.raises(Refused):
        close(done, curator, "reopen")
    again = close(done, curator, "reopen", comment="Ошибка")
    assert (again.state, again.closed_on, again.closed_by, again.figures) == ("open", None, None, None)


def test_of_two_closings_one_is_told(year, curator):
    found = proved(met(year), curator)
    first, second = Checkpoint.objects.get(pk=found.pk), Checkpoint.objects.get(pk=found.pk)
    workflow.perform(first, "close", curator)
    with pytest.raises(TooLate):
        workflow.perform(second, "close", curator)


def test_nothing_is_closed_in_a_closed_year(client, year, curator):
    found = proved(met(year), curator)
    type(year).objects.update(state="closed")
    client.force_login(curator)
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "close"]))
    assert (answer.status_code, Checkpoint.objects.get(pk=found.pk).state) == (403, "open")


# ---------------------------------------------------------------- the page


def page(client, user, found, query=""):
    client.force_login(user)
    return client.get(reverse("roadmap_item", args=[found.item_id]) + query)


def test_the_page_offers_to_close_only_what_can_be_closed(client, year, curator):
    found = met(year)
    names = lambda answer: [name for name, _move in answer.context["moves"]]
    before = page(client, curator, found)
    assert (names(before), len(before.context["gaps"])) == (["explain"], 1)
    proved(found, curator)
    after = page(client, curator, found)
    assert (names(after), after.context["gaps"]) == (["close", "explain"], [])


def test_mentor_and_mentee_read_the_number_and_no_names(client, year):
    found = met(year)
    other = f.pair(year)
    for part in (other.mentor, other.mentee):
        answer = page(client, part.person, found)
        assert answer.context["found"].text == "1 из 2 (50\u00a0%)"
        assert (answer.context["counted"], answer.context["missing"], answer.context["moves"]) == ([], [], [])
        assert answer.context["entries"] is None


def test_a_past_day_is_counted_by_the_date_of_the_facts(client, year, curator):
    late = {"first_approved_on": TODAY, "approved_on": TODAY}
    f.plan(f.pair(year), state=Plan.State.APPROVED, by=f.head(year.school), **late)
    found = checkpoint(year)
    assert page(client, curator, found).context["found"].met == 1
    past = page(client, curator, found, f"?on={PAST}")
    assert (past.context["found"].met, past.context["is_past"]) == (0, True)


@pytest.mark.parametrize("query", ["?on=", "?on=вчера", "?on=2024-13-45", "?on=9999-01-01", "?period=7", "?period=-"])
def test_an_unreadable_day_or_period_shows_the_usual_one(client, year, curator, query):
    answer = page(client, curator, met(year), query)
    assert (answer.status_code, answer.context["on"], answer.context["checkpoint"].number) == (200, TODAY, 1)


def test_closing_by_the_button_tells_how_it_went(client, year, curator):
    found = proved(met(year), curator)
    client.force_login(curator)
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "close"]), follow=True)
    assert answer.status_code == 200
    assert Checkpoint.objects.get(pk=found.pk).state == "done"
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "reopen"]), {"comment": "Ошибка"}, follow=True)
    answer = client.post(reverse("checkpoint_move", args=[found.pk, "explain"]), {"comment": "Отменено"}, follow=True)
    assert Checkpoint.objects.get(pk=found.pk).explanation == "Отменено"
    assert len(answer.context["entries"]) == 3


# ---------------------------------------------------------------- proofs


def post_proof(client, user, found, **fields):
    client.force_login(user)
    return client.post(reverse("proof_create", args=[found.pk]), {"title": "Приказ"} | fields)


@pytest.mark.parametrize(
    "fields, kind",
    [({"link": "https://school.example/news"}, "link"), ({"note": "В папке № 3"}, "note")],
)
def test_a_link_or_a_note_is_a_proof(client, year, curator, fields, kind):
    found = checkpoint(year)
    assert post_proof(client, curator, found, **fields).status_code == 302
    assert list(Proof.objects.values_list("kind", "added_by", "added_on")) == [(kind, curator.pk, TODAY)]


def test_a_file_is_a_proof_and_comes_back_as_a_download(client, year, curator):
    found = checkpoint(year)
    post_proof(client, curator, found, upload=SimpleUploadedFile("приказ.pdf", PDF))
    proof = Proof.objects.get()
    answer = client.get(reverse("proof_file", args=[proof.pk]))
    assert (proof.kind, answer.content, answer["Content-Type"]) == ("file", PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_empty_proof_and_one_of_tomorrow_are_refused_and_keep_what_was_typed(client, year, curator):
    found = checkpoint(year)
    answer = post_proof(client, curator, found)
    assert (answer.status_code, answer.context["form"]["title"].value()) == (200, "Приказ")
    answer = post_proof(client, curator, found, note="Есть", dated=f"{AHEAD}")
    assert list(answer.context["form"].errors) == ["dated"]
    assert not Proof.objects.exists()


def test_a_script_is_no_link(client, year, curator):
    answer = post_proof(client, curator, checkpoint(year), link="javascript:alert(1)")
    assert list(answer.context["form"].errors) == ["link"]


def test_proofs_of_a_closed_item_stay_as_they_are(client, year, curator):
    found = close(proved(met(year), curator), curator)
    post_proof(client, curator, found, note="Ещё одна")
    client.post(reverse("proof_withdraw", args=[Proof.objects.get().pk]), {"comment": "Лишняя"})
    assert list(Proof.objects.in_force().values_list("title", flat=True)) == ["Приказ № 4"]


def test_a_proof_is_withdrawn_with_a_reason_and_stays_in_the_history(client, year, curator):
    found = proved(met(year), curator)
    proof = found.proofs.get()
    client.force_login(curator)
    client.post(reverse("proof_withdraw", args=[proof.pk]), {"comment": ""})
    assert Proof.objects.in_force().count() == 1
    client.post(reverse("proof_withdraw", args=[proof.pk]), {"comment": "Не тот приказ"})
    proof.refresh_from_db()
    assert (proof.withdrawn_on, proof.withdrawn_reason) == (TODAY, "Не тот приказ")
    assert [entry.comment for entry in Entry.objects.about(proof)] == ["Не тот приказ"]


def test_another_schools_proof_is_not_there(client, year, curator):
    foreign = f.year()
    proof = proved(checkpoint(foreign), f.curator(foreign.school)).proofs.get()
    client.force_login(curator)
    assert client.get(reverse("proof_file", args=[proof.pk])).status_code == 404
    assert client.post(reverse("proof_withdraw", args=[proof.pk]), {"comment": "x"}).status_code == 404
    assert client.post(reverse("proof_print", args=[proof.checkpoint_id])).status_code == 404
    assert page(client, curator, proof.checkpoint).status_code == 404


def words_of(content):
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


@pytest.mark.pdf
def test_the_portal_prints_the_proof_with_its_figures_and_names(client, year, curator):
    found = met(year)
    late = f.pair(year)
    client.force_login(curator)
    client.post(reverse("proof_print", args=[found.pk]))
    proof = Proof.objects.get()
    words = words_of(proof.file.file.read())
    assert (proof.kind, proof.title, proof.dated) == ("printed", "Утверждённые планы на 20.11.2024", TODAY)
    for expected in ("1 из 2 (50 %)", "цель 100 %", str(late), "план не утверждён", curator.short_name):
        assert expected in words


def test_where_no_pdf_can_be_made_nothing_is_added(client, year, curator, monkeypatch):
    def without_pango(*args):
        raise pdf.PdfUnavailable("нет Pango")

    monkeypatch.setattr(pdf, "render", without_pango)
    client.force_login(curator)
    answer = client.post(reverse("proof_print", args=[met(year).pk]), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["нет Pango"]
    assert not Proof.objects.exists()


def test_an_item_without_data_is_not_printed(year, curator):
    with pytest.raises(Refused):
        proofs.print_proof(checkpoint=checkpoint(year), by=curator)
    with pytest.raises(Refused):
        proofs.print_proof(checkpoint=checkpoint(year, indicator="rubric"), by=curator)


# ---------------------------------------------------------------- done before the portal was used


def mark_before(client, by, year, *ticked, **changes):
    client.force_login(by)
    data = {}
    for each in ticked:
        values = {"done": "on", "paper": "Приказ № 1", "dated": "2024-09-02"} | changes
        data |= {f"c{each.pk}-{name}": value for name, value in values.items()}
    return client.post(reverse("roadmap_before", args=[year.roadmap.pk]), data)


def test_what_was_done_before_is_marked_in_one_act(client, year, curator):
    first, second, other = (checkpoint(year, due_on=PAST) for _n in range(3))
    assert mark_before(client, curator, year, first, second).status_code == 302
    states = dict(Checkpoint.objects.values_list("pk", "state"))
    assert states == {first.pk: "done", second.pk: "done", other.pk: "open"}
    first.refresh_from_db()
    assert (first.done_before, first.proofs.get().dated) == (True, datetime.date(2024, 9, 2))
    assert measure_checkpoint(first, TODAY).state == ItemState.DONE


@pytest.mark.parametrize("changes, field", [({"paper": ""}, "paper"), ({"dated": ""}, "dated"), ({"dated": "2025-01-01"}, "dated")])  # fmt: skip
def test_a_tick_needs_its_paper_and_date_or_nothing_is_marked(client, year, curator, changes, field):
    good, bad = checkpoint(year, due_on=PAST), checkpoint(year, due_on=PAST)
    client.force_login(curator)
    answer = mark_before(client, curator, year, good, bad, **changes)
    assert [list(form.errors) for _each, form in answer.context["rows"]] == [[field], [field]]
    assert not Checkpoint.objects.exclude(state="open").exists()


def test_only_what_was_due_before_today_is_offered(client, year, curator):
    checkpoint(year, due_on=TODAY)
    past = checkpoint(year, due_on=PAST)
    client.force_login(curator)
    rows = client.get(reverse("roadmap_before", args=[year.roadmap.pk])).context["rows"]
    assert [each for each, _form in rows] == [past]


def test_nothing_ticked_is_said(client, year, curator):
    checkpoint(year, due_on=PAST)
    answer = mark_before(client, curator, year)
    assert [str(message) for message in answer.context["messages"]] == ["Отметьте, что выполнено."]
