"""Meetings: who writes them down, who reads what, and what a second click does."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Entry
from pairs.models import Attendance, Meeting, Step
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def typed(*pairs, **fields):
    return {
        "pairs": [pair.pk for pair in pairs], "on": "2024-11-19", "minutes": "40", "kind": "lesson_visit",
        "topic": "Посещение урока", "agreed": "Записать цели", "form_key": "a" * 32, "state": "held", "next_on": "",
    } | fields  # fmt: skip


def create(client, *pairs, query="", **fields):
    return client.post(reverse("meeting_create") + query, typed(*pairs, **fields))


def errors_of(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_a_mentor_records_a_meeting_with_two_mentees(client, year):
    mentor = make.mentor(year)
    first, second = make.pair(year, mentor), make.pair(year, mentor)
    step = Step.objects.get(year=year, code="trial")

    response = create(make.as_user(client, mentor.person), first, second, steps=[step.pk])

    meeting = Meeting.objects.get()
    assert response["Location"] == meeting.get_absolute_url()
    assert (meeting.state, meeting.minutes, meeting.entered_by, meeting.from_paper) == (
        "held",
        40,
        mentor.person,
        False,
    )
    assert {row.pair for row in meeting.attendances.all()} == {first, second}
    assert list(meeting.steps.all()) == [step]


def test_a_double_click_records_one_meeting(client, pair):
    make.as_user(client, pair.mentor.person)

    first, second = create(client, pair), create(client, pair)

    assert Meeting.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_the_form_knows_the_only_mentee_and_the_last_duration(client, pair):
    make.meeting(pair, minutes=25)

    form = make.as_user(client, pair.mentor.person).get(reverse("meeting_create")).context["form"]

    assert (form["pairs"].value(), form["minutes"].value(), form["on"].value()) == ([pair.pk], 25, make.TODAY)


def test_a_link_chooses_the_mentee(client, year):
    mentor = make.mentor(year)
    make.pair(year, mentor)
    second = make.pair(year, mentor)

    form = make.as_user(client, mentor.person).get(reverse("meeting_create"), {"pair": second.pk}).context["form"]

    assert form["pairs"].value() == [second.pk]


@pytest.mark.parametrize(
    "fields, wrong",
    [
        ({"on": "2024-11-21"}, "on"),
        ({"on": "2024-08-31"}, "on"),
        ({"on": "вчера"}, "on"),
        ({"minutes": "0"}, "minutes"),
        ({"topic": " "}, "topic"),
        ({"topic": "я" * 201}, "topic"),
        ({"kind": "party"}, "kind"),
        ({"pairs": []}, "pairs"),
        ({"next_on": "2024-11-19"}, "next_on"),
        ({"next_on": "2025-09-01"}, "next_on"),
        ({"agreed": "a\x00b"}, "agreed"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(client, pair, fields, wrong):
    response = create(make.as_user(client, pair.mentor.person), *([] if wrong == "pairs" else [pair]), **fields)

    assert list(errors_of(response)) == [wrong]
    assert Meeting.objects.count() == 0
    assert response.context["form"]["agreed"].value() == fields.get("agreed", "Записать цели")


def test_a_day_ahead_can_be_planned(client, pair):
    create(make.as_user(client, pair.mentor.person), pair, on="2024-11-27", state="planned")

    assert Meeting.objects.get().state == "planned"


def test_another_mentors_mentee_cannot_be_chosen(client, pair, year):
    assert list(errors_of(create(make.as_user(client, pair.mentor.person), make.pair(year)))) == ["pairs"]


def test_a_meeting_before_the_pair_began_is_saved_with_a_warning(client, year):
    pair = make.pair(year, since=datetime.date(2024, 11, 10))

    response = create(make.as_user(client, pair.mentor.person), pair, on="2024-11-08")

    levels = [message.level_tag for message in client.get(response["Location"]).context["messages"]]
    assert levels == ["warning", "success"]


def test_the_next_day_agreed_becomes_a_planned_meeting(client, pair):
    create(make.as_user(client, pair.mentor.person), pair, next_on="2024-11-26")

    following = Meeting.objects.get(state="planned")
    assert (following.on, following.attendances.get().pair) == (datetime.date(2024, 11, 26), pair)


def test_a_meeting_closes_a_line_of_the_approved_plan(client, pair):
    plan = make.plan(pair, state="approved", by=make.curator(pair.year.school))
    done, worked = plan.items.all()
    fields = {
        f"line{done.pk}-touched": "done",
        f"line{done.pk}-result": "Посещены два урока",
        f"line{worked.pk}-touched": "worked",
    }

    create(make.as_user(client, pair.mentor.person), pair, **fields)

    done.refresh_from_db()
    worked.refresh_from_db()
    assert (done.done_on, done.result, done.marked_by) == (
        datetime.date(2024, 11, 19), "Посещены два урока", pair.mentor.person,
    )  # fmt: skip
    assert (worked.done_on, set(Meeting.objects.get().plan_items.all())) == (None, {done, worked})


def test_a_line_is_not_done_without_saying_what_came_of_it(client, pair):
    plan = make.plan(pair, state="approved", by=make.curator(pair.year.school))
    item = plan.items.first()

    response = create(make.as_user(client, pair.mentor.person), pair, **{f"line{item.pk}-touched": "done"})

    assert response.status_code == 200
    assert response.context["sheet"].parts[0].lines[0].errors
    assert Meeting.objects.count() == 0


def test_lines_of_a_plan_that_is_not_approved_are_not_offered(client, pair):
    make.plan(pair, state="submitted")

    assert make.as_user(client, pair.mentor.person).get(reverse("meeting_create")).context["sheet"].parts[0].lines == []


def test_the_private_note_is_read_by_its_pair_alone(client, year):
    mentor = make.mentor(year)
    first, second = make.pair(year, mentor), make.pair(year, mentor)
    make.as_user(client, mentor.person)
    create(
        client,
        first,
        second,
        **{f"pair{first.pk}-private_note": "СЕКРЕТ-1", f"pair{second.pk}-private_note": "СЕКРЕТ-2"},
    )
    url = Meeting.objects.get().get_absolute_url()

    def notes(user):
        page = make.as_user(client, user).get(url).content.decode()
        return ("СЕКРЕТ-1" in page, "СЕКРЕТ-2" in page)

    assert notes(mentor.person) == (True, True)
    assert notes(first.mentee.person) == (True, False)
    assert notes(second.mentee.person) == (False, True)
    assert notes(make.curator(year.school)) == (False, False)
    assert notes(make.head(year.school)) == (False, False)


def test_the_private_note_is_not_in_the_journal_nor_in_the_curators_form(client, pair):
    create(make.as_user(client, pair.mentor.person), pair, **{f"pair{pair.pk}-private_note": "СЕКРЕТ"})
    written = " ".join(str(values) for values in Entry.objects.values_list("comment", "changes", "target_label"))
    curator = make.curator(pair.year.school)

    page = make.as_user(client, curator).get(reverse("meeting_edit", args=[Meeting.objects.get().pk])).content.decode()

    assert "СЕКРЕТ" not in written
    assert "СЕКРЕТ" not in page


def test_the_curators_edit_leaves_the_private_note_alone(client, pair):
    create(make.as_user(client, pair.mentor.person), pair, **{f"pair{pair.pk}-private_note": "СЕКРЕТ"})
    meeting = Meeting.objects.get()
    curator = make.curator(pair.year.school)

    make.as_user(client, curator).post(
        reverse("meeting_edit", args=[meeting.pk]),
        typed(pair, topic="Иная тема", **{f"pair{pair.pk}-private_note": "подмена", "form_key": ""}),
    )

    meeting.refresh_from_db()
    assert (meeting.topic, meeting.attendances.get().private_note) == ("Иная тема", "СЕКРЕТ")


def test_the_curator_enters_a_meeting_from_paper_for_a_mentor(client, pair):
    curator = make.curator(pair.year.school)
    make.as_user(client, curator)
    assert list(client.get(reverse("meeting_create")).context["mentors"]) == [pair.mentor]

    create(client, pair, query=f"?mentor={pair.mentor.pk}")

    meeting = Meeting.objects.get()
    assert (meeting.mentor, meeting.entered_by, meeting.from_paper) == (pair.mentor, curator, True)


def test_the_scan_of_a_paper_is_kept_and_read_by_the_pair(client, pair, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    make.as_user(client, make.curator(pair.year.school))
    scan = SimpleUploadedFile("лист.pdf", b"%PDF-1.7 test")
    create(client, pair, query=f"?mentor={pair.mentor.pk}", paper=scan)

    response = make.as_user(client, pair.mentee.person).get(reverse("meeting_scan", args=[Meeting.objects.get().pk]))

    assert (response.status_code, response.content) == (200, b"%PDF-1.7 test")


@pytest.mark.parametrize("name", ["meeting_detail", "meeting_edit", "meeting_hold", "meeting_scan"])
def test_a_meeting_of_a_foreign_pair_is_not_there(client, pair, year, name):
    meeting = make.meeting(pair, state="planned")
    strangers = [make.pair(year).mentor.person, make.curator(make.year().school)]

    assert [make.as_user(client, user).get(reverse(name, args=[meeting.pk])).status_code for user in strangers] == [
        404,
        404,
    ]


def test_foreign_meetings_take_no_post(client, pair, year):
    meeting = make.meeting(pair)
    row = Attendance.objects.get()
    stranger = make.pair(year)

    make.as_user(client, stranger.mentor.person)
    assert client.post(reverse("meeting_cancel", args=[meeting.pk]), {"comment": "x"}).status_code == 404
    make.as_user(client, stranger.mentee.person)
    assert client.post(reverse("meeting_answer", args=[row.pk]), {"answer": "confirmed"}).status_code == 404


def test_the_mentee_reads_but_does_not_write(client, pair):
    meeting = make.meeting(pair)
    make.as_user(client, pair.mentee.person)

    codes = [client.get(reverse(name, args=[meeting.pk])).status_code for name in ("meeting_detail", "meeting_edit")]
    assert [*codes, client.get(reverse("meeting_create")).status_code] == [200, 403, 403]


def test_a_closed_year_takes_no_meetings(client, year):
    pair = make.pair(year)
    type(year).objects.update(state="closed")

    assert create(make.as_user(client, pair.mentor.person), pair).status_code == 302
    assert Meeting.objects.count() == 0


def test_planned_held_confirmed_objected_and_cancelled_are_counted_apart(client, year):
    pair = make.pair(year)
    for fields in ({"state": "planned"}, {"state": "cancelled"}, {}, {}, {}):
        make.meeting(pair, minutes=60, **fields)
    rows = list(Attendance.objects.filter(meeting__state="held"))
    Attendance.objects.filter(pk=rows[0].pk).update(answer="confirmed")
    Attendance.objects.filter(pk=rows[1].pk).update(answer="objected", objection="нет")

    context = make.as_user(client, make.curator(year.school)).get(reverse("meeting_list")).context

    assert [number for _state, _label, number in context["tabs"]] == [1, 1, 1, 1, 1]
    assert (context["total"], context["hours"]) == (5, 2)


@pytest.mark.parametrize(
    "query, found",
    [
        ("kind=analysis", 1),
        ("shown=planned", 1),
        ("since=2024-10-02", 1),
        ("until=2024-09-30", 0),
        ("since=не+дата", 2),
        ("page=99", 2),
    ],
)
def test_the_list_is_filtered(client, pair, query, found):
    make.meeting(pair)
    make.meeting(pair, kind="analysis", state="planned", on=datetime.date(2024, 11, 5))

    page = make.as_user(client, pair.mentor.person).get(f"{reverse('meeting_list')}?{query}").context["page"]

    assert len(page.object_list) == found


def test_the_list_is_filtered_by_pair_and_mentor(client, year):
    first, second = make.pair(year), make.pair(year)
    meeting = make.meeting(first)
    make.meeting(second)
    make.as_user(client, make.curator(year.school))

    for query in ({"pair": first.pk}, {"mentor": first.mentor_id}):
        assert list(client.get(reverse("meeting_list"), query).context["page"].object_list) == [meeting]


def queries_of(client, url, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as seen:
        assert client.get(url).status_code == 200
    return len(seen.captured_queries)


def test_the_list_costs_the_same_for_one_row_and_three(client, year, django_assert_max_num_queries):
    make.as_user(client, make.curator(year.school))
    make.meeting(make.pair(year))
    one = queries_of(client, reverse("meeting_list"), django_assert_max_num_queries, 8)
    for _each in range(2):
        make.meeting(make.pair(year))

    assert queries_of(client, reverse("meeting_list"), django_assert_max_num_queries, 8) == one


def test_a_meeting_costs_the_same_for_one_mentee_and_three(client, year, django_assert_max_num_queries):
    mentor = make.mentor(year)
    curator = make.curator(year.school)
    small = make.meeting(make.pair(year, mentor))
    large = make.meeting(*(make.pair(year, mentor) for _each in range(2)))
    make.as_user(client, curator)
    client.get(small.get_absolute_url())

    one = queries_of(client, small.get_absolute_url(), django_assert_max_num_queries, 12)
    assert queries_of(client, large.get_absolute_url(), django_assert_max_num_queries, 12) == one
