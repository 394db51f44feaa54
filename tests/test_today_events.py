"""Today: what waits because of events, courses and talks; each line when, and only when, it should."""

import datetime

import pytest
from django.utils import translation

from accounts import workflow
from events.models import Attendance, Talk
from tests import factories as make
from tests.test_today import names, tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november", "english")]
TODAY = make.TODAY


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def curator(year):
    return make.curator(year.school, language="en")


def ahead(n):
    return TODAY + datetime.timedelta(days=n)


def about(found, word):
    return [label for label in found if word in label]


def marked(event, person):
    Attendance.objects.create(year=event.year, event=event, person=person, mark="present")


def test_attendance_waits_on_the_day_until_somebody_is_marked(year, pair, curator):
    event = make.event(year, title="Game", starts_at=datetime.time(14, 30), ends_at=datetime.time(16, 0))
    task = tasks(curator, year)["Mark who is at “Game”"]
    assert (task.url, task.tone, task.age) == (f"/events/{event.pk}/attendance/", "warn", "today, 14:30–16:00")
    marked(event, pair.mentee.person)
    assert about(tasks(curator, year), "Game") == []


def test_a_held_event_without_marks_is_loud_and_a_cancelled_one_is_silent(year, curator):
    event = make.event(year, title="Game", on=ahead(-3), state="held")
    assert tasks(curator, year)["Mark who is at “Game”"].tone == "bad"
    type(event).objects.filter(pk=event.pk).update(state="cancelled", cancelled_on=TODAY)
    assert about(tasks(curator, year), "Game") == []


def test_a_passed_day_asks_first_whether_it_was_held(year, curator):
    event = make.event(year, title="Game", on=ahead(-3))
    found = tasks(curator, year)
    assert names(found["The day of 1 event has passed"]) == ["Game"]
    assert about(found, "Mark who") == []
    workflow.perform(event, "hold", curator)
    assert about(tasks(curator, year), "has passed") == []


def test_who_answers_for_an_event_is_asked_too(year, pair, curator):
    make.event(year, title="Game", responsible=pair.mentor.person)
    assert about(tasks(pair.mentor.person, year), "Mark who") == ["Mark who is at “Game”"]
    assert about(tasks(pair.mentee.person, year), "Mark who") == []


def test_a_course_waits_for_somebody_elses_confirmation(year, pair, curator):
    course = make.course(year, pair.mentee.person, certificate_number="5")
    own = make.course(year, curator, certificate_number="6")
    for each in (course, own):
        workflow.perform(each, "claim", each.person)
    task = tasks(curator, year)["1 course waits for confirmation"]
    assert (names(task), task.url) == ([pair.mentee.person.short_name], course.get_absolute_url())
    workflow.perform(course, "confirm", curator)
    assert about(tasks(curator, year), "course") == []


def test_a_returned_course_waits_for_its_person(year, pair, curator):
    course = make.course(year, pair.mentee.person, title="Digital", certificate_number="5")
    workflow.perform(course, "claim", course.person)
    workflow.perform(course, "return", curator, "No photo", remark="No photo")
    task = tasks(pair.mentee.person, year)["The course “Digital” was returned: “No photo”"]
    assert (task.url, task.tone) == (f"/events/courses/{course.pk}/claim/", "bad")
    assert about(tasks(pair.mentor.person, year), "Digital") == []


def test_pairs_without_a_talk_are_named_while_a_council_is_near(year, pair, curator):
    other = make.pair(year)
    council = make.event(year, kind="council", on=ahead(30))
    Talk.objects.create(year=year, event=council, pair=other, topic="A year")
    task = tasks(curator, year)["1 pair has no talk at the council"]
    assert (names(task), task.url) == ([str(pair)], f"/events/{council.pk}/talks/")
    type(council).objects.filter(pk=council.pk).update(on=ahead(90))
    assert about(tasks(curator, year), "no talk") == []


def test_a_participant_sees_the_next_events_they_are_invited_to(year, pair):
    make.event(year, title="Soon", on=ahead(3), starts_at=datetime.time(14, 30), ends_at=datetime.time(16, 0))
    make.event(year, title="Far", on=ahead(40))
    make.event(year, title="Mentors", on=ahead(2), audience="mentors")
    make.event(year, title="Off", on=ahead(2), state="cancelled", cancelled_on=TODAY)
    found = {label: task.age for label, task in tasks(pair.mentee.person, year).items() if "Common" in label}
    assert found == {"Common meeting: Soon": "23.11.2024, 14:30–16:00"}
