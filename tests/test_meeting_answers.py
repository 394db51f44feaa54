"""The mentee's word on a meeting, and what becomes of a meeting: changed, held, cancelled."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Entry
from pairs.models import Attendance
from tests import factories as make
from tests.test_meetings import errors_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def answer(client, pair, word, objection=""):
    row = Attendance.objects.get(pair=pair)
    make.as_user(client, pair.mentee.person)
    client.post(reverse("meeting_answer", args=[row.pk]), {"answer": word, "objection": objection})
    row.refresh_from_db()
    return row


def test_the_mentee_confirms_with_one_tap_and_a_second_tap_adds_nothing(client, pair):
    make.meeting(pair)

    row = answer(client, pair, "confirmed")
    answer(client, pair, "confirmed")

    assert (row.answer, row.answered_on, Entry.objects.about(row).count()) == ("confirmed", make.TODAY, 1)


def test_an_objection_needs_a_word_and_takes_the_meeting_out_of_the_count(client, pair):
    make.meeting(pair)

    assert answer(client, pair, "objected", "  ").answer == ""
    row = answer(client, pair, "objected", "Меня не было")

    assert (row.answer, row.objection) == ("objected", "Меня не было")
    assert list(Attendance.objects.counted()) == []


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_only_a_meeting_that_was_held_is_answered(client, pair, state):
    make.meeting(pair, state=state)

    assert answer(client, pair, "confirmed").answer == ""


def test_the_mentor_cannot_answer_for_the_mentee(client, pair):
    make.meeting(pair)
    row = Attendance.objects.get()

    response = make.as_user(client, pair.mentor.person).post(
        reverse("meeting_answer", args=[row.pk]), {"answer": "confirmed"}
    )

    row.refresh_from_db()
    assert (response.status_code, row.answer) == (403, "")


def test_changing_a_meeting_asks_the_mentee_again_and_says_so_in_the_history(client, pair):
    meeting = make.meeting(pair, minutes=45)
    answer(client, pair, "objected", "Было меньше")
    url = reverse("meeting_edit", args=[meeting.pk])

    make.as_user(client, pair.mentor.person).post(url, typed(pair, minutes="30", form_key=""))

    row = Attendance.objects.get()
    assert (row.answer, row.objection, row.answered_on) == ("", "", None)
    assert Entry.objects.about(meeting).count() == 2


def test_a_second_tab_does_not_overwrite_the_first(client, pair):
    meeting = make.meeting(pair)
    url = reverse("meeting_edit", args=[meeting.pk])
    make.as_user(client, pair.mentor.person).post(url, typed(pair, topic="Первая", revision="0"))

    errors_of(client.post(url, typed(pair, topic="Вторая", revision="0")))

    meeting.refresh_from_db()
    assert meeting.topic == "Первая"


def test_a_mentee_who_has_answered_stays_in_the_meeting(client, year):
    mentor = make.mentor(year)
    first, second = make.pair(year, mentor), make.pair(year, mentor)
    meeting = make.meeting(first, second)
    answer(client, first, "confirmed")

    url = reverse("meeting_edit", args=[meeting.pk])
    response = make.as_user(client, mentor.person).post(url, typed(second, form_key="", topic=meeting.topic))

    assert response.status_code == 200
    assert meeting.attendances.count() == 2


def test_a_planned_meeting_is_recorded_as_held_once(client, pair):
    meeting = make.meeting(pair, state="planned", on=make.TODAY)
    url = reverse("meeting_hold", args=[meeting.pk])
    make.as_user(client, pair.mentor.person)

    first = client.post(url, typed(pair, form_key=""))
    second = client.post(url, typed(pair, form_key="", topic="Ещё раз"))

    meeting.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert (meeting.state, meeting.topic) == ("held", "Посещение урока")


def test_a_planned_meeting_ahead_cannot_be_recorded_as_held(client, pair):
    meeting = make.meeting(pair, state="planned", on=datetime.date(2024, 11, 27))
    url = reverse("meeting_hold", args=[meeting.pk])

    assert list(errors_of(make.as_user(client, pair.mentor.person).post(url, typed(pair, on="2024-11-27")))) == ["on"]
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_cancelling_needs_a_reason(client, pair):
    meeting = make.meeting(pair)
    url = reverse("meeting_cancel", args=[meeting.pk])
    make.as_user(client, pair.mentor.person).post(url, {"comment": " "})
    meeting.refresh_from_db()
    assert meeting.state == "held"

    client.post(url, {"comment": "Записана дважды"})

    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason) == ("cancelled", "Записана дважды")
