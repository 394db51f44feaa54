"""A mentee answers on a phone, with a break, without a connection for a while, and in two windows."""

import pytest
from playwright.sync_api import expect

from surveys.given import given_by
from surveys.models import Response
from tests import asking
from tests import factories as make
from tests.walking import go

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("phone")]
NO_CONNECTION = "Нет связи: ответы сохранены на этом устройстве"


@pytest.fixture
def part():
    return make.pair(make.year()).mentee


@pytest.fixture
def wave(part):
    form = asking.questionnaire(part.year.school, title="Как идут дела", minutes=3)
    return asking.wave(part.year, form, audience="mentees")


def choose(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def says(page, words):
    expect(page.locator("[data-autosave-state]")).to_contain_text(words)


def kept(wave):
    """{question's text: (numbers, words)} in the database."""
    response = Response.objects.get(wave=wave)
    texts = dict(wave.questionnaire.questions.values_list("pk", "text"))
    return {texts[pk]: (given.numbers, given.text) for pk, given in given_by(response).items()}


def unsent(page):
    """What waits on the device: questions of the questionnaire, by their numbers."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('answers-')).length")


def all_is_sent(page):
    expect(page.locator("form.survey")).to_have_attribute("data-unsent", "0")
    assert unsent(page) == 0


def open_it(page):
    page.get_by_role("button", name="Открыть меню").click()
    go(page, "Диагностика")
    page.get_by_role("link", name="Заполнить").or_(page.get_by_role("link", name="Продолжить")).click()


def test_answers_survive_a_break_a_lost_connection_and_a_second_window(page, part, wave, sign_in, no_console_errors):
    sign_in(part.person)
    open_it(page)
    facts = page.get_by_role("region", name="Прежде чем начать").inner_text()
    assert [words for words in ("около 3 минут", "С вашим именем", "28.11.2024") if words in facts] == [
        "около 3 минут", "С вашим именем", "28.11.2024",
    ]  # fmt: skip
    address = page.url
    choose(page, "Насколько полезно?", "8")
    says(page, "Сохранено")
    assert kept(wave) == {"Насколько полезно?": ((8,), "")}

    # What is asked only after «да» is not there before; progress counts what is asked.
    which = page.get_by_role("textbox", name="Какая?")
    expect(which).to_be_hidden()
    expect(page.get_by_text("Отвечено 1 из 6")).to_be_visible()
    choose(page, "Нужна ли помощь?", "Да")
    expect(which).to_be_visible()
    expect(page.get_by_text("Отвечено 2 из 7")).to_be_visible()
    says(page, "Сохранено")

    # The connection is lost: answers wait on the device, and nothing is sent into nowhere.
    page.context.set_offline(True)
    choose(page, "Как удобнее?", "Дистанционно")
    says(page, NO_CONNECTION)
    page.get_by_role("group", name="Что нужно?").get_by_label("Что именно").fill("Тишина")
    page.get_by_role("group", name="Что нужно?").get_by_label("Время").check()
    page.get_by_role("button", name="Отправить").click()
    says(page, NO_CONNECTION)
    assert (len(kept(wave)), unsent(page)) == (2, 1)

    # The phone is put away, and taken up again with a connection.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    all_is_sent(page)
    says(page, "Сохранено")
    assert kept(wave) == {
        "Насколько полезно?": ((8,), ""), "Нужна ли помощь?": ((3,), ""), "Как удобнее?": ((2,), ""),
        "Что нужно?": ((0, 3), "Тишина"),
    }  # fmt: skip

    # A second window that was opened before sends only what was given in it, and submits for both.
    second = page.context.new_page()
    second.goto(address)
    choose(page, "Насколько полезно?", "10")
    all_is_sent(page)
    second.get_by_role("textbox", name="Какая?").fill("Методическая")
    second.get_by_role("button", name="Отправить").click()
    expect(second.get_by_role("status").filter(has_text="Спасибо! Анкета отправлена.")).to_be_visible()
    found = kept(wave)
    assert (found["Насколько полезно?"], found["Какая?"]) == (((10,), ""), ((), "Методическая"))
    assert Response.objects.submitted().get().participation == part

    # The first window is told when it goes on.
    choose(page, "Насколько полезно?", "1")
    says(page, "уже отправлена")
    all_is_sent(page)
    assert kept(wave)["Насколько полезно?"] == ((10,), "")
    second.close()
    expected = ("ERR_INTERNET_DISCONNECTED", "409")
    assert [told for told in no_console_errors if not any(words in told for words in expected)] == []
    no_console_errors.clear()


def test_signing_out_leaves_nothing_on_the_device(page, part, wave, sign_in, no_console_errors):
    sign_in(part.person)
    open_it(page)
    page.context.set_offline(True)
    choose(page, "Как удобнее?", "Очно")
    says(page, NO_CONNECTION)
    page.evaluate("Object.defineProperty(navigator, 'onLine', {value: true})")
    page.route("**/save/**", lambda route: route.abort())  # the answer still cannot be sent
    page.context.set_offline(False)
    assert unsent(page) == 1
    page.locator("header summary").last.click()
    page.get_by_role("button", name="Выйти", exact=True).click()
    page.wait_for_url(lambda url: "/login/" in url)
    assert unsent(page) == 0
    no_console_errors.clear()
