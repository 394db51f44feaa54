"""Progress of a plan: marks of the pair, from paper, their proof, the percentages."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Entry
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def mark(client, item, **fields):
    typed = {"done_on": "2024-11-18", "result": "Урок посещён", "revision": ""} | fields
    response = client.post(reverse("plan_item_mark", args=[item.pk]), typed)
    item.refresh_from_db()
    return response


@pytest.mark.parametrize("who, from_paper", [("mentor", False), ("mentee", False), ("curator", True)])
def test_progress_is_entered_by_the_pair_or_from_paper(client, pair, curator, who, from_paper):
    item = make.plan(pair, state="approved", by=curator).items.first()
    person = curator if who == "curator" else getattr(pair, who).person

    mark(make.as_user(client, person), item)

    assert (item.done_on, item.result, item.marked_by, item.from_paper) == (
        datetime.date(2024, 11, 18), "Урок посещён", person, from_paper,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "submitted", "completed"])
def test_no_progress_before_the_approval_nor_after_the_end(client, pair, curator, state):
    item = make.plan(pair, state=state, by=curator).items.first()

    mark(make.as_user(client, pair.mentor.person), item)

    assert item.done_on is None


@pytest.mark.parametrize(
    "fields, wrong",
    [({"done_on": "2024-11-21"}, "done_on"), ({"result": " "}, "result"), ({"done_on": "2024-08-01"}, "done_on")],
)
def test_progress_that_cannot_be_is_refused(client, pair, curator, fields, wrong):
    item = make.plan(pair, state="approved", by=curator).items.first()

    response = mark(make.as_user(client, pair.mentor.person), item, **fields)

    assert (list(response.context["form"].errors), item.done_on) == ([wrong], None)


def test_a_mark_can_be_taken_back_and_both_stay_in_the_history(client, pair, curator):
    plan = make.plan(pair, state="approved", by=curator)
    item = plan.items.first()
    make.as_user(client, pair.mentor.person)
    mark(client, item)

    mark(client, item, done_on="", result="Ещё не всё")

    assert (item.done_on, item.result) == (None, "Ещё не всё")
    assert Entry.objects.about(plan).count() == 2


def test_the_proof_is_kept_and_reached_by_the_pair_alone(client, pair, year, curator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    item = make.plan(pair, state="approved", by=curator).items.first()
    mark(make.as_user(client, pair.mentee.person), item, file=SimpleUploadedFile("лист.pdf", b"%PDF-1.7 x"))
    url = reverse("plan_item_proof", args=[item.pk])

    assert make.as_user(client, pair.mentor.person).get(url).content == b"%PDF-1.7 x"
    assert make.as_user(client, make.pair(year).mentor.person).get(url).status_code == 404


def test_a_wrong_file_is_refused_with_a_sentence(client, pair, curator):
    item = make.plan(pair, state="approved", by=curator).items.first()

    response = mark(make.as_user(client, pair.mentor.person), item, file=SimpleUploadedFile("a.exe", b"MZ..."))

    assert (list(response.context["form"].errors), item.done_on) == (["file"], None)


def test_percent_of_what_is_due_and_of_the_whole(client, pair, curator):
    plan = make.plan(pair, items=3, state="approved", by=curator)
    plan.items.filter(position=0).update(done_on=make.TODAY, result="да")

    progress = make.as_user(client, curator).get(plan.get_absolute_url()).context["progress"]
    row = client.get(reverse("plan_list")).context["page"].object_list[0]

    assert (progress["part_of_due"], progress["part_of_whole"]) == (50, 33)
    assert (row.part_of_due, row.part_of_whole) == (50, 33)


def test_nothing_due_is_no_percent(client, pair, curator):
    plan = make.plan(pair, items=0, state="approved", by=curator)

    progress = make.as_user(client, curator).get(plan.get_absolute_url()).context["progress"]
    row = client.get(reverse("plan_list")).context["page"].object_list[0]

    assert (progress["part_of_due"], progress["part_of_whole"], row.part_of_due, row.part_of_whole) == (None,) * 4
