"""Every page that the portal shows: no violation of WCAG 2.2 AA in light and dark, no console error, no sideways scroll
on a phone."""

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import get_resolver, reverse

from tests import factories as make
from tests.pages import FILES, PAGES, POSTS, world

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
PEOPLE = list(dict.fromkeys(who for who, *_page in PAGES))
OPEN_ALL = "() => document.querySelectorAll('details:not(.menu)').forEach((each) => each.open = true)"
DARK = "() => { document.documentElement.dataset.bsTheme = 'dark' }"
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


def flaws_of(page, axe):
    """What is wrong with the page that is shown, everything on it opened: [] for a good one."""
    page.evaluate(OPEN_ALL)
    flaws = axe(page)
    page.evaluate(DARK)
    flaws += [f"dark {flaw}" for flaw in axe(page, only=["color-contrast"])]
    page.set_viewport_size(PHONE)
    width = page.evaluate(WIDTH)
    page.set_viewport_size(DESK)
    return flaws + ([f"{width} px wide on a phone"] if width > PHONE["width"] else [])


@pytest.fixture
def steady(page, settings):
    """One day for all pages; colours change at once."""
    settings.TODAY = make.TODAY
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.mark.e2e
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.django_db(transaction=True)
def test_pages_have_no_flaws(steady, live_server, axe, no_console_errors, person):
    arguments, people = world()
    if person in people:
        enter(steady.context, live_server, people[person])
    found = {}
    for name, key, query in [rest for who, *rest in PAGES if who == person]:
        asked = live_server.url + reverse(name, args=arguments[key]) + query
        answer = steady.goto(asked)
        elsewhere = [] if (answer.status, answer.url) == (200, asked) else [f"{answer.status} {answer.url}"]
        if flaws := elsewhere + flaws_of(steady, axe):
            found[f"{name} {key} {query}"] = flaws
    assert found == {}
