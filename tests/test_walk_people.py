"""A mentor and a mentee at their phones, by touch."""

import pytest
from playwright.sync_api import expect

from pairs.models import Meeting
from surveys.models import Response
from tests import factories as make
from tests.walking import go

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("phone")]


@pytest.fixture
def year():
    return make.year()


class Taps:
    """Counts what the thumb does; typing is not counted, the tap into a field is."""

    def __init__(self):
        self.number = 0

    def __call__(self, place):
        self.number += 1
        place.click()
        return place


def test_a_mentor_records_a_meeting_and_closes_a_line_in_five_taps(page, year, sign_in):
    pair = make.pair(year)
    plan = make.plan(pair, state="approved", by=make.curator(year.school))
    line = plan.items.first()
    sign_in(pair.mentor.person)
    tap = Taps()
    tap(page.get_by_role("link", name="Записать встречу").first)
    tap(page.get_by_role("combobox", name="Тема")).fill("Разбор урока")
    tap(page.get_by_role("group", name=line.what).get_by_label("выполнено"))
    tap(page.get_by_role("group", name=line.what).get_by_label("Что получилось")).fill("Лист анализа заполнен")
    tap(page.get_by_role("button", name="Записать встречу"))
    assert tap.number == 5
    assert page.get_by_role("heading", level=1).inner_text() == "Разбор урока"
    assert page.get_by_role("status").inner_text() == "Встреча записана."
    meeting = Meeting.objects.get()
    assert (meeting.on, meeting.state, meeting.mentor) == (make.TODAY, "held", pair.mentor)
    line.refresh_from_db()
    assert (line.done_on, line.result) == (make.TODAY, "Лист анализа заполнен")
    open_from_menu(page, "Встречи")
    assert page.get_by_role("table").get_by_role("link", name="Разбор урока").count() == 1


def open_from_menu(page, place):
    page.get_by_role("button", name="Открыть меню").click()
    go(page, place)


def answer(page, number, value):
    page.get_by_role("group", name=f"Утверждение {number}").get_by_role("radio", name=str(value)).check()


def test_a_mentee_leaves_a_questionnaire_comes_back_to_the_answers_and_submits_once(page, year, sign_in):
    part = make.mentee(year)
    make.pair(year, the_mentee=part)
    period = make.period(year, opens_on=make.TODAY)
    wave = make.wave(period, competences=[make.competence(year.school), make.competence(year.school, "Документы")])
    sign_in(part.person)
    open_from_menu(page, "Диагностика")
    page.get_by_role("link", name="Заполнить").click()
    for number in range(3):
        answer(page, number, 4)
    expect(page.get_by_role("status").filter(has_text="Сохранено")).to_be_visible()
    open_from_menu(page, "Сегодня")

    open_from_menu(page, "Диагностика")
    page.get_by_role("link", name="Продолжить").click()
    expect(page.locator("input:checked")).to_have_count(3)
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text([f"Утверждение {n}" for n in (3, 4, 5)])
    for number in range(3, 6):
        answer(page, number, 2)
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("status")).to_have_text("Спасибо! Анкета отправлена.")

    response = Response.objects.get()
    assert (response.participation, response.submitted_on) == (part, make.TODAY)
    assert [row.value for row in response.answers.order_by("question__position")] == [4, 4, 4, 2, 2, 2]
    answers = page.get_by_role("link", name="Отправлена").get_attribute("href")
    page.goto(page.url + f"waves/{wave.pk}/fill/")
    assert page.url.endswith(answers)
    open_from_menu(page, "Диагностика")
    page.get_by_role("link", name="Мой рост").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мой рост")
    rows = page.get_by_role("table").get_by_role("row").all_inner_texts()[1:]
    assert [row.split() for row in rows] == [
        ["Ведение", "урока", "4,0", "(3)", "сильно", "—"], ["Документы", "2,0", "(3)", "слабо", "—"],
    ]  # fmt: skip
