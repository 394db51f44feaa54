"""The roadmap of a year: its page, its wording, its approval, and on to another year."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import workflow
from accounts.models import Entry, SchoolYear
from accounts.workflow import Refused
from roadmap import actions
from roadmap.models import Checkpoint, Item, Roadmap
from tests import factories as make
from tests.posting import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
D = datetime.date


@pytest.fixture
def year():
    return make.year_with_periods()


# The way to approval


def test_a_roadmap_goes_to_the_head_and_is_approved(year, curator):
    plan, head = make.roadmap(year), make.head(year.school)
    workflow.perform(plan, "submit", curator)
    workflow.perform(plan, "approve", head)
    assert (plan.state, plan.approved_on, plan.approved_by, plan.approved_from_paper) == (
        "approved", make.TODAY, head, False,
    )  # fmt: skip


def test_it_is_returned_only_with_a_comment(year, curator):
    plan, head = make.roadmap(year), make.head(year.school)
    workflow.perform(plan, "submit", curator)
    with pytest.raises(Refused):
        workflow.perform(plan, "return", head)
    workflow.perform(plan, "return", head, comment="Сроки 1.1")
    assert (plan.state, plan.is_editable) == ("returned", True)


def test_an_unclear_deadline_must_be_set_before_it_is_submitted(year, curator):
    plan = make.roadmap(year)
    Item.objects.update(deadline_kind="unclear")
    with pytest.raises(Refused, match="1.1"):
        workflow.perform(plan, "submit", curator)


def test_the_curator_records_the_approval_from_paper_with_its_scan(signed_in, year, settings, tmp_path):

    settings.MEDIA_ROOT = tmp_path
    plan = make.roadmap(year)
    scan = SimpleUploadedFile("приказ.pdf", b"%PDF-1.4 scan")
    answer = signed_in.post(
        reverse("roadmap_record", args=[plan.pk]), {"order": "45-о", "on": "2024-08-30", "scan": scan}
    )
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.approval_order, plan.approved_on, plan.approved_from_paper) == (
        "approved", "45-о", D(2024, 8, 30), True,
    )  # fmt: skip
    assert signed_in.get(reverse("roadmap_scan", args=[plan.pk])).content == b"%PDF-1.4 scan"


def test_the_step_from_paper_cannot_be_taken_without_its_order(signed_in, year):
    plan = make.roadmap(year)
    signed_in.post(reverse("roadmap_move", args=[plan.pk, "record"]))
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_reopening_needs_a_reason_and_makes_it_a_draft_again(year, curator):
    plan = make.roadmap(year, state="approved", approved_on=make.TODAY, approved_by=curator)
    with pytest.raises(Refused):
        workflow.perform(plan, "reopen", curator)
    workflow.perform(plan, "reopen", curator, comment="Перенос игры")
    assert (plan.state, plan.approved_on) == ("draft", None)


# Wording


def test_an_edited_deadline_moves_its_open_checkpoints(signed_in, year):
    item = make.roadmap(year).items.get()
    url = reverse("roadmap_item_edit", args=[item.pk])
    fields = fields_of(signed_in.get(url)) | {"deadline_words": "1 раз в квартал", "deadline_kind": ""}
    assert signed_in.post(url, fields).status_code == 302
    item.refresh_from_db()
    assert (item.deadline_kind, item.times_a_year, item.due_on) == ("recurring", 4, None)
    assert [check.due_on for check in item.checkpoints.all()] == [period.closes_on for period in year.periods.all()]


def test_a_closed_checkpoint_keeps_its_date_when_the_deadline_is_edited(signed_in, year, curator):
    item = make.roadmap(year).items.get()
    item.checkpoints.update(state="done", closed_on=make.TODAY, closed_by=curator)
    url = reverse("roadmap_item_edit", args=[item.pk])
    signed_in.post(url, fields_of(signed_in.get(url)) | {"due_on": "2024-10-09"})
    assert item.checkpoints.get().due_on == D(2024, 10, 2)


def test_an_item_is_added_with_a_deadline_read_from_its_words(signed_in, year):
    plan = make.roadmap(year)
    url = reverse("roadmap_item_add", args=[plan.pk])
    fields = fields_of(signed_in.get(url)) | {
        "number": "1.2", "section": "1", "content": "Совет", "deadline_words": "Февраль-апрель 2025",
    }  # fmt: skip
    assert signed_in.post(url, fields).status_code == 302
    item = plan.items.get(number="1.2")
    assert (item.deadline_kind, item.starts_on, item.due_on) == ("month_range", D(2025, 2, 1), D(2025, 4, 30))
    assert item.checkpoints.get().due_on == D(2025, 4, 30)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("до 31.02.2025", "Срок не прочитан: такого дня нет, исправьте дату."),
        ("с 10.05.2025 по 01.05.2025", "Срок не прочитан: конец раньше начала, исправьте даты."),
        ("май " * 2500, "Убедитесь, что это значение содержит не более 300 символов (сейчас 9999)."),
    ],
)
def test_a_deadline_that_cannot_be_is_refused_and_kept_in_the_form(signed_in, year, words, sentence):
    item = make.roadmap(year).items.get()
    url = reverse("roadmap_item_edit", args=[item.pk])
    answer = signed_in.post(url, fields_of(signed_in.get(url)) | {"deadline_words": words, "deadline_kind": ""})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert fields_of(answer)["deadline_words"] == words
    item.refresh_from_db()
    assert item.deadline_words == "до 2 октября"


def test_an_item_of_a_school_term_is_due_when_the_term_ends(signed_in, year):
    for number, (begins, ends) in enumerate([(9, 10), (11, 12), (1, 3), (4, 5)], 1):
        of = year.first_year + (begins < 9)
        year.terms.create(kind="term", name=f"{number} четверть", starts_on=D(of, begins, 1), ends_on=D(of, ends, 25))
    item = make.roadmap(year).items.get()
    url = reverse("roadmap_item_edit", args=[item.pk])
    fields = fields_of(signed_in.get(url)) | {"deadline_words": "II четверть", "deadline_kind": "", "due_on": ""}
    assert signed_in.post(url, fields).status_code == 302
    item.refresh_from_db()
    assert (item.deadline_kind, item.due_on) == ("school_term", None)
    assert item.checkpoints.get().due_on == D(2024, 12, 25)


def test_days_that_are_listed_make_a_checkpoint_each(signed_in, year):
    item = make.roadmap(year).items.get()
    url = reverse("roadmap_item_edit", args=[item.pk])
    fields = fields_of(signed_in.get(url)) | {"deadline_words": "до 1 октября и до 1 апреля", "deadline_kind": ""}
    assert signed_in.post(url, fields).status_code == 302
    assert list(item.checkpoints.values_list("label", "due_on")) == [
        ("1 октября 2024\u00a0г.", D(2024, 10, 1)),
        ("1 апреля 2025\u00a0г.", D(2025, 4, 1)),
    ]


def test_a_second_tab_does_not_overwrite_an_item_in_silence(signed_in, year):
    item = make.roadmap(year).items.get()
    url = reverse("roadmap_item_edit", args=[item.pk])
    fields = fields_of(signed_in.get(url))
    signed_in.post(url, fields | {"content": "Первая"})
    answer = signed_in.post(url, fields | {"content": "Вторая"})
    assert answer.status_code == 200
    assert Item.objects.get().content == "Первая"


@pytest.mark.parametrize(
    "name",
    [
        "roadmap_edit",
        "roadmap_section_add",
        "roadmap_item_add",
        "roadmap_section_edit",
        "roadmap_item_edit",
        "roadmap_item_remove",
    ],
)
def test_after_approval_the_wording_is_frozen(signed_in, year, curator, name):
    plan = make.roadmap(year, state="approved", approved_on=make.TODAY, approved_by=curator)
    target = {"section_": plan.sections.get(), "item_": plan.items.get()}
    obj = next((obj for part, obj in target.items() if part in name and "add" not in name), plan)
    before = list(Item.objects.values())
    answer = signed_in.post(reverse(name, args=[obj.pk]), {"content": "Другое"})
    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    assert list(Item.objects.values()) == before


def test_a_removed_item_is_remembered_by_the_history(signed_in, year):
    item = make.roadmap(year).items.get()
    signed_in.post(reverse("roadmap_item_remove", args=[item.pk]))
    assert Item.objects.count() == 0
    assert Entry.objects.get().comment == str(item)


def test_a_section_with_items_is_not_removed(signed_in, year):
    section = make.roadmap(year).sections.get()
    signed_in.post(reverse("roadmap_section_remove", args=[section.pk]))
    assert Roadmap.objects.get().sections.get() == section


def test_a_moved_end_of_the_period_moves_what_hangs_on_it(signed_in, year, curator):
    plan = actions.load_seed(year=year, by=curator)
    url = reverse("roadmap_edit", args=[plan.pk])
    signed_in.post(url, fields_of(signed_in.get(url)) | {"period_ends_on": "2025-06-15"})
    assert Checkpoint.objects.get(item__number="1.2").due_on == D(2025, 6, 15)
    assert Checkpoint.objects.filter(item__number="4.2").count() == 10


# Another year


def test_another_year_takes_the_words_and_moves_the_dates(signed_in, year, curator):
    actions.load_seed(year=year, by=curator)
    later = make.year(year.school, 2025, state=SchoolYear.State.PREPARATION)
    url = f"{reverse('roadmap_copy')}?year=2024&into=2025"
    page = signed_in.get(url)
    rows = {row["item"].number: row for row in page.context["rows"]}
    assert (rows["1.1"]["item"].deadline_words, rows["1.1"]["after"]) == ("До 02.09.2024", "до 2 сентября 2025\u00a0г.")
    assert Roadmap.objects.count() == 1
    assert signed_in.post(url).status_code == 302
    made = Roadmap.objects.get(year=later)
    item = made.items.get(number="1.1")
    assert (item.deadline_words, item.due_on, made.state) == ("До 02.09.2024", D(2025, 9, 2), "draft")
    assert made.items.count() == 21
    assert Checkpoint.objects.get(item=item).due_on == D(2025, 9, 2)


def test_without_another_open_year_the_page_says_what_to_do(signed_in, year):
    make.roadmap(year)
    page = signed_in.get(reverse("roadmap_copy"))
    assert (page.status_code, "into" in page.context) == (200, False)


# The page


def test_everybody_of_the_school_reads_the_roadmap_and_only_the_curator_edits(client, year):
    plan = make.roadmap(year)
    people = [make.admin(year.school), make.head(year.school), make.mentor(year).person, make.mentee(year).person]
    for person in people:
        client.force_login(person)
        assert client.get(reverse("roadmap")).status_code == 200
        assert client.get(reverse("roadmap_item_add", args=[plan.pk])).status_code == 403


def test_another_schools_roadmap_is_not_found(client, year):
    plan = make.roadmap(year)
    item = plan.items.get()
    client.force_login(make.curator(make.year().school))
    for name, pk in [("roadmap_edit", plan.pk), ("roadmap_record", plan.pk), ("roadmap_item_edit", item.pk)]:
        assert client.get(reverse(name, args=[pk])).status_code == 404


def test_a_year_without_a_roadmap_says_what_to_do(signed_in, year):
    page = signed_in.get(reverse("roadmap"))
    assert page.status_code == 200
    assert f"{reverse('roadmap_import')}?year=2024" in page.content.decode()


def test_the_page_costs_the_same_for_one_and_three_items(signed_in, year, django_assert_num_queries):
    plan = make.roadmap(year)
    counted = []
    for number in (2, 3):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as seen:
            signed_in.get(reverse("roadmap"))
        counted.append(len(seen))
        make.roadmap_item(plan.sections.get(), f"1.{number}")
        make.roadmap_item(plan.sections.get(), f"1.{number + 5}")
    assert counted[0] == counted[1]
    assert counted[0] <= 45


def test_items_are_filtered_by_the_state_that_was_measured(signed_in, year):
    plan = make.roadmap(year, items=2)
    ahead = make.roadmap_item(plan.sections.get(), "1.9", due_on=datetime.date(2025, 5, 1))
    page = signed_in.get(reverse("roadmap"))
    counted = [(code, number, here) for code, _label, number, here in page.context["states"]]
    assert counted == [("overdue", 2, False), ("running", 1, False)]
    filtered = signed_in.get(reverse("roadmap"), {"year": 2024, "state": "running"})
    assert [row["item"] for entry in filtered.context["sections"] for row in entry["rows"]] == [ahead]
    nothing = signed_in.get(reverse("roadmap"), {"year": 2024, "state": "explained"})
    assert nothing.context["sections"] == []
