"""Reports: page, PDF and Excel say the same, for those who run the school."""

import subprocess
from datetime import date, datetime
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from accounts import clock
from reports.kinds import KINDS
from roadmap.actions import load_seed
from roadmap.models import Proof
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2024, 11, 20)


@pytest.fixture(autouse=True)
def november():
    with clock.on(DAY):
        yield


@pytest.fixture
def year():
    return make.year(make.school(name="МКОУ СОШ № 9"))


@pytest.fixture
def curator(year):
    return make.curator(year.school, last_name="Куратова", first_name="Ольга", patronymic="Ивановна")


@pytest.fixture
def signed_in(client, curator):
    client.force_login(curator)
    return client


def sheets(response):
    """Title of each sheet -> its rows."""
    book = load_workbook(BytesIO(response.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def text_of(response, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(response.content)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def file_name(response):
    return unquote(response["Content-Disposition"].split("utf-8''")[1])


def addresses(slug):
    return [f"/reports/{slug}/{ending}" for ending in ("", "report.pdf", "report.xlsx")]


@pytest.mark.parametrize("slug", KINDS)
def test_who_may_open_a_report(client, year, slug):
    people = {
        200: [make.curator(year.school), make.head(year.school), make.admin(year.school)],
        403: [make.person(year.school), make.mentor(year).person, make.mentee(year).person],
    }
    for status, persons in people.items():
        for person in persons:
            client.force_login(person)
            assert [client.get(address).status_code for address in addresses(slug)] == [status] * 3


@pytest.mark.parametrize("address", ["/reports/", *addresses("diagnostics")])
def test_a_report_is_closed_to_strangers_of_the_portal(client, address):
    assert client.get(address).url == f"/login/?next={address}"


def test_the_list_leads_to_every_report_and_keeps_the_year(signed_in, year):
    page = signed_in.get("/reports/?year=2024").content.decode()
    wanted = [f"{address}?year=2024" for slug in KINDS for address in addresses(slug)]
    assert [address for address in wanted if f'href="{address}"' not in page] == []


@pytest.mark.parametrize(
    "address",
    [
        "/reports/nothing/",
        "/reports/nothing/report.pdf",
        "/reports/diagnostics/?year=1999",
        "/reports/diagnostics/?period=9",
    ],
)
def test_a_report_year_or_period_that_is_not_there_is_not_found(signed_in, year, address):
    make.period(year)
    assert signed_in.get(address).status_code == 404


@pytest.fixture
def diagnostics(year):
    """Two periods; in the first three of four mentees have answered about two competences, and one of two mentors."""
    school = year.school
    lesson, digital = make.competence(school, "Ведение урока"), make.competence(school, "Цифровые средства")
    first = make.period(year, 1, opens_on=date(2024, 10, 1))
    make.period(year, 2, opens_on=date(2024, 12, 1))
    for_mentees = make.wave(first, "mentee", [lesson, digital], items=2)
    for_mentors = make.wave(first, "mentor", [lesson], items=2)
    mentees = [make.mentee(year, last_name=name) for name in ("Алов", "Белов", "Ёлкин", "Жилин")]
    mentors = [make.mentor(year, last_name=name) for name in ("Орлова", "Попова")]
    for number, mentee in enumerate(mentees):
        make.pair(year, mentors[number // 2], mentee)
    make.response(for_mentees, mentees[0], 2, 3, 5, 5)
    make.response(for_mentees, mentees[1], 4, 4, 4, 4)
    make.response(for_mentees, mentees[2], 3, 4, 3, 3, from_paper=True, submitted_on=date(2024, 10, 5))
    make.response(for_mentees, mentees[3], 1, 1, 1, 1, submitted_on=None)
    make.response(for_mentors, mentors[0], 5, 5)
    return first


MEANS = [
    ["Ведение урока", "Наставляемый", 3, 3.33, 1, 1],
    ["Ведение урока", "Наставник", 1, "мало ответов", None, None],
    ["Цифровые средства", "Наставляемый", 3, 4, 0, 2],
]
ANSWERED = [
    ["Алов Анна", "Наставляемый", datetime(2024, 10, 1), None],
    ["Белов Анна", "Наставляемый", datetime(2024, 10, 1), None],
    ["Ёлкин Анна", "Наставляемый", datetime(2024, 10, 5), "да"],
    ["Жилин Анна", "Наставляемый", None, None],
    ["Орлова Анна", "Наставник", datetime(2024, 10, 1), None],
    ["Попова Анна", "Наставник", None, None],
]


def without_number(row):
    """The factories give a number for a patronymic."""
    return [row[0].rsplit(" ", 1)[0], *row[1:]]


def test_diagnostics_are_exported_with_who_answered_and_the_means(signed_in, diagnostics):
    response = signed_in.get("/reports/diagnostics/report.xlsx")
    found = sheets(response)
    assert file_name(response) == "Диагностика за период 2024-2025 1 квартал.xlsx"
    assert found["Средние по компетенциям"][1:] == MEANS
    assert [without_number(row) for row in found["Кто ответил"][1:]] == ANSWERED


def test_the_export_says_who_took_it_and_what_was_filtered(signed_in, diagnostics):
    lines = dict(sheets(signed_in.get("/reports/diagnostics/report.xlsx"))["О выгрузке"])
    assert lines["Кто выгрузил"] == "Куратова Ольга Ивановна"
    assert lines["Когда"].startswith("20.11.2024")
    assert lines["Отбор"] == "учебный год 2024/2025, период «1 квартал», по состоянию на 20.11.2024"
    assert lines["Строк"] == "9"


@pytest.mark.pdf
def test_the_paper_says_the_same_in_russian_whatever_the_screen_speaks(signed_in, diagnostics, curator, tmp_path):
    signed_in.cookies["django_language"] = "en"
    curator.language = "en"
    curator.save()
    lines = text_of(signed_in.get("/reports/diagnostics/report.pdf"), tmp_path)
    assert lines[:3] == [
        "МКОУ СОШ № 9",
        "Диагностика за период",
        "учебный год 2024/2025, период «1 квартал», по состоянию на 20.11.2024",
    ]
    assert "Ведение урока Наставляемый 3 3,33 1 1" in lines
    assert "Ответили: 4 из 6 (67 %)." in lines


def test_the_page_shows_the_means_as_a_chart_and_a_table(signed_in, diagnostics):
    page = signed_in.get("/reports/diagnostics/").content.decode()
    assert page.count('role="img"') == 1
    assert "3,33" in page
    assert "Ответили: 4 из 6 (67 %)." in page


def test_an_answer_of_somebody_without_a_pair_is_listed_but_not_counted(signed_in, diagnostics):
    make.response(
        diagnostics.waves.get(audience="mentees"), make.mentee(diagnostics.year, last_name="Яшин"), 1, 1, 1, 1
    )
    found = sheets(signed_in.get("/reports/diagnostics/report.xlsx"))["Кто ответил"]
    assert [row[0].split()[0] for row in found[1:]] == ["Алов", "Белов", "Ёлкин", "Жилин", "Яшин", "Орлова", "Попова"]
    assert "Ответили: 4 из 6 (67 %)." in signed_in.get("/reports/diagnostics/").content.decode()


def test_the_period_is_chosen_in_the_address(signed_in, diagnostics):
    page = signed_in.get("/reports/diagnostics/?period=2").content.decode()
    assert "В этом периоде никого не опрашивают." in page
    assert 'href="/reports/diagnostics/report.xlsx?period=2"' in page


def test_a_year_without_periods_says_what_to_do(signed_in, year):
    assert "Диагностических периодов в этом году пока нет" in signed_in.get("/reports/diagnostics/").content.decode()
    assert list(sheets(signed_in.get("/reports/diagnostics/report.xlsx"))) == ["О выгрузке"]


def test_another_schools_answers_are_never_shown(client, diagnostics):
    other = make.year(make.school())
    make.period(other, 1, opens_on=date(2024, 10, 1))
    client.force_login(make.curator(other.school))
    found = sheets(client.get("/reports/diagnostics/report.xlsx"))
    assert [rows[1:] for title, rows in found.items() if title != "О выгрузке"] == [[], []]


@pytest.mark.parametrize("ending", ["", "report.xlsx"])
def test_diagnostics_cost_the_same_queries_for_one_and_three_people(signed_in, year, ending, django_assert_num_queries):
    period = make.period(year, 1, opens_on=date(2024, 10, 1))
    wave = make.wave(period, "mentee", [make.competence(year.school)])
    address = f"/reports/diagnostics/{ending}"
    make.response(wave, make.mentee(year), 1, 2, 3)
    signed_in.get(address)
    with django_assert_num_queries(12) as one:
        signed_in.get(address)
    for _n in range(2):
        make.response(wave, make.mentee(year), 1, 2, 3)
    with django_assert_num_queries(len(one.captured_queries)):
        signed_in.get(address)


@pytest.fixture
def registry(year):
    """A pair in force with one counted meeting, one that ended, and a mentee whom nobody guides."""
    mentor = make.mentor(year, capacity=3, last_name="Орлова", email="orlova@school.test")
    working = make.pair(year, mentor, make.mentee(year, last_name="Алов"), since=date(2024, 9, 2))
    make.meeting(working, on=date(2024, 10, 1))
    make.meeting(working, on=date(2024, 12, 1))
    make.pair(
        year, mentor, make.mentee(year, last_name="Белов"), since=date(2024, 9, 2), state="ended", ended_on=date(2024, 11, 1),
        ended_by_wish_of="mentor",
    )  # fmt: skip
    make.draft_pair(year, mentor, make.mentee(year, last_name="Ёлкин"))
    return working


def test_the_registry_is_exported_in_three_sheets(signed_in, registry):
    found = sheets(signed_in.get("/reports/registry/report.xlsx"))
    assert list(found) == ["Наставники", "Наставляемые", "Пары", "О выгрузке"]
    name, email, *_card, experience, _offers, places, taken, mentees, since, until = found["Наставники"][1]
    assert (name.split()[0], email, experience) == ("Орлова", "orlova@school.test", "5 л.")
    assert (places, taken, mentees.split()[0], since, until) == (3, 1, "Алов", datetime(2024, 9, 1), None)
    mentees = [(row[0].split()[0], row[9] and row[9].split()[0]) for row in found["Наставляемые"][1:]]
    assert mentees == [("Алов", "Орлова"), ("Белов", None), ("Ёлкин", None)]
    pairs = [(row[1].split()[0], row[4], row[7], row[8], row[9]) for row in found["Пары"][1:]]
    assert pairs == [
        ("Алов", "Действует", datetime(2024, 9, 2), None, 1),
        ("Белов", "Прекращена досрочно", datetime(2024, 9, 2), datetime(2024, 11, 1), 0),
    ]


@pytest.mark.pdf
def test_the_registry_is_printed_with_its_totals(signed_in, registry, tmp_path):
    lines = text_of(signed_in.get("/reports/registry/report.pdf"), tmp_path)
    wanted = [
        "1 наставник, 2 свободных места.",
        "3 наставляемых, 2 без наставника.",
        "2 пары: действует 1, прекращена досрочно 1.",
    ]
    assert [line for line in wanted if line not in lines] == []


def test_people_who_left_are_listed_but_not_counted_as_free_or_alone(signed_in, year):
    for left in (make.mentor(year), make.mentee(year)):
        left.until = date(2024, 10, 1)
        left.save()
    page = signed_in.get("/reports/registry/").content.decode()
    assert "1 наставник, 0 свободных мест." in page
    assert "1 наставляемый, 0 без наставника." in page


@pytest.mark.parametrize("ending", ["", "report.xlsx"])
def test_the_registry_costs_the_same_queries_for_one_and_three_pairs(
    signed_in, year, ending, django_assert_num_queries, django_assert_max_num_queries
):
    address = f"/reports/registry/{ending}"
    make.pair(year)
    signed_in.get(address)
    with django_assert_max_num_queries(12) as one:
        signed_in.get(address)
    for _n in range(2):
        make.pair(year)
    with django_assert_num_queries(len(one.captured_queries)):
        signed_in.get(address)


@pytest.fixture
def seed_roadmap(year, curator):
    """The seed's 21 items; the order proves item 1.1."""
    plan = load_seed(year=year, by=curator)
    for number in range(1, 5):
        make.period(year, number, opens_on=date(2024, 8 + number, 1))
    checkpoint = plan.items.get(number="1.1").checkpoints.get()
    Proof.objects.create(
        checkpoint=checkpoint, kind="note", title="Приказ № 87-о", note="Приказ", added_on=DAY, added_by=curator
    )  # fmt: skip
    return plan


def test_the_execution_of_the_roadmap_is_exported_item_by_item(signed_in, seed_roadmap):
    heads, *rows = sheets(signed_in.get("/reports/roadmap/report.xlsx"))["Исполнение дорожной карты"]
    assert heads[0] == "№"
    assert [row[0] for row in rows] == list(seed_roadmap.items.values_list("number", flat=True))
    first = dict(zip(heads, rows[0], strict=True))
    assert (first["Сроки"], first["Срок, дата"]) == ("До 02.09.2024\n(до 2 сентября 2024\xa0г.)", datetime(2024, 9, 2))
    assert (first["Раздел"], first["Подтверждающий документ"]) == (str(seed_roadmap.sections.first()), "Приказ № 87-о")


def test_what_was_measured_stands_beside_the_words_of_the_paper(signed_in, seed_roadmap, monkeypatch):
    item = seed_roadmap.items.get(number="1.4")
    said = SimpleNamespace(text="8 из 12", target_text="100 %", state="overdue", state_label="Просрочено", url="/")
    monkeypatch.setattr("roadmap.views.pages.measure", lambda plan, on: {item.pk: said})
    heads, *rows = sheets(signed_in.get("/reports/roadmap/report.xlsx"))["Исполнение дорожной карты"]
    row = dict(zip(heads, next(row for row in rows if row[0] == "1.4"), strict=True))
    assert (row["Факт"], row["Цель"], row["Состояние"]) == ("8 из 12", "100 %", "Просрочено")
    assert "21 позиция: просрочено 1." in signed_in.get("/reports/roadmap/").content.decode()


@pytest.mark.pdf
def test_the_execution_of_the_roadmap_is_printed(signed_in, seed_roadmap, tmp_path):
    text = " ".join(text_of(signed_in.get("/reports/roadmap/report.pdf"), tmp_path))
    assert "Исполнение дорожной карты" in text
    assert "21 позиция" in text


def test_a_year_without_a_roadmap_says_what_to_do(signed_in, year):
    assert "Дорожной карты на этот год пока нет" in signed_in.get("/reports/roadmap/").content.decode()
    assert signed_in.get("/reports/roadmap/report.pdf").status_code == 200


def add_items(plan, count, by):
    """Items that no indicator measures, each with a proof."""
    for number in range(count):
        item = plan.items.create(section=plan.sections.first(), number=f"9.{number}", content="Ещё одна позиция")
        checkpoint = item.checkpoints.create(year=plan.year)
        checkpoint.proofs.create(kind="note", title="Акт", note="Акт", added_on=DAY, added_by=by)


@pytest.mark.parametrize("ending", ["", "report.xlsx"])
def test_the_roadmap_costs_the_same_queries_for_few_and_many_items(
    signed_in, seed_roadmap, curator, ending, django_assert_num_queries, django_assert_max_num_queries
):
    address = f"/reports/roadmap/{ending}"
    signed_in.get(address)
    with django_assert_max_num_queries(45) as few:
        signed_in.get(address)
    add_items(seed_roadmap, 3, curator)
    with django_assert_num_queries(len(few.captured_queries)):
        signed_in.get(address)
