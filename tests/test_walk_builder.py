"""The curator builds a questionnaire with a condition, looks at it as people will, publishes it and opens a wave."""

import datetime

import pytest
from playwright.sync_api import expect

from surveys.models import Questionnaire, Wave
from tests import factories as make
from tests.walking import button, go, link, says

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def curator(page, settings, no_console_errors, sign_in):
    settings.TODAY = make.TODAY
    year = make.year()
    made = make.curator(year.school)
    make.pair(year)
    sign_in(made)
    return made


def test_a_curator_builds_a_questionnaire_and_opens_a_wave(page, curator):
    begin(page)
    link(page, "Добавить раздел")
    page.get_by_label("Название").fill("О встречах")
    button(page, "Сохранить")
    ask_whether(page)
    ask_why(page)
    move_and_back(page)
    look_as_a_mentee(page)
    button(page, "Опубликовать")
    says(page, "Анкета опубликована.")
    assert page.get_by_role("main").get_by_role("link", name="Добавить вопрос").count() == 0
    open_a_wave(page)


def begin(page):
    go(page, "Диагностика")
    link(page, "Все анкеты")
    link(page, "Новая анкета")
    page.get_by_label("Название").fill("Как идут встречи")
    page.get_by_label("Для чего").select_option(label="Другой опрос")
    page.get_by_label("Для кого").select_option(label="Наставляемые")
    button(page, "Сохранить")
    says(page, "Черновик создан.")
    expect(page.get_by_text("Пока нет ни одного вопроса.")).to_be_visible()


def ask_whether(page):
    link(page, "Добавить вопрос")
    page.get_by_label("Да, нет, частично").check()
    expect(page.get_by_role("heading", name="Варианты ответа")).to_be_hidden()
    page.get_by_label("Утверждение или вопрос").fill("Встречи проходят по плану?")
    button(page, "Сохранить и добавить ещё")


def ask_why(page):
    """The first press shows the answers to wait for, the second saves."""
    page.get_by_label("Несколько вариантов").check()
    page.get_by_label("Утверждение или вопрос").fill("Что мешает?")
    page.get_by_label("Вариант 1", exact=True).fill("Расписание")
    page.get_by_label("Вариант 2", exact=True).fill("Нагрузка")
    page.get_by_label("Задаётся после вопроса").select_option(label="1. Встречи проходят по плану?")
    button(page, "Показать его ответы")
    expect(page.get_by_label("Вариант 2", exact=True)).to_have_value("Нагрузка")
    page.get_by_label("Нет", exact=True).check()
    button(page, "Сохранить")
    expect(page.get_by_text("Если выше, в вопросе 1, выбрано: «Нет»")).to_be_visible()
    expect(page.get_by_text("Всё готово: анкету можно опубликовать.")).to_be_visible()


def move_and_back(page):
    """What waits for an answer does not go before it, and says so."""
    button(page, "Вопрос 2 выше")
    expect(page.get_by_role("alert")).to_contain_text("который должен стоять раньше")


def look_as_a_mentee(page):
    link(page, "Как увидят")
    why = page.get_by_text("Что мешает?")
    expect(why).to_be_hidden()
    page.get_by_label("Нет", exact=True).check()
    expect(why).to_be_visible()
    link(page, "Как идут встречи")


def open_a_wave(page):
    link(page, "Открыть опрос")
    last = make.TODAY + datetime.timedelta(days=14)
    page.locator("[name=opens_on]").fill(make.TODAY.isoformat())
    page.locator("[name=closes_on]").fill(last.isoformat())
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/surveys/waves/*/")
    wave = Wave.objects.get()
    assert (wave.questionnaire, wave.audience, wave.opens_on, wave.closes_on) == (
        Questionnaire.objects.get(), "mentees", make.TODAY, last,
    )  # fmt: skip
