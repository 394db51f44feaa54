"""The roadmap from its file: what was understood, what is corrected, what is saved."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from accounts.models import ImportDraft, SchoolYear
from accounts.workflow import Refused
from roadmap import actions
from roadmap.models import Checkpoint, Item, Roadmap
from tests import factories as make
from tests.posting import fields_of
from tests.seed_roadmap import SEED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
D = datetime.date


@pytest.fixture
def year():
    return make.year_with_periods()


def upload(name="roadmap.txt", data=None):
    return SimpleUploadedFile(name, actions.sample()[1] if data is None else data)


def preview_of(signed_in, year, file=None):
    url = reverse("roadmap_import")
    answer = signed_in.post(f"{url}?year={year.first_year}", {"file": file or upload()})
    assert answer.status_code == 302
    return answer.url


def test_the_seed_file_becomes_a_draft_exactly_as_it_was_read(signed_in, year):
    url = preview_of(signed_in, year)
    assert Roadmap.objects.count() == 0
    answer = signed_in.post(url, fields_of(signed_in.get(url)))
    assert answer.status_code == 302
    plan = Roadmap.objects.get()
    saved = [
        (
            str(section.number),
            section.title,
            [
                (i.number, i.content, i.deadline_words, i.result, i.indicator_words, i.responsible)
                for i in section.items.all()
            ],
        )
        for section in plan.sections.all()
    ]
    assert saved == SEED
    assert (plan.year, plan.state, plan.period_ends_on) == (year, "draft", D(2025, 5, 31))
    assert ImportDraft.objects.count() == 0


def test_items_get_their_checkpoints(year, curator):
    plan = actions.load_seed(year=year, by=curator)
    dates = {
        number: list(
            Checkpoint.objects.filter(item__roadmap=plan, item__number=number).values_list("due_on", flat=True)
        )
        for number in ("1.1", "1.3", "3.2", "4.2", "4.3")
    }
    assert dates["1.1"] == [D(2024, 9, 2)]
    assert dates["1.3"] == [None]
    assert dates["3.2"] == [period.closes_on for period in year.periods.all()]
    assert (len(dates["4.2"]), dates["4.2"][0], dates["4.2"][-1]) == (9, D(2024, 9, 30), D(2025, 5, 31))
    assert dates["4.3"] == [D(2025, 4, 30)]
    assert Checkpoint.objects.filter(item__roadmap=plan).count() == 21 + 3 + 8


def test_every_item_of_the_seed_has_its_indicator_and_target(year, curator):
    plan = actions.load_seed(year=year, by=curator)
    assert plan.items.filter(indicator="").count() == 0
    assert plan.items.get(number="3.2").target == 100
    assert plan.items.get(number="1.9").target == 90


def test_the_seed_for_another_year_moves_dates_and_keeps_words(curator):
    later = make.year(curator.school, 2026, state=SchoolYear.State.PREPARATION)
    plan = actions.load_seed(year=later, by=curator)
    item = plan.items.get(number="1.1")
    assert (item.deadline_words, item.due_on) == ("До 02.09.2024", D(2026, 9, 2))
    assert plan.items.get(number="4.3").due_on == D(2027, 4, 30)
    assert plan.title.endswith("на 2026 – 2027 учебный год")


def test_the_sample_can_be_taken_instead_of_a_file(signed_in, year):
    answer = signed_in.post(reverse("roadmap_sample"))
    assert answer.status_code == 302
    assert len(ImportDraft.objects.get().content["items"]) == 21


def test_a_cell_corrected_in_the_preview_is_what_is_saved(signed_in, year):
    url = preview_of(signed_in, year)
    fields = fields_of(signed_in.get(url))
    fields |= {"item-0-content": "База наставляемых", "item-0-due_on": "2024-09-05", "item-1-leave_out": "on"}
    signed_in.post(url, fields)
    first, second = Item.objects.all()[:2]
    assert (first.content, first.due_on) == ("База наставляемых", D(2024, 9, 5))
    assert second.number == "1.3"


def test_a_wrong_cell_is_named_and_everything_typed_is_kept(signed_in, year):
    url = preview_of(signed_in, year)
    fields = fields_of(signed_in.get(url))
    fields |= {"item-0-due_on": "31.02.2024", "item-2-responsible": "Завуч по науке"}
    answer = signed_in.post(url, fields)
    assert answer.status_code == 200
    again = fields_of(answer)
    assert (again["item-0-due_on"], again["item-2-responsible"]) == ("31.02.2024", "Завуч по науке")
    assert Roadmap.objects.count() == 0


def test_a_deadline_far_too_long_is_named_in_the_preview_and_nothing_is_saved(signed_in, year):
    words = "до 10 сентября " * 667
    file = upload("a.txt", f"№\tСодержание\tСроки\n1.1\tПриказ\t{words}\n1.2\tОтчёт\t31.02.2025\n".encode())
    url = preview_of(signed_in, year, file)
    page = signed_in.get(url)
    assert "запись слишком длинная, оставьте только даты или период" in page.content.decode()
    assert "Срок «31.02.2025»: такого дня нет, исправьте дату." in page.content.decode()
    answer = signed_in.post(url, fields_of(page))
    assert (answer.status_code, Roadmap.objects.count(), ImportDraft.objects.count()) == (200, 0, 1)
    assert "не более 300 символов" in answer.content.decode()
    assert fields_of(answer)["item-0-deadline_words"].split() == words.split()


def test_two_items_with_one_number_are_refused_in_the_preview(signed_in, year):
    url = preview_of(signed_in, year)
    answer = signed_in.post(url, fields_of(signed_in.get(url)) | {"item-1-number": "1.1"})
    assert (answer.status_code, Roadmap.objects.count()) == (200, 0)


WORDS = st.sampled_from(["Приказ", "о", "парах", "=1+1", "<b>", "«Твой»", "№ 9", "100%", "ёлка"])
CELLS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NUMBERS = st.sampled_from(["1.1", "1.1.", "1.2", "2.1", "7", "12", ""])
WHEN = st.sampled_from(
    ["До 02.09.2024", "май", "1 раз в квартал", "октябрь, апрель", "ежемесячно", "как получится", ""]
)


@examples(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NUMBERS, CELLS, WHEN, CELLS), min_size=1, max_size=6))
def test_what_the_preview_shows_is_what_is_saved(signed_in, year, rows):
    Item.objects.all().delete()
    Roadmap.objects.all().delete()
    table = [["№", "Содержание", "Сроки", "Ответственный"], ["Раздел 1. Первый", "", "", ""], *map(list, rows)]
    data = "\n".join("\t".join(row) for row in table).encode()
    answer = signed_in.post(reverse("roadmap_import"), {"file": upload(data=data)})
    if answer.status_code == 200:  # no item in it: refused with a sentence
        return
    shown = ImportDraft.objects.get().content["items"]
    page = fields_of(signed_in.get(answer.url))
    assert signed_in.post(answer.url, page).status_code == 302
    saved = Item.objects.values_list("number", "content", "deadline_words", "responsible", "deadline_kind")
    assert list(saved) == [
        (row["number"], row["content"], row["deadline_words"], row["responsible"], row["deadline_kind"])
        for row in shown
    ]
    assert set(Checkpoint.objects.values_list("item_id", flat=True)) == set(Item.objects.values_list("pk", flat=True))


def test_numbers_missing_or_repeated_in_the_file_are_made_unique(signed_in, year):
    table = "№\tСодержание\tСроки\n\tРаздел 1. А\n1\tа\tмай\n2\tб\tмай\n\tРаздел 2. Б\n1\tв\tмай\n2\tг\tмай\n"
    preview_of(signed_in, year, upload(data=table.encode()))
    assert [row["number"] for row in ImportDraft.objects.get().content["items"]] == ["1.1", "1.2", "2.1", "2.2"]


def test_the_same_preview_confirmed_twice_makes_one_roadmap(signed_in, year):
    url = preview_of(signed_in, year)
    fields = fields_of(signed_in.get(url))
    first, second = signed_in.post(url, fields), signed_in.post(url, fields)
    assert (first.status_code, second.status_code, Roadmap.objects.count()) == (302, 404, 1)


def test_a_draft_is_replaced_only_after_a_word(signed_in, year):
    old = make.roadmap(year)
    url = preview_of(signed_in, year)
    fields = fields_of(signed_in.get(url))
    assert signed_in.post(url, fields).status_code == 200
    assert Roadmap.objects.get() == old
    assert signed_in.post(url, fields | {"replace": "on"}).status_code == 302
    assert Roadmap.objects.get() != old
    assert Item.objects.count() == 21


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_roadmap_under_approval_is_never_replaced(year, curator, state):
    make.roadmap(year, state=state, approved_on=make.TODAY, approved_by=curator)
    with pytest.raises(Refused):
        actions.create_roadmap(
            year=year,
            by=curator,
            title="x",
            goal="",
            period_ends_on=D(2025, 5, 31),
            sections=[],
            items=[],
            replace=True,
        )


def test_a_draft_with_closed_items_is_never_replaced(year, curator):
    plan = make.roadmap(year)
    Checkpoint.objects.update(state="done", closed_on=make.TODAY, closed_by=curator)
    with pytest.raises(Refused):
        actions.load_seed(year=year, by=curator)
    assert Roadmap.objects.get() == plan


def test_a_file_that_is_no_roadmap_is_refused_with_a_sentence(signed_in, year):
    answer = signed_in.post(reverse("roadmap_import"), {"file": upload(data="письмо".encode())})
    assert answer.status_code == 200
    assert [len(errors) for errors in answer.context["form"].errors.values()] == [1]
    assert ImportDraft.objects.count() == 0


def test_the_preview_belongs_to_the_person_who_loaded_the_file(signed_in, year, client):
    url = preview_of(signed_in, year)
    client.force_login(make.curator(year.school))
    assert client.get(url).status_code == 404


NASTY = [
    "9" * 400,
    "<script>alert(1)</script>",
    "=1+1",
    "\u202e\U0001f600",
    "a\r\nb" * 500,
    "9999-12-31",
    "-1",
    "x" * 6_000,
]


@pytest.mark.parametrize("value", NASTY)
def test_nasty_values_in_every_cell_are_answered_with_a_page(signed_in, year, value):
    url = preview_of(signed_in, year)
    fields = dict.fromkeys(fields_of(signed_in.get(url)), value)
    answer = signed_in.post(url, fields)
    assert answer.status_code == 200
    assert Roadmap.objects.count() == 0
    item = make.roadmap(year).items.get()
    for name, pk in [
        ("roadmap_item_edit", item.pk),
        ("roadmap_edit", item.roadmap_id),
        ("roadmap_item_add", item.roadmap_id),
    ]:
        page = signed_in.get(reverse(name, args=[pk]))
        assert signed_in.post(reverse(name, args=[pk]), dict.fromkeys(fields_of(page), value)).status_code == 200


def test_a_field_the_form_does_not_have_changes_nothing(signed_in, year):
    item = make.roadmap(year).items.get()
    other = make.roadmap(make.year())
    url = reverse("roadmap_item_edit", args=[item.pk])
    foreign = {"roadmap": other.pk, "roadmap_id": other.pk, "position": 99, "section_id": other.sections.get().pk}
    signed_in.post(url, fields_of(signed_in.get(url)) | foreign)
    after = Item.objects.get(pk=item.pk)
    assert (after.roadmap_id, after.section_id, after.position) == (item.roadmap_id, item.section_id, item.position)


def test_nothing_is_made_in_a_closed_year(year, curator):
    year.state = SchoolYear.State.CLOSED
    year.save()
    with pytest.raises(Refused):
        actions.load_seed(year=year, by=curator)


def test_the_preview_costs_the_same_for_any_number_of_items(signed_in, year):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for rows in (1, 3):
        table = "№\tСодержание\tСроки\n" + "".join(f"1.{n}\tДело\tмай\n" for n in range(1, rows + 1))
        url = preview_of(signed_in, year, upload(data=table.encode()))
        with CaptureQueriesContext(connection) as seen:
            signed_in.get(url)
        counted.append(len(seen))
    assert counted[0] == counted[1]
