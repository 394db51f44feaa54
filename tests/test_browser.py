"""The way in, in a real browser: the guards of conftest.py at work."""

import pytest

from tests import factories

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_curator_signs_in_and_meets_a_page_without_violations(
    page, live_server, sign_in, axe, no_console_errors, theme
):
    year = factories.year()
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page.goto(f"{live_server.url}/login/")
    assert axe(page) == []
    sign_in(factories.curator(year.school))
    assert page.url == f"{live_server.url}/"
    assert axe(page) == []


def test_the_console_guard_sees_a_breach_of_the_policy(page, live_server):
    """Negative control of `no_console_errors`: an inline script is refused, and that is heard."""
    heard = []
    page.on("console", lambda message: message.type == "error" and heard.append(message.text))
    page.goto(f"{live_server.url}/login/")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert len(heard) == 1
