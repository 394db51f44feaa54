"""Courses: many people into the schedule at once, the certificate by its owner, confirmed by somebody else; hours."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import workflow
from events import hours, tables
from events.models import Attendance, Course
from tests import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
TODAY = f.TODAY
CERTIFICATE = {"title": "Наставничество", "hours": "36", "ends_on": TODAY.isoformat(), "certificate_number": "77 № 5"}


@pytest.fixture
def person(pair):
    return pair.mentee.person


@pytest.fixture
def own(client, person):
    """A browser of the mentee, without pages."""
    return f.as_user(client, person)


def scan(content=b"%PDF-1.7 scan", name="Удостоверение.pdf"):
    return SimpleUploadedFile(name, content)


def states():
    return list(Course.objects.order_by("pk").values_list("state", flat=True))


def errors_of(answer):
    return set(answer.context["form"].errors)


def test_one_form_puts_many_people_into_the_schedule(signed_in, year, pair):
    people = [pair.mentor.person.pk, pair.mentee.person.pk]
    sent = {"title": "Наставничество", "hours": "36", "is_distance": "on", "people": people}
    assert signed_in.post(reverse("course_plan"), sent).status_code == 302
    found = set(Course.objects.values_list("person_id", "state", "scheduled_on", "hours", "is_distance"))
    assert found == {(pk, "planned", TODAY, 36, True) for pk in people}


def test_who_has_the_course_already_is_named_and_the_others_get_it(signed_in, year, pair):
    f.course(year, pair.mentee.person, title="Наставничество")
    sent = {"title": "Наставничество", "people": [pair.mentor.person.pk, pair.mentee.person.pk]}
    answer = signed_in.post(reverse("course_plan"), sent, follow=True)
    assert Course.objects.count() == 2
    assert f"Уже есть у: {pair.mentee.person.short_name}." in answer.content.decode()


def test_a_participant_enters_a_course_and_the_curator_confirms_it(own, person, year, curator):
    answer = own.post(reverse("course_create"), CERTIFICATE | {"upload": scan()})
    course = Course.objects.get()
    assert answer["Location"] == course.get_absolute_url()
    assert (course.person, course.state, course.claimed_on, course.scheduled_on) == (person, "claimed", TODAY, None)
    assert (course.certificate.name, course.from_paper) == ("Удостоверение.pdf", False)
    assert b"%PDF" in own.get(reverse("course_file", args=[course.pk])).content
    f.as_user(own, curator).post(reverse("course_move", args=[course.pk, "confirm"]))
    course.refresh_from_db()
    assert (course.state, course.confirmed_on, course.confirmed_by) == ("confirmed", TODAY, curator)


def test_a_line_of_the_schedule_is_claimed_by_its_person(own, person, year):
    course = f.course(year, person, hours=None, ends_on=None)
    assert own.post(reverse("course_claim", args=[course.pk]), CERTIFICATE).status_code == 302
    course.refresh_from_db()
    assert (course.state, course.hours, course.certificate_number) == ("claimed", 36, "77 № 5")


@pytest.mark.parametrize(
    "fields, wrong",
    [
        ({"hours": ""}, {"hours"}),
        ({"hours": "0"}, {"hours"}),
        ({"ends_on": ""}, {"ends_on"}),
        ({"ends_on": (TODAY + datetime.timedelta(days=1)).isoformat()}, {"ends_on"}),
        ({"ends_on": "2023-05-05"}, {"ends_on"}),
        ({"starts_on": (TODAY + datetime.timedelta(days=3)).isoformat()}, {"ends_on"}),
        ({"certificate_number": ""}, {"certificate_number"}),
        ({"certificate_number": "", "upload": scan(b"<svg onload='alert(1)'/>", "c.svg")}, {"upload"}),
    ],
)
def test_what_a_certificate_lacks_is_said_beside_its_field(own, year, fields, wrong):
    answer = own.post(reverse("course_create"), CERTIFICATE | fields)
    assert (answer.status_code, errors_of(answer), states()) == (200, wrong, [])


def test_the_same_course_is_not_entered_twice(own, year):
    assert [own.post(reverse("course_create"), CERTIFICATE).status_code for _press in range(2)] == [302, 200]
    assert states() == ["claimed"]


def test_a_returned_course_comes_back_with_its_comment_answered(own, person, year, curator):
    own.post(reverse("course_create"), CERTIFICATE)
    course = Course.objects.get()
    with pytest.raises(workflow.Refused):
        workflow.perform(course, "return", curator)
    workflow.perform(course, "return", curator, "Номер не читается", remark="Номер не читается")
    page = own.get(reverse("course_claim", args=[course.pk])).content.decode()
    assert "Номер не читается" in page
    own.post(reverse("course_claim", args=[course.pk]), CERTIFICATE | {"revision": Course.objects.get().revision})
    course.refresh_from_db()
    assert (course.state, course.remark) == ("claimed", "")


def test_the_curator_enters_for_somebody_who_does_not_type(signed_in, person, curator, year):
    assert signed_in.post(reverse("course_create"), CERTIFICATE | {"person": person.pk}).status_code == 302
    course = Course.objects.get()
    assert (course.person, course.state, course.from_paper, course.confirmed_by) == (person, "confirmed", True, curator)


def test_nobody_confirms_their_own_course(year, curator):
    course = f.course(year, curator, certificate_number="5")
    workflow.perform(course, "claim", curator)
    with pytest.raises(PermissionDenied):
        workflow.perform(course, "confirm", curator)
    assert workflow.perform(course, "confirm", f.head(year.school)).state == "confirmed"


def test_a_line_of_the_schedule_is_taken_off_by_the_curator_alone(person, year, curator):
    scheduled, entered = f.course(year, person), f.course(year, person, scheduled_on=None)
    with pytest.raises(PermissionDenied):
        workflow.perform(scheduled, "withdraw", person, "Не хочу")
    assert workflow.perform(entered, "withdraw", person, "Ошибся").state == "withdrawn"
    assert workflow.perform(scheduled, "withdraw", curator, "Уволился").state == "withdrawn"


def test_a_mentor_does_not_read_the_mentees_courses(client, person, pair, year):
    course = f.course(year, person)
    f.as_user(client, pair.mentor.person)
    assert client.get(course.get_absolute_url()).status_code == 404
    assert list(client.get(reverse("course_list")).context["page"]) == []


# ---------------------------------------------------------------- hours


@pytest.fixture
def busy(year, pair, curator):
    """A course of 36 hours, a training of 4, one of 2 where the person was absent, one without hours."""
    f.course(year, pair.mentee.person, by=curator)
    f.course(year, pair.mentee.person)
    for event_hours, mark in ((4, "present"), (2, "absent"), (None, "present")):
        event = f.event(year, hours=event_hours)
        Attendance.objects.create(year=year, event=event, person=pair.mentee.person, mark=mark)
    return pair.mentee.person


def test_hours_come_from_confirmed_courses_and_events_attended(busy, year):
    assert hours.by_person(year, TODAY) == {busy.pk: (36, 4)}
    assert hours.by_person(year, TODAY - datetime.timedelta(days=1)) == {}


def test_a_participant_sees_their_hours(client, busy):
    page = f.as_user(client, busy).get(reverse("course_list")).content.decode()
    assert "Ваши часы за 2024/2025: 40 (курсы 36, мероприятия школы 4)" in page


@pytest.mark.parametrize("slug", ["trainings", "events"])
def test_the_reports_are_a_page_a_paper_and_a_sheet(signed_in, busy, paper_is_html, slug):
    for name in ("report_detail", "report_pdf", "report_xlsx"):
        assert signed_in.get(reverse(name, args=[slug])).status_code == 200
    paper = signed_in.get(reverse("report_pdf", args=["trainings"])).content.decode()
    assert ("Часы по людям" in paper, busy.full_name in paper) == (True, True)


def test_the_list_of_hours_adds_up(busy, year):
    table = tables.hours_of_year(year, TODAY)
    assert [row[1:] for row in table.rows] == [(36, 4, 40)]
