"""The closing game on its day: the curator shows the code, people check in at their phones, the share reaches 90 %."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from accounts import clock
from events.models import Event
from tests import factories as make
from tests.walking import button, go, link, says

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
TITLE = "Деловая игра «Твой результат – мои возможности»"


@pytest.fixture
def in_the_afternoon(settings, monkeypatch):
    """The day of the factories, at twenty to three."""
    settings.TODAY = make.TODAY
    moment = timezone.make_aware(datetime.datetime.combine(make.TODAY, datetime.time(14, 40)))
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def school(in_the_afternoon):
    """Five pairs, and a roadmap whose only item is the closing game."""
    year = make.year()
    pairs = [make.pair(year) for _n in range(5)]
    item = make.checkpoint(year, indicator="closing-game", due_on=year.teaching_ends_on).item
    people = [person for pair in pairs for person in (pair.mentor.person, pair.mentee.person)]
    return item, make.curator(year.school), people


def plan_the_game(page):
    go(page, "Мероприятия")
    link(page, "Запланировать мероприятие")
    page.get_by_label("Заключительная деловая игра").check()
    page.get_by_label("Название").fill(TITLE)
    page.get_by_label("Дата").fill(make.TODAY.isoformat())
    page.get_by_label("Начало").fill("14:30")
    page.get_by_label("Окончание").fill("16:00")
    button(page, "Запланировать")
    says(page, "Мероприятие запланировано.")


def signed_in(person):
    client = Client()
    client.force_login(person, backend="accounts.backends.SchoolBackend")
    return client


def phone_of(browser, live_server, person):
    """A phone on which this person is signed in."""
    client = signed_in(person)
    cookie = client.cookies[project.SESSION_COOKIE_NAME]
    context = browser.new_context(viewport=PHONE, locale="ru-RU", has_touch=True, is_mobile=True)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return context


def check_in(browser, live_server, person, path):
    context = phone_of(browser, live_server, person)
    phone = context.new_page()
    phone.goto(live_server.url + path)
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    button(phone, "Я здесь")
    says(phone, "Вы отмечены как присутствующий.")
    context.close()


def test_the_closing_game_reaches_ninety_percent(page, browser, live_server, sign_in, school, no_console_errors):
    item, curator, people = school
    sign_in(curator)
    plan_the_game(page)
    link(page, "Код на экран")
    path = urlsplit(page.locator(".screen-code .slip-address").inner_text()).path
    assert page.locator(".screen-qr svg").is_visible()
    for person in people[:3]:
        check_in(browser, live_server, person, path)
    for person in people[3:8]:  # the others do the same, unwatched
        signed_in(person).post(path)
    expect(page.locator(".share")).to_contain_text("8 из 10")  # by itself: nobody has reloaded the screen
    expect(page.locator(".share")).to_contain_text("до порога ещё 1 человек")
    link(page, "Список")
    row = page.get_by_role("listitem").filter(has=page.get_by_text(people[8].full_name, exact=True))
    row.get_by_role("button", name="Здесь").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_text(people[9].full_name, exact=True))
    row.get_by_text("Уваж. причина").click()
    row.get_by_label("Причина").fill("Больничный")
    row.get_by_role("button", name="Записать").click()
    expect(page.locator(".share")).to_contain_text("Порог достигнут")
    expect(page.locator(".share")).to_contain_text("9 из 10 90 %")
    link(page, TITLE)
    button(page, "Отметить проведённым")
    assert Event.objects.get().state == "held"
    go(page, "Дорожная карта")
    page.get_by_role("main").get_by_role("link", name=item.content).first.click()
    expect(page.locator(".big-figure")).to_contain_text("9 из 10 (90 %)")
