"""The registry: cards, participations, the Excel list in and out."""

import contextlib
import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from accounts.clock import on
from accounts.models import ImportDraft, Participation, User
from pairs import columns, imports, reading
from pairs.actions import load_starting_sets
from pairs.models import Competence, Declined, Offer, TeacherCard
from papers.templatetags.ui import months
from tests import factories as make

TODAY = datetime.date(2024, 11, 20)


# --- readers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иванова Мария Петровна", ("Иванова", "Мария", "Петровна")),
        ("  ПЕТРОВА\xa0 анна ", ("Петрова", "Анна", "")),
        ("Салтыкова - Щедрина Людмила Никитична", ("Салтыкова-Щедрина", "Людмила", "Никитична")),
        ("Мамедов Али Гасан Оглы", ("Мамедов", "Али", "Гасан оглы")),
        ("Ёлкина Зоя", ("Ёлкина", "Зоя", "")),
    ],
)
def test_names_are_read(text, expected):
    assert reading.full_name(text) == expected


@pytest.mark.parametrize("language", ["ru", "en"])
def test_experience_as_it_is_shown_is_read_back(language):
    with translation.override(language):
        shown = {number: months(number) for number in range(70 * 12 + 1)}
    assert {number: reading.experience(text, TODAY) for number, text in shown.items()} == {n: n for n in shown}


@pytest.mark.parametrize("text", ["Иванова", "Иванова М. П.", "Иванова 2", "", None, "- -", "Я" * 300 + " Б"])
def test_what_is_no_name_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\."):
        reading.full_name(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2", 24), (3, 36), ("2,5", 30), ("2 года 3 мес.", 27), ("2г 3м", 27), ("3 мес", 3), ("12 лет", 144),
        ("менее года", 0), ("< 1 года", 0), ("с 2019 года", 62), ("0", 0), ("1 год и 2 месяца", 14), (7.0, 84),
    ],
)  # fmt: skip
def test_experience_is_read_as_months(text, months):
    assert reading.experience(text, TODAY) == months


@pytest.mark.parametrize("text", ["-1", "много", "71", "1000000", "с 2030 года", "2-3"])
def test_impossible_experience_is_refused(text):
    with pytest.raises(ValueError, match=r"\."):
        reading.experience(text, TODAY)


@pytest.mark.parametrize(
    "value",
    ["01.09.2024", "1.9.24", "2024-09-01", "01/09/2024", "1 сентября 2024 г.", 45536, datetime.datetime(2024, 9, 1)],
)
def test_usual_dates_are_read(value):
    assert reading.any_date(value) == datetime.date(2024, 9, 1)


@pytest.mark.parametrize("value", ["31.02.2024", "вчера", "1 мартобря 2024", 5, "01.09.1824", None])
def test_what_is_no_date_is_refused(value):
    with pytest.raises(ValueError, match=r"\."):
        reading.any_date(value)


READERS = [
    reading.full_name, reading.any_date, reading.email, reading.phone, reading.places, reading.short_text(200),
    lambda value: reading.experience(value, TODAY), reading.names_in,
]  # fmt: skip
cells = st.none() | st.text(max_size=60) | st.integers() | st.floats() | st.dates() | st.datetimes() | st.booleans()


@settings(derandomize=True, max_examples=400, deadline=None)
@given(cells)
def test_readers_answer_or_refuse_and_never_break(value):
    for read in READERS:
        with contextlib.suppress(ValueError):  # anything else fails the test
            read(value)


def test_columns_are_found_by_their_words_and_what_is_not_needed_is_named():
    found = columns.recognise(
        ["№ п/п", "Ф.И.О.", "Педагогический стаж", "СНИЛС", "Эл. почта", "Хобби", "Дата рождения"]
    )
    assert found.at == {"full_name": 1, "experience": 2, "email": 4}
    assert (found.not_needed, found.unknown) == (["СНИЛС", "Дата рождения"], ["Хобби"])


# --- import


@pytest.fixture
def school_year(db):
    with on(TODAY):
        year = make.year()
        load_starting_sets(school=year.school)
        yield year


@pytest.fixture
def curator(school_year):
    return make.curator(school_year.school)


HEADINGS = ["ФИО", "E-mail", "Должность", "Стаж", "Роль", "Запрос", "Сколько готов взять", "СНИЛС"]
NEW = ["Новикова Анна Петровна", "nov@school.test", "учитель химии", "2 года 3 мес.", "наставляемый", "Ведение урока"]


def sheet(*rows, headings=HEADINGS):
    book = Workbook()
    for row in [headings, *rows]:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("Список.xlsx", out.getvalue())


def upload(client, *rows, side="", **kwargs):
    """The preview's page and its draft."""
    response = client.post(reverse("registry_import"), {"file": sheet(*rows, **kwargs), "side": side}, follow=True)
    return response, ImportDraft.objects.order_by("pk").last()


def confirm(client, draft):
    return client.post(reverse("registry_import_confirm", args=[draft.pk]), follow=True)


def test_a_file_is_previewed_row_by_row_and_then_loaded(client, curator):
    client.force_login(curator)
    page, draft = upload(client, NEW)
    assert [(plan.row, plan.kind) for plan in page.context["plans"]] == [(2, "new")]
    assert User.objects.filter(last_name="Новикова").count() == 0
    confirm(client, draft)
    part = Participation.objects.get(person__email="nov@school.test")
    assert (part.side, part.person.card.experience_months, part.person.has_usable_password()) == ("mentee", 27, False)
    assert [str(item) for item in part.requests.all()] == ["Ведение урока"]
    assert draft.content["not_needed"] == ["СНИЛС"]


def test_the_same_file_twice_changes_nothing(client, curator):
    client.force_login(curator)
    confirm(client, upload(client, NEW)[1])
    before = list(User.objects.order_by("pk").values()), list(TeacherCard.objects.values())
    page, draft = upload(client, NEW)
    confirm(client, draft)
    assert [plan.kind for plan in page.context["plans"]] == ["same"]
    assert (list(User.objects.order_by("pk").values()), list(TeacherCard.objects.values())) == before


def test_a_change_shows_the_old_and_the_new_value(client, curator, school_year):
    mentor = make.mentor(school_year, email="m@school.test")
    client.force_login(curator)
    name = mentor.person.full_name.replace("№", "")
    User.objects.filter(pk=mentor.person_id).update(patronymic="Ивановна")
    mentor.person.refresh_from_db()
    mentor.person.save()
    name = mentor.person.full_name
    page, _draft = upload(client, [name, "m@school.test", "директор", None, "наставник", None, 5])
    (plan,) = page.context["plans"]
    assert plan.kind == "changed"
    assert [(old, new) for _label, old, new in plan.changes] == [("учитель", "директор"), ("3", "5")]


@pytest.mark.parametrize(
    "row",
    [
        ["Иванова М. П."],
        ["Иванова Мария", "не почта"],
        ["Иванова Мария", None, None, "много"],
        ["Иванова Мария", None, None, None, "директор"],
        ["Иванова Мария", None, None, None, "наставляемый", "Нет такой компетенции"],
        ["Иванова Мария", None, "П" * 201],
    ],
)
def test_one_refused_row_keeps_the_whole_file_out(client, curator, row):
    client.force_login(curator)
    page, draft = upload(client, NEW, row)
    assert [plan.kind for plan in page.context["plans"]] == ["new", "refused"]
    assert len(page.context["plans"][1].reasons) == 1
    confirm(client, draft)
    assert User.objects.filter(last_name__in=["Новикова", "Иванова"]).count() == 0


def test_namesakes_without_email_and_repeated_people_are_refused(client, curator, school_year):
    for _ in range(2):
        make.card(make.person(school_year.school, patronymic="Ивановна"))
    client.force_login(curator)
    page, _draft = upload(client, ["Петрова Анна Ивановна"], NEW, NEW)
    assert [plan.kind for plan in page.context["plans"]] == ["refused", "new", "refused"]


def test_an_email_of_another_school_is_refused(client, curator):
    make.person(make.school(), email="nov@school.test", username="nov@school.test")
    client.force_login(curator)
    page, _draft = upload(client, NEW)
    assert [plan.kind for plan in page.context["plans"]] == ["refused"]


def test_capacity_below_the_working_pairs_is_refused(client, curator, school_year):
    pair = make.pair(school_year)
    person = pair.mentor.person
    User.objects.filter(pk=person.pk).update(patronymic="")
    person.refresh_from_db()
    person.save()
    client.force_login(curator)
    page, _draft = upload(client, [person.full_name, person.email, None, None, "наставник", None, 0])
    assert [plan.kind for plan in page.context["plans"]] == ["refused"]


def test_the_draft_of_another_person_is_not_found(client, curator, school_year):
    client.force_login(curator)
    _page, draft = upload(client, NEW)
    client.force_login(make.curator(school_year.school))
    assert client.get(reverse("registry_import_preview", args=[draft.pk])).status_code == 404
    assert client.post(reverse("registry_import_confirm", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"not a table"),
        ("a.pdf", b"%PDF-1.4"),
        ("a.csv", "Имя;Класс\nАнна;5".encode()),
        ("a.csv", "ФИО\n".encode()),
    ],
)
def test_a_wrong_file_gets_a_sentence_and_no_draft(client, curator, name, content):
    client.force_login(curator)
    response = client.post(reverse("registry_import"), {"file": SimpleUploadedFile(name, content), "side": ""})
    assert (response.status_code, ImportDraft.objects.count()) == (200, 0)
    assert len(response.context["form"].errors["file"]) == 1


def test_csv_from_russian_excel_is_read(client, curator):
    client.force_login(curator)
    content = "Фамилия;Имя;Отчество;Стаж\r\nЁлкина;Зоя;Павловна;2,5".encode("cp1251")
    client.post(reverse("registry_import"), {"file": SimpleUploadedFile("a.csv", content), "side": "mentee"})
    confirm(client, ImportDraft.objects.get())
    assert Participation.objects.get(person__last_name="Ёлкина").person.card.experience_months == 30


@settings(derandomize=True, max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Орлова Вера", "Орлов Павел Ильич", "Орлова", "Ким Ю.", None]),
            st.sampled_from([None, "a@school.test", "b@school.test", "нет"]),
            st.sampled_from([None, "учитель"]),
            st.sampled_from([None, "3", "много", 2.5]),
            st.sampled_from([None, "наставник", "наставляемая", "гость"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_preview_says_what_loading_does(django_db_blocker, rows):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), on(TODAY):
        year = make.year()
        codes = ("full_name", "email", "post", "experience", "side")
        data = [dict(zip(codes, row, strict=True)) | {"row": n} for n, row in enumerate(rows, 2)]
        asked = {"rows": data, "year": year, "by": make.curator(year.school), "side": ""}
        expected = [(plan.kind, plan.changes, plan.reasons) for plan in imports.preview(**asked)]
        done = None
        with transaction.atomic():
            done = imports.run(**asked, save=True)
            refused = any(kind == "refused" for kind, _changes, _reasons in expected)
        assert [plan.kind for plan in done] == [kind for kind, _changes, _reasons in expected]
        if not refused:
            again = imports.preview(**asked)
            assert {plan.kind for plan in again} == {"same"}
        transaction.set_rollback(True)


# --- export


def test_export_holds_real_dates_and_numbers_and_the_filter_in_force(client, curator, school_year):
    pair = make.pair(school_year)
    client.force_login(curator)
    book = load_workbook(BytesIO(client.get(reverse("registry_export")).content))
    mentors, mentees, pairs, about = book.worksheets
    assert [mentors.max_row, mentees.max_row, pairs.max_row] == [2, 2, 2]
    headings = [cell.value for cell in pairs[1]]
    row = dict(zip(headings, [cell.value for cell in pairs[2]], strict=True))
    assert datetime.datetime.combine(pair.starts_on, datetime.time()) in row.values()
    assert [cell.value for cell in about["B"]][1] == str(curator)


def test_export_obeys_the_filters_of_the_list(client, curator, school_year):
    make.mentee(school_year, last_name="Ёлкина")
    make.mentee(school_year, last_name="Орлова")
    client.force_login(curator)
    book = load_workbook(BytesIO(client.get(reverse("registry_export") + "?side=mentee&q=елкин").content))
    names = [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert [name.split()[0] for name in names] == ["Ёлкина"]


def test_what_is_exported_and_loaded_again_changes_nothing(client, curator, school_year):
    mentee = make.mentee(school_year, patronymic="Ивановна")
    make.pair(school_year, the_mentee=mentee)
    client.force_login(curator)
    content = client.get(reverse("registry_export") + "?side=mentee").content
    file = SimpleUploadedFile("export.xlsx", content)
    page = client.post(reverse("registry_import"), {"file": file, "side": "mentee"}, follow=True)
    assert [(plan.kind, plan.changes, plan.reasons) for plan in page.context["plans"]] == [("same", [], [])]


# --- pages


def test_a_teacher_is_written_by_hand_and_joins_the_year(client, curator, school_year):
    client.force_login(curator)
    sent = {"last_name": "Ёлкина", "first_name": "Зоя", "card-post": "учитель", "card-experience": "2 года"}
    client.post(reverse("teacher_create"), sent)
    person = User.objects.get(last_name="Ёлкина")
    assert (person.card.experience_months, person.card.missing() != []) == (24, True)
    lesson = Competence.objects.get(code="lesson")
    url = reverse("participation_create", args=[person.pk, "mentor"])
    client.post(url, {"since": "2024-09-01", "capacity": 2, "offers": lesson.pk})
    assert (Participation.objects.get().capacity, Offer.objects.get().competence) == (2, lesson)


def test_capacity_cannot_go_below_the_working_pairs_by_the_form_either(client, curator, school_year):
    pair = make.pair(school_year)
    client.force_login(curator)
    client.post(
        reverse("participation_edit", args=[pair.mentor_id]), {"since": "2024-09-01", "capacity": 0, "revision": 0}
    )
    pair.mentor.refresh_from_db()
    assert pair.mentor.capacity == 3


def test_a_working_participant_leaves_only_after_the_pair_ends(client, curator, school_year):
    pair, free = make.pair(school_year), make.mentee(school_year)
    client.force_login(curator)
    for part in (pair.mentee, free):
        url = reverse("participation_end", args=[part.pk])
        client.post(url, {"until": "2024-11-20", "end_reason": "Переезд", "revision": 0})
    assert [Participation.objects.get(pk=part.pk).until for part in (pair.mentee, free)] == [None, TODAY]


def test_declining_is_recorded_once_with_its_reason(client, curator, school_year):
    person = make.person(school_year.school)
    make.card(person)
    client.force_login(curator)
    url = reverse("declined_create", args=[person.pk])
    for _ in range(2):
        client.post(url, {"on": "2024-11-20", "reason": "Декретный отпуск"})
    assert list(Declined.objects.values_list("reason", flat=True)) == ["Декретный отпуск"]


def test_a_person_sees_their_own_card_and_not_the_registry(client, school_year):
    mentee = make.mentee(school_year)
    client.force_login(mentee.person)
    assert client.get(reverse("my_card")).status_code == 200
    assert client.get(reverse("registry")).status_code == 403
    assert client.get(reverse("teacher_detail", args=[mentee.person_id])).status_code == 403


@pytest.mark.parametrize("side", ["", "mentor", "mentee"])
def test_the_registry_costs_the_same_queries_for_one_and_three_rows(client, curator, school_year, side):
    client.force_login(curator)
    counts = []
    for _ in range(3):
        make.pair(school_year)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("registry"), {"side": side})
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 12


def test_a_colleague_without_a_card_has_a_page(client, curator, school_year):
    client.force_login(curator)
    page = client.get(reverse("teacher_detail", args=[make.admin(school_year.school).pk]))
    assert (page.status_code, page.context["card"], page.context["missing"]) == (200, None, [])
