"""A mentor's evening without a mouse: every stop of the Tab key is seen, and a meeting gets written down."""

import pytest

from pairs.models import Meeting
from tests import factories as make
from tests.walking import says

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FOCUS = """() => {
  const at = document.activeElement, label = at.labels?.[0];
  const drawn = (each) => each && (getComputedStyle(each).outlineStyle != "none" || getComputedStyle(each).boxShadow != "none");
  return {
    name: (at.getAttribute("aria-label") ?? label?.innerText ?? at.innerText).trim(),
    isSeen: [at, label].some(drawn),
  };
}"""


def tab_to(page, name, most=60):
    """Press Tab until the thing that bears the name has the focus; every stop on the way shows where one is."""
    unseen, stops = [], []
    for _press in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        stops.append(focus["name"])
        unseen += [] if focus["isSeen"] else [focus["name"]]
        if focus["name"].startswith(name):
            assert unseen == []
            return
    pytest.fail(f"«{name}» is not reached: {stops}")


def test_a_meeting_is_recorded_by_keyboard_alone(page, live_server, settings, no_console_errors):
    settings.TODAY = make.TODAY
    page.emulate_media(reduced_motion="reduce")  # or a ring is looked at before it has grown
    pair = make.pair(make.year())
    line = make.plan(pair, state="approved", by=make.curator(pair.year.school)).items.first()
    keys = page.keyboard
    page.goto(f"{live_server.url}/login/")
    assert page.evaluate(FOCUS)["name"].startswith("Имя для входа")
    keys.type(pair.mentor.person.username)
    tab_to(page, "Пароль")
    keys.type(make.PASSWORD)
    keys.press("Enter")
    page.wait_for_url(f"{live_server.url}/")

    keys.press("Tab")
    assert page.evaluate(FOCUS) == {"name": "К содержанию", "isSeen": True}
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    tab_to(page, "Встречи")
    keys.press("Enter")
    page.wait_for_url("**/meetings/")
    tab_to(page, "Записать встречу")
    keys.press("Enter")
    page.wait_for_url("**/meetings/new/**")

    tab_to(page, "Тема")
    keys.type("Разбор урока")
    tab_to(page, "нет")  # the first line of the plan: Tab enters the group, arrows move within
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    tab_to(page, "Что получилось")
    keys.type("Лист анализа заполнен")
    tab_to(page, "Записать встречу")
    keys.press("Enter")
    says(page, "Встреча записана")
    assert [(meeting.topic, meeting.state) for meeting in Meeting.objects.all()] == [("Разбор урока", "held")]
    line.refresh_from_db()
    assert (line.done_on, line.result) == (make.TODAY, "Лист анализа заполнен")
