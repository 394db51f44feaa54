"""Today of head and administrator; figures lead to their people; schools do not mix; queries do not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.clock import on
from accounts.models import Invitation, Letter, User
from pairs.models import Pair, Pause, Plan
from tests import factories as make
from tests.publishing import told_and_placed
from tests.test_today import met, names, sections, tasks

TODAY = make.TODAY


@pytest.fixture(autouse=True)
def the_day():
    with on(TODAY), translation.override("en"):
        yield


@pytest.fixture
def year(db):
    made = make.year()
    told_and_placed(made.school)  # what the rubric asks for has tests of its own
    return made


@pytest.fixture
def head(year):
    return make.head(year.school, language="en")


def figures(head, year):
    (mine,) = sections(head, year)
    return {str(figure.label): figure for figure in mine.facts["figures"]}


def fill(year, by):
    """Four pairs: working, completed, paused, ended early; an approved plan, meetings, half of the answers."""
    works, done, rests, over = (make.pair(year) for _ in range(4))
    Pair.objects.filter(pk=done.pk).update(state="completed", completed_on=TODAY)
    Pair.objects.filter(pk=over.pk).update(state="ended", ended_on=TODAY - timedelta(days=1))
    Pause.objects.create(pair=rests, since=TODAY - timedelta(days=1), reason="Отпуск")
    for pair in (works, over):
        make.plan(pair, state=Plan.State.APPROVED, by=by)
    met(works)
    met(works, days=4).attendances.update(answer="objected", objection="Не было")
    met(works, days=40)
    make.meeting(works, on=TODAY + timedelta(days=1), state="planned")
    wave = make.wave(make.period(year, 2, opens_on=TODAY - timedelta(days=5)))
    make.response(wave, works.mentee)


def test_the_head_reads_the_year_in_numbers(head, year):
    fill(year, head)
    found = figures(head, year)
    assert {label: figure.value for label, figure in found.items()} == {
        "Pairs of the year": 2, "Plans approved": 1, "Mentors": 4, "Mentees": 4, "Meetings this month": 1, "Answers": 1,
    }  # fmt: skip
    assert (found["Plans approved"].note, found["Answers"].note) == ("of 2", "of 2, 2 квартал")


def test_each_number_leads_to_a_list_of_just_as_many(client, head, year):
    fill(year, head)
    client.force_login(head)
    shown = {}
    for label, figure in figures(head, year).items():
        page = client.get(figure.url)
        assert page.status_code == 200
        shown[label] = page.context["page"].paginator.count if "page" in page.context else page.context["parts"][-1]
    answered = shown.pop("Answers")[0]
    assert shown == {label: figure.value for label, figure in figures(head, year).items() if label != "Answers"}
    assert [len(answered.rows), sum(1 for row in answered.rows if row[2])] == [2, 1]


def test_the_head_is_asked_to_approve_the_roadmap(head, year):
    make.roadmap(year, items=0, state="submitted", submitted_on=TODAY - timedelta(days=3))
    (task,) = tasks(head, year).values()
    assert (task.label, task.age) == ("The roadmap waits for your approval", "since 17.11.2024")


def test_who_is_curator_and_head_meets_the_roadmap_once(year):
    both = make.curator(year.school, is_head=True)
    make.roadmap(year)
    found = {str(section.title): section.facts["glance"] is not None for section in sections(both, year)}
    assert found == {"Curator": True, "Head of the school": False}


# ------------------------------------------------------------------------------------------ tasks lead to their people


def people_listed(client, user, url):
    client.force_login(user)
    page = client.get(url)
    assert page.status_code == 200
    return page.context["page"].paginator.count


def test_each_task_of_the_curator_leads_to_a_list_of_just_as_many(client, year):
    curator = make.curator(year.school)
    make.mentee(year)
    make.draft_pair(year)
    make.pair(year, until=TODAY - timedelta(days=1))
    silent, waiting, other = make.pair(year), make.pair(year), make.pair(year)
    make.plan(waiting, state=Plan.State.SUBMITTED)
    make.plan(other, state=Plan.State.SUBMITTED)
    met(other)
    make.meeting(waiting, on=TODAY - timedelta(days=1), state="planned")
    met(waiting).attendances.update(answer="objected", objection="Не было")
    met(waiting, days=5)
    found = tasks(curator, year)
    assert names(found["1 pair has not met for three weeks"]) == [str(silent)]
    counts = {label: people_listed(client, curator, task.list_url or task.url) for label, task in found.items()}
    assert counts == {
        "1 meeting is objected to": 1, "2 plans wait for approval": 2, "1 pair has not met for three weeks": 1,
        "2 mentees have no mentor": 2, "1 draft pair waits for an order": 1, "The day of 1 planned meeting has passed": 1,
        "The time of 1 pair is up: complete it": 1,
    }  # fmt: skip
    for task in found.values():
        assert client.get(task.url).status_code == 200


# ------------------------------------------------------------------------------------------ administrator


def invitation(person, days):
    now = timezone.now()
    return Invitation.objects.create(
        person=person, token_hash=f"{person.pk}-{days}", created_by=person, expires_at=now + timedelta(days=days)
    )  # fmt: skip


def test_the_administrator_reads_who_cannot_get_in(client, year):
    admin = make.admin(year.school, last_login=timezone.now())
    came, invited, expired, never, off = (make.person(year.school, last_name=name) for name in "АБВГД")
    User.objects.filter(pk=came.pk).update(last_login=timezone.now())
    User.objects.filter(pk=off.pk).update(is_active=False)
    make.head(year.school, is_curator=True, last_login=timezone.now())
    invitation(invited, 3), invitation(expired, -1)
    found = tasks(admin, year)
    assert {label: names(task) for label, task in found.items()} == {
        "2 people have no valid invitation": [expired.short_name, never.short_name],
        "3 people have never signed in": [invited.short_name, expired.short_name, never.short_name],
    }
    counts = [people_listed(client, admin, task.url) for task in found.values()]
    assert counts == [2, 3]


def test_the_administrator_reads_whose_letter_was_not_sent(client, year):
    admin = make.admin(year.school, last_login=timezone.now())
    make.head(year.school, is_curator=True, last_login=timezone.now())
    reached, waits, failed = (make.person(year.school, last_login=timezone.now()) for _ in range(3))
    Letter.objects.create(school=year.school, to=reached.email, subject="1", body="", error="x", sent_at=timezone.now())
    Letter.objects.create(school=year.school, to=waits.email, subject="2", body="")
    Letter.objects.create(school=year.school, to=failed.email, subject="3", body="", error="refused", tries=1)
    (task,) = tasks(admin, year).values()
    assert (task.label, names(task)) == ("A letter to 1 person was not sent", [failed.short_name])
    assert people_listed(client, admin, task.url) == 1


def test_a_new_administrator_reads_how_to_begin_until_curator_and_head_are_named(client, year):
    admin = make.admin(year.school, last_login=timezone.now(), language="en")
    (mine,) = sections(admin, year)
    assert [step.is_done for step in mine.facts["steps"]] == [False, False, False]
    client.force_login(admin)
    assert [client.get(step.url).status_code for step in mine.facts["steps"]] == [200, 200, 200]
    make.curator(year.school, last_login=timezone.now())
    (mine,) = sections(admin, year)
    assert [step.is_done for step in mine.facts["steps"]] == [False, True, False]
    make.head(year.school, last_login=timezone.now())
    (mine,) = sections(admin, year)
    assert mine.facts["steps"] == []


# ------------------------------------------------------------------------------------------ other schools, queries


def busy(year, pairs):
    """A school in which every line of every role has something to say, `pairs` times over."""
    by, mentor = make.curator(year.school), make.mentor(year, capacity=20)
    section = make.roadmap(year, items=0, state="submitted", submitted_on=TODAY).sections.get()
    wave = make.wave(make.period(year, 2, opens_on=TODAY - timedelta(days=5), closes_on=TODAY + timedelta(days=2)))
    make.wave(wave.period, side="mentor")
    make.roadmap_item(section, "2.1", indicator="plans-approved")
    for number in range(pairs):
        make.roadmap_item(section, f"1.{number}")
        make.mentee(year), make.draft_pair(year)
        make.pair(year, mentor, until=TODAY - timedelta(days=1))
        met(make.pair(year, mentor)).attendances.update(answer="objected", objection="Не было")
        make.plan(make.pair(year, mentor), state=Plan.State.SUBMITTED)
        late, returned = make.pair(year, mentor), make.pair(year, mentor)
        make.plan(late, state=Plan.State.APPROVED, by=by)
        make.plan(returned, state=Plan.State.RETURNED)
        make.meeting(late, on=TODAY - timedelta(days=1), state="planned")
        make.meeting(late, on=TODAY + timedelta(days=1), state="planned")
        met(late)
    return mentor.person, late.mentee.person


def test_nothing_of_another_school_is_told(year):
    busy(make.year(), 1)
    staff = make.person(year.school, is_curator=True, is_head=True, is_admin=True, last_login=timezone.now())
    part = make.mentor(year)
    make.person(year.school, last_login=timezone.now())
    User.objects.filter(pk=part.person_id).update(last_login=timezone.now())
    assert (tasks(staff, year), tasks(part.person, year)) == ({}, {})
    values = [figure.value for section in sections(staff, year) for figure in section.facts.get("figures", [])]
    assert values == [0, 0, 1, 0, 0]


# With a roadmap of one counted indicator: every further one, nineteen in all, takes one query more.
MOST = {"curator": 28, "head": 14, "admin": 8, "mentor": 22, "mentee": 20}


@pytest.mark.parametrize("role", MOST)
def test_the_page_takes_as_many_queries_for_three_of_each_as_for_one(client, role, db):
    taken = []
    for pairs in (1, 3):
        year = make.year()
        mentor, mentee = busy(year, pairs)
        people = {"mentor": mentor, "mentee": mentee}
        client.force_login(people.get(role) or make.person(year.school, **{f"is_{role}": True}))
        client.get("/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get("/").status_code == 200
        taken.append(len(found))
    assert taken[0] == taken[1]
    assert taken[0] <= MOST[role]
