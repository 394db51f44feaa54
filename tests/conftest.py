"""What the whole suite shares: the browser, the guards around it, and what happens where something is not installed.

A run on somebody's own machine skips what it cannot do and says why; with REQUIRE_ALL=1 (`.ci/run`) it fails instead.
"""

import ctypes.util
import gc
import os
import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.template.base import Template

from accounts import clock
from tests import factories
from tests.access_acts import paper_is_html  # noqa: F401 - fixtures of the tests about access
from tests.access_world import world  # noqa: F401

# Playwright's event loop lives in the test's thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Rendering makes heaps of short-lived objects: with Python's usual threshold a fifth of the suite is spent looking for
# cycles among them.
gc.set_threshold(200_000, 20, 20)
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
AXE_QUICK = {"resultTypes": ["violations"], "preload": False}


def has_pango():
    return bool(ctypes.util.find_library("pangoft2-1.0")) or any(
        Path(folder, "libpangoft2-1.0.so.0").exists()
        for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64")
    )


def lacking(item):
    """Why this test cannot run here, or an empty string."""
    if item.get_closest_marker("e2e") and not CHROMIUM:
        return "no browser: apt-get install chromium"
    if item.get_closest_marker("pdf") and not has_pango():
        return "no Pango: apt-get install libpangoft2-1.0-0"
    return ""


def pytest_collection_finish():
    """What is loaded stays: no collection looks at it again."""
    gc.freeze()


def pytest_collection_modifyitems(items):
    for item in items:
        if reason := lacking(item):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if REQUIRE_ALL and (reason := lacking(item)):
        pytest.fail(reason, pytrace=False)
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        # No lack: `.ci/run` runs the suite a second time on PostgreSQL.
        pytest.skip("about PostgreSQL; this run is on SQLite (set DATABASE_URL)")


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied():
    """After a test with real transactions Django empties every table; on SQLite the journal's triggers refuse that."""
    flush = SQLite.ops_class.execute_sql_flush

    def past_the_triggers(operations, statements):
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(operations, statements)
            for _name, sql in triggers:
                cursor.execute(sql)

    SQLite.ops_class.execute_sql_flush = past_the_triggers
    yield
    SQLite.ops_class.execute_sql_flush = flush


@pytest.fixture
def pages_without_context(monkeypatch):
    """Pages are rendered as in real use. Django's test client else copies the context of every template, each widget's too."""
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


@pytest.fixture(autouse=True)
def big_worlds_are_rendered_as_in_use(request):
    """Tests of all pages at once look at what is sent, never at `answer.context`."""
    if "world" in request.fixturenames:
        request.getfixturevalue("pages_without_context")


@pytest.fixture
def november():
    """The day on which most tests live; asked for by `usefixtures`."""
    with clock.on(factories.TODAY):
        yield


@pytest.fixture
def year():
    return factories.year()


@pytest.fixture
def pair(year):
    return factories.pair(year)


@pytest.fixture
def curator(year):
    return factories.curator(year.school)


@pytest.fixture
def signed_in(client, curator):
    """A browser of the curator, without pages."""
    return factories.as_user(client, curator)


def needs(program, package):
    """Skip, or fail under REQUIRE_ALL, where a program of the system is missing."""
    if shutil.which(program):
        return
    reason = f"no {program}: apt-get install {package}"
    pytest.fail(reason, pytrace=False) if REQUIRE_ALL else pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    # Every page is met once: what V8 would optimise for the hundredth time costs more than it gives.
    quiet.append("--js-flags=--no-opt --no-maglev")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "ru-RU",
        "timezone_id": "Europe/Moscow",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture
def no_console_errors(page):
    """The page writes no error to its console: a breach of the CSP, a missing file, a broken script. Checked at the end.

    Refusals that a test asks for (a 403 page) are taken out with `no_console_errors.remove(...)` or `.clear()`.
    """
    found = []
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


@pytest.fixture(scope="session")
def axe_source():
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()


@pytest.fixture
def axe(axe_source):
    """`axe(page)` → the WCAG 2.2 AA violations of the page as ["rule: element", ...]; a good page gives []."""

    def violations(page, only=None):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(axe_source)
        rules = {"runOnly": {"type": "rule", "values": only}} if only else AXE_RULES
        rules = rules | AXE_QUICK
        found = page.evaluate("options => axe.run(options).then((found) => found.violations)", rules)
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return violations


@pytest.fixture
def sign_in(page, live_server):
    """`sign_in(user)`: through the form, as people do; returns the page."""

    def through_the_form(user):
        page.goto(f"{live_server.url}/login/")
        page.fill("input[name=username]", user.username)
        page.fill("input[name=password]", factories.PASSWORD)
        page.click("form:has(input[name=username]) button >> nth=0")
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    return through_the_form


PHONE = {"width": 390, "height": 844}
NOTE_WIDTH = """addEventListener("load", () => {
  const width = document.documentElement.scrollWidth;
  if (width > 390) sessionStorage.wide = `${sessionStorage.wide ?? ""} ${location.pathname} ${width}`;
})"""


@pytest.fixture
def phone(page, settings, no_console_errors):
    """A phone on the day of the factories; whatever page was shown, nothing was wider than the screen."""
    settings.TODAY = factories.TODAY
    page.set_viewport_size(PHONE)
    page.add_init_script(NOTE_WIDTH)
    yield page
    assert page.evaluate("sessionStorage.wide ?? ''") == ""
