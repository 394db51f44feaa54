"""The curator's September, by mouse at a desk: from a school that was only set up to pairs at work."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from openpyxl import Workbook
from playwright.sync_api import expect

from accounts.models import Participation, SchoolYear
from pairs.models import Order, Pair, Plan
from roadmap.models import Roadmap
from tests import factories as make
from tests.walking import button, go, link, says

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FIRST_OF_SEPTEMBER = datetime.date(2026, 9, 1)
SEED = Path(project.BASE_DIR) / "fixtures" / "roadmap_2024.txt"
TEACHERS = [
    # fmt: off
    (
        "ФИО",
        "Должность",
        "Предмет",
        "Уровень",
        "Категория",
        "Стаж",
        "Роль",
        "Запрос",
        "Чем может помочь",
        "Сколько готов взять",
        "E-mail",
    ),
    (
        "Петрова Анна Ильинична",
        "учитель математики",
        "математика",
        "Основная школа",
        "Высшая",
        "24",
        "наставник",
        "",
        "Ведение урока",
        2,
        "petrova@school.test",
    ),
    (
        "Гоголь Тарас Николаевич",
        "учитель истории",
        "история",
        "Основная школа",
        "Первая",
        "17",
        "наставник",
        "",
        "Документы и планирование",
        2,
        "gogol@school.test",
    ),
    (
        "Белых Дарья Олеговна",
        "учитель математики",
        "математика",
        "Основная школа",
        "Без категории",
        "3 мес.",
        "наставляемый",
        "Ведение урока",
        "",
        "",
        "belykh@school.test",
    ),
    (
        "Орлов Кирилл Дмитриевич",
        "учитель математики",
        "математика",
        "Основная школа",
        "Без категории",
        "1 год 3 мес.",
        "наставляемый",
        "Ведение урока",
        "",
        "",
        "orlov@school.test",
    ),
    (
        "Гайнуллина Лилия Маратовна",
        "учитель истории",
        "история",
        "Основная школа",
        "Без категории",
        "8 мес.",
        "наставляемый",
        "Документы и планирование",
        "",
        "",
        "gainullina@school.test",
    ),
    # fmt: on
]


@pytest.fixture
def desk(page, settings, no_console_errors):
    settings.TODAY = FIRST_OF_SEPTEMBER
    page.set_default_timeout(10_000)
    return page


@pytest.fixture
def year(db, settings):
    """What `setup_school` leaves."""
    settings.TODAY = FIRST_OF_SEPTEMBER
    names = {"school": "МКОУ СОШ № 9", "last_name": "Соколов", "first_name": "Игорь"}
    call_command("setup_school", year=2026, no_input=True, verbosity=0, stdout=StringIO(), **names)
    return SchoolYear.objects.get()


@pytest.fixture
def teachers_file(tmp_path):
    book = Workbook()
    for row in TEACHERS:
        book.active.append(row)
    book.save(tmp_path / "Педагоги.xlsx")
    return tmp_path / "Педагоги.xlsx"


def figure(page, number):
    """The live number of an item of the roadmap, as it is read."""
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name=number, exact=True))
    return row.locator(".figure").inner_text().replace("\xa0", " ")


def test_september(desk, year, sign_in, teachers_file):
    make.head(year.school)
    curator = make.curator(year.school)
    page = sign_in(curator)
    loads_the_roadmap(page)
    loads_the_teachers(page, teachers_file)
    takes_the_proposal(page)
    records_consents_and_signs_the_order(page)
    approves_a_plan(page)
    go(page, "Дорожная карта")
    assert {number: figure(page, number) for number in ("1.1", "1.4", "1.7")} == {
        "1.1": "3 из 3 (100 %)", "1.4": "3 из 3 (100 %)", "1.7": "1 из 3 (33 %)",
    }  # fmt: skip


def loads_the_roadmap(page):
    link(page, "Загрузить дорожную карту")
    page.get_by_label("Файл с дорожной картой").set_input_files(SEED)
    button(page, "Прочитать файл")
    expect(page.get_by_role("region", name="Что понято")).to_contain_text("5 разделов, 21 позиция")
    assert Roadmap.objects.count() == 0
    button(page, "Сохранить дорожную карту")
    says(page, "Дорожная карта сохранена")
    assert page.locator("tr[id^=item-]").count() == 21
    assert Roadmap.objects.get().items.count() == 21


def loads_the_teachers(page, file):
    go(page, "Сегодня")
    link(page, "Загрузите педагогов")
    page.get_by_label("Файл Excel").set_input_files(file)
    button(page, "Проверить файл")
    assert Participation.objects.count() == 0
    button(page, "Загрузить")
    says(page, "Загружено: новых 5, изменено 0.")
    assert [Participation.objects.filter(side=side).count() for side in ("mentor", "mentee")] == [2, 3]


def takes_the_proposal(page):
    go(page, "Пары")
    link(page, "Подбор пар")
    button(page, "Создать проекты для отмеченных")
    says(page, "3 проекта")
    assert Pair.objects.filter(state=Pair.State.DRAFT).count() == 3


def records_consents_and_signs_the_order(page):
    page.get_by_label("Приказ №").fill("87-о")
    page.get_by_label("Дата приказа").fill("2026-09-01")
    button(page, "Сохранить")
    expect(page.get_by_role("button", name="Отметить, что подписан")).to_have_count(0)
    for _mentor in range(2):
        link(page, "Внести согласие")
        button(page, "Сохранить")
        says(page, "Согласие внесено")
    button(page, "Подписан: закрепить пары")
    says(page, "подписан")
    assert Order.objects.get().state == Order.State.SIGNED
    assert [pair.state for pair in Pair.objects.all()] == [Pair.State.FIXED] * 3


def approves_a_plan(page):
    plan = make.plan(Pair.objects.first(), items=3, state=Plan.State.SUBMITTED, waiting_since=FIRST_OF_SEPTEMBER)
    go(page, "Сегодня")
    link(page, "Прочитать и утвердить")
    button(page, "Утвердить")
    expect(page.get_by_role("main")).to_contain_text("Утверждён")
    plan.refresh_from_db()
    assert (plan.state, plan.approved_on) == (Plan.State.APPROVED, FIRST_OF_SEPTEMBER)
