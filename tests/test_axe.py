"""Every page that the portal shows: no violation of WCAG 2.2 AA in light and dark, no console error, no sideways scroll
on a phone."""

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import get_resolver, reverse

from tests import factories as make
from tests.pages import FILES, PAGES, POSTS, world

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
OPEN_ALL = "() => document.querySelectorAll('details:not(.menu)').forEach((each) => each.open = true)"
DARK = "() => { document.documentElement.dataset.bsTheme = 'dark' }"
# A row that differs from one before it in words alone says nothing new, and axe takes its time for each.
THIN = """() => {
  const shape = (one) => one.outerHTML.replace(/>[^<]+</g, "><").replace(/ (?!class|type)[a-z-]+="[^"]*"/g, "");
  for (const each of document.querySelectorAll("tr, li, fieldset, details, section")) {
    const known = shape(each);
    for (let next, other = each.nextElementSibling; other; other = next) {
      next = other.nextElementSibling;
      if (shape(other) === known) other.remove();
    }
  }
}"""
WIDTH = "() => document.documentElement.scrollWidth"


def names(resolver):
    """URL names of the portal's own pages; Django's admin is Django's."""
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            if entry.namespace != "admin":
                yield from names(entry)
        else:
            yield entry.name


def test_every_address_is_on_the_list():
    assert set(names(get_resolver())) == {name for _who, name, *_rest in PAGES} | POSTS | FILES


def enter(context, live_server, user):
    """Sign in by the session alone: the form has its own tests."""
    client = Client()
    client.force_login(user, backend="accounts.backends.SchoolBackend")
    cookie = client.cookies[project.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def in_turn(rows, context, live_server, people):
    """The rows one by one, each with its person signed in."""
    before = "nobody"
    for row in rows:
        if row[0] != before:
            enter(context, live_server, people[row[0]])
        before = row[0]
        yield row


def flaws_of(page, axe):
    """What is wrong with the page that is shown, everything on it opened: [] for a good one."""
    page.evaluate(OPEN_ALL)
    page.set_viewport_size(PHONE)
    width = page.evaluate(WIDTH)
    page.set_viewport_size(DESK)
    page.evaluate(THIN)
    flaws = [f"{width} px wide on a phone"] if width > PHONE["width"] else []
    flaws += axe(page)
    page.evaluate(DARK)
    return flaws + [f"dark {flaw}" for flaw in axe(page, only=["color-contrast"])]


@pytest.fixture
def steady(page, settings, axe_source):
    """One day for all pages; colours change at once; axe is there on every page."""
    settings.TODAY = make.TODAY
    page.add_init_script(axe_source)
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_no_page_has_flaws(steady, live_server, axe, no_console_errors):
    arguments, people = world()
    found = {}
    for who, name, key, query in in_turn(PAGES, steady.context, live_server, people):
        asked = live_server.url + reverse(name, args=arguments[key]) + query
        answer = steady.goto(asked)
        elsewhere = [] if (answer.status, answer.url) == (200, asked) else [f"{answer.status} {answer.url}"]
        if flaws := elsewhere + flaws_of(steady, axe):
            found[f"{who} {name} {key} {query}"] = flaws
    assert found == {}


# (who, URL name, key, what is pressed with nothing filled in): pages that no address shows.
PRESSES = [
    ("nobody", "login", "", "Войти"),
    ("admin", "person_list", "", "Напечатать приглашения для отмеченных"),
    ("admin", "person_create", "", "Сохранить"),
    ("mentor", "meeting_create", "", "Записать встречу"),
    ("mentee", "survey_fill", "open_wave", "Отправить"),
    ("curator", "roadmap_item_add", "next_roadmap", "Сохранить"),
    ("curator", "question_create", "drafted_section", "Сохранить"),
    ("curator", "teacher_create", "", "Сохранить"),
    ("curator", "registry_import", "", "Проверить файл"),
]
UNCHECKED = "() => document.querySelectorAll('form').forEach((each) => each.noValidate = true)"


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_no_refusal_has_flaws(steady, live_server, axe, no_console_errors):
    arguments, people = world()
    found = {}
    for who, name, key, button in in_turn(PRESSES, steady.context, live_server, people):
        steady.goto(live_server.url + reverse(name, args=arguments[key]))
        steady.evaluate(UNCHECKED)
        for box in steady.get_by_role("checkbox").all()[:2]:
            box.check()
        with steady.expect_navigation():
            steady.get_by_role("button", name=button, exact=True).last.click()
        if flaws := flaws_of(steady, axe):
            found[f"{who} {name}"] = flaws
    assert found == {}


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_no_page_of_an_error_has_flaws(steady, live_server, axe, no_console_errors):
    found = {}
    year = make.year()
    for user, address, status in [
        (None, "/invitation/nothing/", 404),
        (make.mentee(year).person, "/nothing/", 404),
        (make.mentee(year).person, "/people/", 403),
    ]:
        if user:
            enter(steady.context, live_server, user)
        assert steady.goto(live_server.url + address).status == status
        if flaws := flaws_of(steady, axe):
            found[address] = flaws
    assert found == {}
    assert len(no_console_errors) == 3  # the browser's own line for each refusal
    no_console_errors.clear()
