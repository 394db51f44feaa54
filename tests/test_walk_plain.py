"""Every role gets its work done where no script runs."""

from io import BytesIO

import pytest
from django.conf import settings as project
from openpyxl import load_workbook
from playwright.sync_api import expect

from accounts.models import User
from pairs.models import Meeting, Plan
from roadmap import actions
from roadmap.models import Roadmap
from surveys.models import Response
from tests import factories as make
from tests.walking import button, go, link, says

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser_context_args(java_script_enabled=False),
    pytest.mark.usefixtures("november", "no_console_errors"),
]


@pytest.fixture
def november(settings, page):
    settings.TODAY = make.TODAY
    page.set_default_timeout(10_000)


@pytest.fixture
def year(db):
    return make.year()


def test_a_curator_loads_the_roadmap_and_approves_a_plan(page, year, sign_in):
    plan = make.plan(make.pair(year), items=3, state=Plan.State.SUBMITTED)
    sign_in(make.curator(year.school))
    go(page, "Дорожная карта")
    link(page, "Загрузить дорожную карту")
    page.get_by_label("Файл с дорожной картой").set_input_files(project.BASE_DIR / "fixtures" / "roadmap_2024.txt")
    button(page, "Прочитать файл")
    button(page, "Сохранить дорожную карту")
    says(page, "Дорожная карта сохранена")
    assert Roadmap.objects.get().items.count() == 21
    go(page, "Планы")
    page.get_by_role("checkbox", name="Утвердить план").check()
    button(page, "Утвердить отмеченные")
    says(page, "1 план утверждён")
    plan.refresh_from_db()
    assert (plan.state, plan.approved_on) == (Plan.State.APPROVED, make.TODAY)


def test_a_mentor_records_a_meeting_on_a_phone(page, year, sign_in):
    pair = make.pair(year)
    line = make.plan(pair, state="approved", by=make.curator(year.school)).items.first()
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(pair.mentor.person)
    page.get_by_role("button", name="Открыть меню").click()
    go(page, "Встречи")
    link(page, "Записать встречу")
    page.get_by_role("combobox", name="Тема").fill("Разбор урока")
    page.get_by_role("group", name=line.what).get_by_label("выполнено").check()
    page.get_by_role("group", name=line.what).get_by_label("Что получилось").fill("Лист анализа заполнен")
    button(page, "Записать встречу")
    says(page, "Встреча записана")
    line.refresh_from_db()
    assert (line.done_on, line.result) == (make.TODAY, "Лист анализа заполнен")
    assert [(meeting.topic, meeting.state) for meeting in Meeting.objects.all()] == [("Разбор урока", "held")]


def test_a_mentee_leaves_a_questionnaire_and_comes_back(page, year, sign_in):
    part = make.mentee(year)
    make.pair(year, the_mentee=part)
    make.wave(make.period(year, opens_on=make.TODAY), competences=[make.competence(year.school)])
    sign_in(part.person)
    go(page, "Диагностика")
    link(page, "Заполнить")
    page.get_by_role("group", name="Утверждение 0").get_by_role("radio", name="5").check()
    button(page, "Сохранить и выйти")
    says(page, "Сохранено")
    link(page, "Продолжить")
    assert page.get_by_role("radio", checked=True).count() == 1
    for number in (1, 2):
        page.get_by_role("group", name=f"Утверждение {number}").get_by_role("radio", name="2").check()
    button(page, "Отправить")
    says(page, "Анкета отправлена")
    response = Response.objects.get()
    assert (response.submitted_on, [answer.value for answer in response.answers.all()]) == (make.TODAY, [5, 2, 2])


def test_a_head_returns_the_roadmap_with_a_reason_and_approves_it_the_second_time(page, year, sign_in):
    roadmap = actions.load_seed(year=year, by=make.curator(year.school))
    submitted = {"state": Roadmap.State.SUBMITTED, "submitted_on": make.TODAY}
    Roadmap.objects.update(**submitted)
    sign_in(make.head(year.school))
    link(page, "Прочитать и утвердить")
    page.get_by_text("Вернуть с комментарием").first.click()
    page.get_by_label("Причина").fill("Уточните срок 1.8")
    page.get_by_role("button", name="Вернуть с комментарием").last.click()
    expect(page.get_by_role("main")).to_contain_text("Возвращена")
    expect(page.get_by_role("main")).to_contain_text("Уточните срок 1.8")
    Roadmap.objects.update(**submitted)
    page.reload()
    button(page, "Утвердить дорожную карту")
    expect(page.get_by_role("main")).to_contain_text("Утверждена")
    roadmap.refresh_from_db()
    assert (roadmap.state, roadmap.approved_on) == (Roadmap.State.APPROVED, make.TODAY)


def test_an_administrator_invites_a_person_who_then_signs_in(page, year, sign_in):
    sign_in(make.admin(year.school))
    go(page, "Люди и роли")
    link(page, "Новый человек")
    page.get_by_label("Фамилия").fill("Ёлкина")
    page.get_by_label("Имя", exact=False).first.fill("Марина")
    button(page, "Сохранить")
    go(page, "Люди и роли")
    page.get_by_role("checkbox", name="Ёлкина Марина").check()
    button(page, "Напечатать приглашения для отмеченных")
    address = page.locator(".slip-address").inner_text()
    expect(page.get_by_role("button", name="Печать")).to_be_hidden()  # it would do nothing here
    page.get_by_role("banner").get_by_text("Петрова").click()
    page.get_by_role("button", name="Выйти").click()
    home = page.url.removesuffix("/login/")
    page.goto(address.replace(project.SITE_URL, home))
    for field in page.locator("input[type=password]").all():
        field.fill("Надёжный-пароль-24")
    page.get_by_role("button", name="Сохранить и войти").click()
    says(page, f"Ваше имя для входа: {User.objects.get(last_name='Ёлкина').username}")
    assert page.url == f"{home}/"


def test_an_administrator_takes_the_registry_away_as_excel(page, year, sign_in):
    mentor, mentee = make.mentor(year, last_name="Гоголь"), make.mentee(year, last_name="Белых")
    pair = make.pair(year, mentor, mentee)
    sign_in(make.admin(year.school))
    go(page, "Участники")
    with page.expect_download() as waiting:
        link(page, "В Excel")
    book = load_workbook(BytesIO(waiting.value.path().read_bytes()))
    assert book.sheetnames == ["Наставники", "Наставляемые", "Пары", "О выгрузке"]
    assert [[cell.value for cell in row][:6] for row in book["Пары"].iter_rows(min_row=2)] == [
        [mentor.person.full_name, mentee.person.full_name, "педагог – педагог", "традиционное (один на один)", "Действует",
         pair.order.number]
    ]  # fmt: skip
    assert [[row[0].value for row in book[side].iter_rows(min_row=2)] for side in ("Наставники", "Наставляемые")] == [
        [mentor.person.full_name], [mentee.person.full_name]
    ]  # fmt: skip
