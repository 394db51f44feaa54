"""Attendance: one tap each, a code on the screen that works for the invited and while the event lasts, live figures."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.models import Entry
from events.models import Attendance, Invited
from events.sheet import Sheet, share_of
from tests import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
DAY = f.TODAY


@pytest.fixture
def at(monkeypatch):
    """`at(14, 30)`: it is that time of the day."""

    def set_to(hour, minute):
        moment = timezone.make_aware(datetime.datetime.combine(DAY, datetime.time(hour, minute)))
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(14, 40)
    return set_to


@pytest.fixture
def game(year, pair, at):
    return f.event(
        year, kind="game", title="Деловая игра", threshold=90, starts_at=datetime.time(14, 30), ends_at=datetime.time(16, 0)
    )  # fmt: skip


def link(event):
    return reverse("check_in", args=[event.check_in_code])


def marks(event):
    return dict(event.attendances.values_list("person_id", "mark"))


def tap(client, event, person, mark, **fields):
    return client.post(reverse("attendance_mark", args=[event.pk]), {"person": person.pk, "mark": mark, **fields})


# ---------------------------------------------------------------- the code on the screen


def test_the_button_and_not_the_link_checks_in(client, game, pair):
    person = pair.mentee.person
    page = f.as_user(client, person).get(link(game))
    assert (page.status_code, marks(game)) == (200, {})
    assert client.post(link(game)).status_code == 302
    row = Attendance.objects.get()
    assert (row.person, row.mark, row.checked_in, row.year, row.marked_by) == (
        person,
        "present",
        True,
        game.year,
        person,
    )
    client.post(link(game))
    assert (Attendance.objects.count(), Entry.objects.about(row).count()) == (1, 1)
    assert "Вы отмечены как присутствующий" in client.get(link(game)).content.decode()


@pytest.mark.parametrize(
    "time, words",
    [((13, 59), "Ещё рано"), ((14, 0), "Я здесь"), ((16, 0), "Я здесь"), ((16, 1), "Мероприятие закончилось")],
)
def test_the_code_works_from_half_an_hour_before_until_the_end(client, game, pair, at, time, words):
    at(*time)
    answer = f.as_user(client, pair.mentee.person).get(link(game))
    assert words in answer.content.decode()
    assert (client.post(link(game)).status_code, answer.status_code) == (
        (302, 200) if words == "Я здесь" else (403, 403)
    )
    assert len(marks(game)) == (words == "Я здесь")


def test_who_is_not_invited_is_told_so_and_nothing_is_written(client, game, year):
    for person in (f.person(year.school), f.curator(year.school), f.mentee(year).person):
        f.as_user(client, person)
        for answer in (client.get(link(game)), client.post(link(game))):
            assert (answer.status_code, "Вас нет в списке" in answer.content.decode()) == (403, True)
    assert marks(game) == {}


def test_a_stranger_signs_in_first_and_comes_back(client, game):
    answer = client.get(link(game))
    assert answer["Location"] == f"{reverse('login')}?next={link(game)}"
    assert client.post(link(game)).status_code == 401
    assert marks(game) == {}


def test_somebody_of_another_school_finds_nothing(client, game):
    f.as_user(client, f.pair(f.year()).mentee.person)
    assert [ask(link(game)).status_code for ask in (client.get, client.post)] == [404, 404]


def test_a_cancelled_event_takes_nobody(client, game, pair):
    type(game).objects.filter(pk=game.pk).update(state="cancelled", cancelled_on=DAY)
    answer = f.as_user(client, pair.mentee.person).post(link(game))
    assert (answer.status_code, "Мероприятие отменено" in answer.content.decode(), marks(game)) == (403, True, {})


def test_a_renewed_code_stops_the_old_one(client, curator, game, pair):
    old = link(game)
    f.as_user(client, curator).post(reverse("check_in_renew", args=[game.pk]))
    game.refresh_from_db()
    assert (client.get(old).status_code, old == link(game)) == (404, False)
    page = client.get(reverse("check_in_screen", args=[game.pk])).content.decode()
    assert (link(game) in page, "<svg" in page, old in page) == (True, True, False)
    assert f.as_user(client, pair.mentee.person).post(link(game)).status_code == 302


def test_the_code_cannot_be_guessed_and_stands_in_no_journal(signed_in, game):
    signed_in.post(reverse("check_in_renew", args=[game.pk]))
    game.refresh_from_db()
    assert len(game.check_in_code) >= 32
    told = str(list(Entry.objects.values_list("comment", "changes", "target_label", "target_url")))
    assert game.check_in_code not in told


# ---------------------------------------------------------------- the list


def test_one_tap_writes_it_down_and_the_last_word_counts(signed_in, game, pair):
    person = pair.mentee.person
    answer = tap(signed_in, game, person, "present")
    assert answer["Location"] == f"{reverse('attendance_list', args=[game.pk])}#p{person.pk}"
    tap(signed_in, game, person, "excused", reason="Больничный")
    row = Attendance.objects.get()
    assert (row.mark, row.reason, row.checked_in) == ("excused", "Больничный", False)
    assert "Больничный" not in str(list(Entry.objects.about(row).values()))
    tap(signed_in, game, person, "absent", reason="забыл")
    row.refresh_from_db()
    assert (row.mark, row.reason) == ("absent", "")


@pytest.mark.parametrize("sent", [{"mark": "excused"}, {"mark": "excused", "reason": " "}, {"mark": "late"}, {}])
def test_a_mark_that_is_none_writes_nothing(signed_in, game, pair, sent):
    url = reverse("attendance_mark", args=[game.pk])
    assert signed_in.post(url, {"person": pair.mentee.person.pk, **sent}).status_code == 302
    assert marks(game) == {}


def test_only_people_of_the_list_are_marked(signed_in, game, year):
    for person in (f.person(year.school), f.pair(f.year()).mentee.person):
        tap(signed_in, game, person, "present")
    assert marks(game) == {}


def test_nobody_is_marked_before_the_event(signed_in, game, pair, at):
    at(13, 59)
    tap(signed_in, game, pair.mentee.person, "present")
    assert marks(game) == {}
    page = signed_in.get(reverse("attendance_list", args=[game.pk])).content.decode()
    assert "Явку отмечают не раньше чем за полчаса до начала." in page


def test_who_answers_for_the_event_marks_it_and_nobody_else(client, game, pair):
    game.responsible = pair.mentor.person
    game.save()
    assert tap(f.as_user(client, pair.mentor.person), game, pair.mentee.person, "present").status_code == 302
    assert tap(f.as_user(client, pair.mentee.person), game, pair.mentor.person, "present").status_code == 403
    assert marks(game) == {pair.mentee.person.pk: "present"}


# ---------------------------------------------------------------- the share


def figures(share):
    return (share.present, share.total, share.percent, share.lacking, share.is_reached)


def test_excused_stay_counted_and_guests_do_not_raise_the_share(game, pair, year):
    for _n in range(4):
        f.pair(year)
    guest = f.person(year.school)
    Invited.objects.create(year=year, event=game, person=guest)
    people = [row.person for row in Sheet(game).rows if row.is_counted]
    for number, person in enumerate([*people[:8], guest]):
        mark, reason = ("excused", "Больничный") if number == 0 else ("present", "")
        Attendance.objects.create(year=year, event=game, person=person, mark=mark, reason=reason)
    assert (figures(Sheet(game).share), Sheet(game).share.guests) == ((7, 10, 70, 2, False), 1)
    for person in people[8:]:
        Attendance.objects.create(year=year, event=game, person=person, mark="present")
    assert figures(Sheet(game).share) == (9, 10, 90, 0, True)
    assert share_of(game) == Sheet(game).share
    assert Attendance.objects.present_at(game).participations().count() == 9


def test_the_open_page_asks_for_the_figures_alone(signed_in, game, pair):
    url = reverse("attendance_share", args=[game.pk])
    page = signed_in.get(reverse("attendance_list", args=[game.pk])).content.decode()
    assert f'data-live="{url}"' in page
    part = signed_in.get(url).content.decode()
    assert ("0 из 2" in part, "<html" in part) == (True, False)


def test_figures_do_not_refresh_when_the_event_is_over(signed_in, game, at):
    at(16, 1)
    assert "data-live" not in signed_in.get(reverse("attendance_share", args=[game.pk])).content.decode()


# ---------------------------------------------------------------- the papers


@pytest.mark.parametrize("name", ["attendance_pdf", "attendance_blank"])
def test_the_papers_name_everybody_in_russian(signed_in, game, pair, paper_is_html, name):
    Attendance.objects.create(year=game.year, event=game, person=pair.mentee.person, mark="present")
    signed_in.cookies["django_language"] = "en"
    paper = signed_in.get(reverse(name, args=[game.pk])).content.decode()
    wanted = [pair.mentee.person.full_name, pair.mentor.person.full_name, "Деловая игра", game.year.school.name]
    wanted += ["Подпись"] if name == "attendance_blank" else ["Присутствовали: 1 из 2 (50 %), ожидалось не менее 90 %."]
    assert [words for words in wanted if words not in paper] == []


def test_the_sheet_in_excel_holds_who_was_there(signed_in, game, pair):
    from io import BytesIO

    from openpyxl import load_workbook

    Attendance.objects.create(year=game.year, event=game, person=pair.mentee.person, mark="excused", reason="=1+1")
    book = load_workbook(BytesIO(signed_in.get(reverse("attendance_xlsx", args=[game.pk])).content))
    rows = {row[1]: row[2:4] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert rows[pair.mentee.person.full_name] == ("уважительная причина", "=1+1")
    assert rows[pair.mentor.person.full_name] == ("нет отметки", None)
