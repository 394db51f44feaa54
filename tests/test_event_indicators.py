"""1.3, 1.9, 4.3, 5.2 and 5.4: the number, the people behind it, and the same of an earlier day."""

import datetime

import pytest
from django.utils import translation

from accounts import workflow
from events.models import Attendance, Course, Invited, Talk
from roadmap.indicators import measure_checkpoint
from roadmap.proofs import sheet
from tests import factories as f
from tests.test_indicators import item, names, number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
TODAY = f.TODAY


@pytest.fixture(autouse=True)
def in_russian(settings):
    settings.LANGUAGE_CODE = "ru"
    with translation.override("ru"):
        yield


def days(n):
    return TODAY - datetime.timedelta(days=n)


def there(event, *people, mark="present"):
    for person in people:
        Attendance.objects.create(
            year=event.year, event=event, person=person, mark=mark, reason="Больничный" if mark == "excused" else ""
        )


def both(pair):
    return pair.mentor.person, pair.mentee.person


# ---------------------------------------------------------------- 1.3


def test_1_3_counts_the_people_of_the_schedule_whose_course_is_confirmed(year, pair, curator):
    training = item(year, "training", due_on=None)
    assert measure_checkpoint(training, TODAY).text == "срок не наступил"
    mentor, mentee = both(pair)
    f.course(year, mentor, by=curator, ends_on=days(3), is_distance=True)
    f.course(year, mentor, title="Второй")
    f.course(year, mentee)
    f.course(year, f.person(year.school), by=curator, scheduled_on=None)  # beside the schedule
    f.course(year, f.person(year.school), state=Course.State.WITHDRAWN)
    assert number(training) == (1, 2)
    assert number(training, days(4)) == (0, 2)
    assert names(training) == ({str(mentor)}, {str(mentee)})
    said = measure_checkpoint(training, TODAY).beside
    assert said == ["из прошедших обучение наставников: 1, дистанционно: 1, вне графика: 1"]


# ---------------------------------------------------------------- 1.9


def test_1_9_counts_the_people_of_the_pairs_on_the_day_of_the_game(year, pair):
    game_item = item(year, "closing-game")
    mentor, mentee = both(pair)
    second = f.pair(year, the_mentor=pair.mentor)  # the same mentor, counted once
    late = f.pair(year, since=TODAY)
    game = f.event(year, kind="game", on=days(5), state="held")
    there(game, mentor, mentee, f.person(year.school), *both(late))
    there(game, second.mentee.person, mark="excused")
    assert number(game_item) == (2, 3)
    assert number(game_item, days(5)) == (2, 3)
    assert measure_checkpoint(game_item, days(6)).total == 0
    assert names(game_item) == ({str(mentor), str(mentee)}, {str(second.mentee.person)})


def test_1_9_is_met_by_ninety_percent_and_never_by_a_cancelled_game(year):
    game_item = item(year, "closing-game")
    people = [person for _n in range(5) for person in both(f.pair(year))]
    game = f.event(year, kind="game")
    there(game, *people[:8])
    assert measure_checkpoint(game_item, TODAY).is_met is False
    there(game, people[8])
    assert (number(game_item), measure_checkpoint(game_item, TODAY).is_met) == ((9, 10), True)
    type(game).objects.filter(pk=game.pk).update(state="cancelled", cancelled_on=TODAY)
    assert measure_checkpoint(game_item, TODAY).total == 0


def test_1_9_before_the_game_says_when_it_is_planned(year, pair):
    game_item = item(year, "closing-game", due_on=datetime.date(2025, 5, 31))
    f.event(year, kind="game", on=datetime.date(2025, 5, 20))
    found = measure_checkpoint(game_item, TODAY)
    assert (found.text, found.beside) == ("срок не наступил", ["запланировано на 20.05.2025"])


# ---------------------------------------------------------------- 4.3


def test_4_3_counts_pairs_of_which_either_presented_by_the_day(year, pair):
    council_item = item(year, "council", due_on=days(2))
    second = f.pair(year)
    f.pair(year, since=days(1))  # after the item's last day
    council = f.event(year, kind="council", on=days(7))
    Talk.objects.create(year=year, event=council, pair=pair, topic="Год", speaker="mentee", spoken_on=council.on)
    Talk.objects.create(year=year, event=council, pair=second, topic="Год")
    assert number(council_item) == (1, 2)
    assert number(council_item, days(8)) == (0, 2)
    assert names(council_item) == ({str(pair)}, {str(second)})


# ---------------------------------------------------------------- 5.2


def test_5_2_counts_what_was_held_by_its_first_day(year, curator):
    on_time = item(year, "events-on-time")
    f.event(year, title="Вовремя", on=days(9), state="held")
    late = f.event(year, title="Перенесено", on=days(3), original_on=days(9), state="held")
    gone = f.event(year, title="Отменено", on=days(8))
    workflow.perform(gone, "cancel", curator, "Карантин", cancel_reason="Карантин")
    f.event(year, title="Впереди", on=days(-5))
    f.event(year, title="Не наше", on=days(9), is_assigned=False)
    assert number(on_time) == (1, 3)
    assert names(on_time)[1] == {str(late), str(gone)}


def test_5_2_asks_of_an_outside_event_that_somebody_was_there(year, pair):
    on_time = item(year, "events-on-time")
    event = f.event(year, kind="outside", level="regional", audience="by_name", on=days(4), state="held")
    assert number(on_time) == (0, 1)
    there(event, pair.mentee.person)
    assert number(on_time) == (1, 1)


# ---------------------------------------------------------------- 5.4


def test_5_4_counts_who_was_put_forward_and_who_took_part(year, pair):
    outside_item = item(year, "outside-events")
    mentor, mentee = both(pair)
    for on, people in ((days(6), (mentor, mentee)), (days(-6), (f.person(year.school),))):
        event = f.event(year, kind="outside", level="regional", audience="by_name", on=on)
        for person in people:
            Invited.objects.create(year=year, event=event, person=person)
        there(event, mentee)
    assert number(outside_item) == (1, 2)
    assert measure_checkpoint(outside_item, days(7)).total == 0
    assert names(outside_item) == ({str(mentee)}, {str(mentor)})
    assert measure_checkpoint(outside_item, TODAY).beside == ["из всех участников системы: 1 из 2 (50 %)"]


# ---------------------------------------------------------------- proofs


@pytest.mark.parametrize(
    "code, title, cell",
    [
        ("training", "Обучение и удостоверения", "Подтверждён"),
        ("closing-game", "Лист явки", "присутствовал(а)"),
        ("council", "Выступления пар на педагогическом совете", "Наш год"),
        ("events-on-time", "Реестр мероприятий", "Проведено"),
        ("outside-events", "Внешние мероприятия", "да"),
    ],
)
def test_each_prints_its_proof(year, pair, curator, code, title, cell):
    person = pair.mentee.person
    f.course(year, person, by=curator)
    game = f.event(year, kind="game", state="held")
    council = f.event(year, kind="council", state="held")
    Talk.objects.create(year=year, event=council, pair=pair, topic="Наш год", spoken_on=TODAY)
    forum = f.event(year, kind="outside", level="federal", audience="by_name", state="held")
    Invited.objects.create(year=year, event=forum, person=person)
    for event in (game, forum):
        there(event, person)
    table = sheet(measure_checkpoint(item(year, code), TODAY), curator)["table"]
    assert table.title == title
    assert cell in {text for row in table.cells() for text in row}
