"""The curator takes the answers over, reads the heat map, and turns the gap into a training."""

import pytest
from playwright.sync_api import expect

from events.models import Event
from pairs.models import Request
from tests import factories as make
from tests.diagnosing import answered, entry_wave
from tests.walking import button, link, says

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def school(settings):
    """Three mentees ask for help with parents, one of them with lessons too; the only mentor gives lessons."""
    settings.TODAY = make.TODAY
    year = make.year()
    lesson, parents = (make.competence(year.school, name) for name in ("Ведение урока", "Работа с родителями"))
    wave = entry_wave(year, "mentee", [lesson, parents])
    for number, picked in enumerate(([2], [2], [1, 2])):
        answered(wave, make.mentee(year, last_name="Белых", first_name=f"Дарья{number}"), 4, 4, picked=picked)
    mentor = make.mentor(year, last_name="Лебедь")
    answered(entry_wave(year, "mentor", [lesson]), mentor, 4, picked=[1])
    return year


def test_the_heat_map_is_read_and_its_gap_becomes_a_training(page, school, sign_in, no_console_errors):
    sign_in(make.curator(school.school))
    link(page, "Прочитать и перенести")
    for box in page.get_by_role("checkbox").all():
        box.check()
    button(page, "Перенести ответы отмеченных")
    says(page, "Перенесено запросов и ресурсов: 5, людей: 4.")
    assert Request.objects.count() == 4
    page.get_by_role("button", name="Отменить: Ведение урока").first.click()
    says(page, "Отменено: «Ведение урока».")
    page.get_by_role("button", name="Ведение урока").first.click()
    says(page, "«Ведение урока» отмечено.")

    link(page, "Потребности и ресурсы")
    chart = page.get_by_role("img", name="Потребности и ресурсы по компетенциям")
    expect(chart).to_be_visible()
    assert chart.locator("text").all_text_contents()[5:] == [
        "Ведение урока", "1", "0", "1", "3", "0", "Работа с родителями", "3", "0", "0", "0", "3",
    ]  # fmt: skip
    row = page.get_by_role("row", name="Работа с родителями")
    expect(row).to_contain_text("▲ 3")
    row.get_by_role("link", name="Сделать обучение").click()

    expect(page.get_by_label("Название")).to_have_value("Обучение: Работа с родителями")
    page.get_by_label("Дата", exact=False).first.fill("2024-12-04")
    button(page, "Запланировать")
    says(page, "Мероприятие запланировано.")
    event = Event.objects.get()
    assert (event.kind, event.competence.name, event.year) == (Event.Kind.TRAINING, "Работа с родителями", school)
