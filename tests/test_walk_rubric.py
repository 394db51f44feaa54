"""News from the curator's desk to a stranger's eyes, and back: a consent is withdrawn, the name goes, a task comes."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests import publishing as pub
from tests.walking import button, go, link, says

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stranger(browser, live_server):
    """A browser of somebody who has never been here, without scripts, and the rubric in it."""
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/rubric/")
    yield page
    context.close()


def leave(page):
    page.context.clear_cookies()


def test_news_is_read_by_a_stranger_until_a_consent_is_withdrawn(
    page, live_server, sign_in, stranger, settings, tmp_path, no_console_errors
):
    settings.TODAY, settings.MEDIA_ROOT = make.TODAY, tmp_path
    year = make.year()
    pub.months(year)
    curator, keeper = make.curator(year.school), make.person(year.school, is_site_keeper=True)
    mentor = make.mentor(year, last_name="Лебедь", first_name="Нина", patronymic="Львовна").person
    pub.agrees(mentor)
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(pub.picture(size=(400, 300)))
    expect(stranger.get_by_text("Рубрика ещё не открыта")).to_be_visible()

    sign_in(curator)
    go(page, "Рубрика на сайте")
    link(page, "Заполнить и открыть рубрику")
    page.get_by_label("Рубрика открыта для всех").check()
    button(page, "Сохранить")
    link(page, "Написать новость")
    page.get_by_label("Название").fill("Открытый урок")
    page.get_by_label("Текст").fill("Урок дала **Нина Лебедь**.")
    button(page, "Посмотреть")
    expect(page.get_by_role("region", name="Как это будет выглядеть").locator("strong")).to_have_text("Нина Лебедь")
    button(page, "Сохранить")
    link(page, "Отметьте их")
    page.get_by_label("Лебедь Н. Л.: назван в тексте").check()
    button(page, "Сохранить")
    link(page, "Добавить файл")
    page.get_by_label("Файл").set_input_files(photo)
    page.get_by_label("Подпись").fill("На уроке")
    page.get_by_label("Лебедь Нина Львовна").check()
    button(page, "Сохранить")
    button(page, "Опубликовать")
    says(page, "Опубликовано")

    stranger.reload()
    stranger.get_by_role("link", name="Открытый урок").click()
    expect(stranger.get_by_role("article")).to_contain_text("Урок дала Нина Лебедь.")
    expect(stranger.get_by_role("img", name="На уроке")).to_be_visible()

    leave(page)
    sign_in(keeper)
    link(page, "Открытый урок")
    assert page.get_by_role("textbox", name="Текст").input_value().startswith("Открытый урок\n\n20 ноября 2024 г.")
    link(page, "Отметить размещение")
    page.get_by_label("Адрес на официальном сайте").fill("https://school.example.ru/news/1")
    button(page, "Сохранить")
    says(page, "Размещение отмечено")

    pub.takes_back(mentor)
    assert stranger.reload().status == 404
    stranger.goto(f"{live_server.url}/rubric/")
    expect(stranger.get_by_text("Новостей пока нет.")).to_be_visible()
    expect(stranger.get_by_text("Лебедь")).to_have_count(0)

    go(page, "Сегодня")
    expect(page.get_by_role("main")).to_contain_text("Уберите с официального сайта: Открытый урок")
    link(page, "Отметить, что убрано")
    expect(page.get_by_role("main")).to_contain_text("Лебедь Нина Львовна")
    button(page, "Убрано")
    go(page, "Сегодня")
    expect(page.get_by_role("main")).not_to_contain_text("Открытый урок")
