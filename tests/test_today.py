"""Today: each line stands there when, and only when, it should; and leads to exactly the people it counts."""

import datetime
from datetime import timedelta

import pytest
from django.utils import translation

from accounts import workflow
from accounts.actions import make_year
from accounts.clock import on
from accounts.models import Participation, School, SchoolYear, Term
from mentorship_portal.today import sections_of
from pairs.models import Attendance, Pair, Pause, Plan, PlanItem
from roadmap.models import Checkpoint
from surveys.models import Reminder
from tests import factories as make
from tests.publishing import told_and_placed

pytestmark = pytest.mark.django_db
TODAY = make.TODAY  # a Wednesday


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
def curator(year):
    return make.curator(year.school, language="en")


def sections(user, year):
    user = type(user).objects.select_related("school").get(pk=user.pk)  # roles are kept for a request
    year.school = user.school
    return sections_of(user, year, list(SchoolYear.objects.filter(school=user.school)))


def tasks(user, year):
    """{sentence: task} over all roles."""
    return {str(task.label): task for section in sections(user, year) for task in section.tasks}


def names(task):
    return [name for name, _url, _word in task.people]


def short(participation):
    return participation.person.short_name


def met(*pairs, days=3, **fields):
    return make.meeting(*pairs, on=TODAY - timedelta(days=days), **fields)


def main_text(client, user, url):
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


# ------------------------------------------------------------------------------------------ curator


def test_nothing_waits_when_everything_is_done(curator, year):
    pair = make.pair(year)
    met(pair)
    assert tasks(curator, year) == {}


def test_submitted_plans_wait_with_their_age_the_oldest_first(curator, year):
    fresh, old = make.pair(year), make.pair(year)
    met(fresh), met(old)
    make.plan(fresh, state=Plan.State.SUBMITTED, waiting_since=TODAY - timedelta(days=2))
    make.plan(old, state=Plan.State.SUBMITTED, waiting_since=TODAY - timedelta(days=5))
    found = tasks(curator, year)
    assert list(found) == ["2 plans wait for approval"]
    task = found["2 plans wait for approval"]
    assert (task.age, task.tone) == ("5 days", "warn")
    assert [(name, word) for name, _url, word in task.people] == [
        (short(old.mentee), "5 days"), (short(fresh.mentee), "2 days")
    ]  # fmt: skip


def test_a_plan_that_waits_for_more_than_a_week_is_urgent(curator, year):
    pair = make.pair(year)
    met(pair)
    make.plan(pair, state=Plan.State.SUBMITTED, waiting_since=TODAY - timedelta(days=8))
    assert [task.tone for task in tasks(curator, year).values()] == ["bad"]


def test_nobody_is_asked_to_approve_their_own_plan(curator, year):
    pair = make.pair(year, make.joined(year, curator, "mentor", 1, None, agreed=True))
    met(pair)
    make.plan(pair, state=Plan.State.SUBMITTED)
    assert tasks(curator, year) == {}


def test_plans_wait_for_the_head_where_the_school_has_it_so(curator, year):
    head, pair = make.head(year.school), make.pair(year)
    met(pair)
    make.plan(pair, state=Plan.State.SUBMITTED, waiting_since=TODAY)
    assert (list(tasks(curator, year)), list(tasks(head, year))) == (["1 plan waits for approval"], [])
    School.objects.update(plan_approver="head")
    assert (list(tasks(curator, year)), list(tasks(head, year))) == ([], ["1 plan waits for approval"])


@pytest.mark.parametrize(("days", "said"), [(20, False), (21, False), (22, True)])
def test_a_pair_is_silent_after_three_weeks(curator, year, days, said):
    pair = make.pair(year)
    met(pair, days=days)
    assert ("1 pair has not met for three weeks" in tasks(curator, year)) is said


def test_a_year_younger_than_three_weeks_has_no_silent_pair(curator, year):
    make.pair(year, since=year.starts_on)
    with on(year.starts_on + timedelta(days=20)):
        assert "1 pair has not met for three weeks" not in tasks(curator, year)
    with on(year.starts_on + timedelta(days=21)):
        assert "1 pair has not met for three weeks" in tasks(curator, year)


def test_days_of_a_break_are_not_days_of_silence(curator, year):
    pair = make.pair(year)
    met(pair, days=28)
    Term.objects.create(
        year=year, kind="break", name="Каникулы", starts_on=TODAY - timedelta(days=20), ends_on=TODAY - timedelta(days=14)
    )  # fmt: skip
    assert tasks(curator, year) == {}
    Term.objects.all().delete()
    assert names(tasks(curator, year)["1 pair has not met for three weeks"]) == [str(pair)]


@pytest.mark.parametrize("until", [None, TODAY - timedelta(days=5)])
def test_a_pair_that_is_or_was_paused_lately_is_not_silent(curator, year, until):
    pair = make.pair(year)
    Pause.objects.create(pair=pair, since=TODAY - timedelta(days=30), until=until, reason="Больничный")
    assert tasks(curator, year) == {}


def test_a_meeting_that_is_objected_to_does_not_end_the_silence(curator, year):
    pair = make.pair(year)
    met(pair).attendances.update(answer="objected", objection="Не было")
    assert list(tasks(curator, year)) == ["1 meeting is objected to", "1 pair has not met for three weeks"]


def test_a_pair_whose_time_is_up_is_to_be_completed_and_not_silent(curator, year):
    pair = make.pair(year, until=TODAY - timedelta(days=1))
    assert {label: names(task) for label, task in tasks(curator, year).items()} == {
        "The time of 1 pair is up: complete it": [str(pair)]
    }


def test_mentees_without_a_mentor_are_named_until_an_order_gives_them_one(curator, year):
    lonely, drafted, paired, done = (make.mentee(year) for _ in range(4))
    make.draft_pair(year, the_mentee=drafted)
    met(make.pair(year, the_mentee=paired))
    make.pair(year, the_mentee=done, state=Pair.State.COMPLETED, completed_on=TODAY)
    gone = make.mentee(year)
    Participation.objects.filter(pk=gone.pk).update(until=TODAY - timedelta(days=1))
    found = tasks(curator, year)
    assert list(found) == ["2 mentees have no mentor", "1 draft pair waits for an order"]
    assert sorted(names(found["2 mentees have no mentor"])) == sorted([short(lonely), short(drafted)])


def test_each_open_wave_names_those_who_have_not_answered(curator, year):
    period = make.period(year, 2, opens_on=TODAY - timedelta(days=5), closes_on=TODAY + timedelta(days=10))
    wave, silent, done = make.wave(period), make.pair(year), make.pair(year)
    met(silent), met(done)
    make.response(wave, done.mentee)
    make.response(wave, silent.mentee, submitted_on=None)  # a draft is no answer
    found = tasks(curator, year)
    assert {label: (names(task), task.age, task.url) for label, task in found.items()} == {
        f"{period.name}, mentees: 1 person has not answered": (
            [short(silent.mentee)], f"until {period.closes_on:%d.%m.%Y}", wave.get_absolute_url()
        )
    }  # fmt: skip


@pytest.mark.parametrize(("opens", "closes"), [(-30, -1), (1, 20)])
def test_a_wave_that_is_not_open_is_not_told(curator, year, opens, closes):
    day = timedelta(days=1)
    make.wave(make.period(year, 2, opens_on=TODAY + opens * day, closes_on=TODAY + closes * day))
    met(make.pair(year))
    assert tasks(curator, year) == {}


def test_planned_meetings_whose_day_has_passed_are_told(curator, year):
    pair = make.pair(year)
    met(pair)
    make.meeting(pair, on=TODAY, state="planned")
    assert tasks(curator, year) == {}
    make.meeting(pair, on=TODAY - timedelta(days=1), state="planned")
    assert {label: names(task) for label, task in tasks(curator, year).items()} == {
        "The day of 1 planned meeting has passed": [short(pair.mentee)]
    }


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "The roadmap is a draft: submit it for approval"),
        ("returned", "The head returned the roadmap with a comment"),
        ("submitted", "The roadmap waits for the head's approval"),
    ],
)
def test_the_roadmap_is_told_until_it_is_approved(curator, year, state, said):
    met(make.pair(year))
    plan = make.roadmap(year, items=0, state=state)
    assert list(tasks(curator, year)) == [said]
    head = make.head(year.school)
    type(plan).objects.update(state="approved", approved_on=TODAY, approved_by=head)
    assert tasks(curator, year) == {}


def test_next_deadlines_are_the_open_ones_of_a_month_overdue_first(curator, year):
    plan = make.roadmap(year, items=0)
    section = plan.sections.get()
    days = {"1.1": 40, "1.2": 30, "1.3": -10, "1.4": 0, "1.5": 5}
    for number, ahead in days.items():
        make.roadmap_item(section, number, due_on=TODAY + timedelta(days=ahead))
    closed = Checkpoint.objects.get(item__number="1.5")
    workflow.perform(closed, "explain", curator, "Перенесено", explanation="Перенесено")
    (mine,) = sections(curator, year)
    assert [(row.checkpoint.item.number, row.words, row.tone) for row in mine.facts["deadlines"]] == [
        ("1.3", "10 days late", "bad"), ("1.4", "today is the last day", ""), ("1.2", "until 20.12.2024", "")
    ]  # fmt: skip


def test_the_roadmap_at_a_glance_leads_to_the_items_of_each_state(client, curator, year):
    section = make.roadmap(year, items=0).sections.get()
    make.roadmap_item(section, "1.1")
    make.roadmap_item(section, "1.2", due_on=TODAY + timedelta(days=40))
    met(make.pair(year))
    (mine,) = sections(curator, year)
    rows = mine.facts["glance"]["rows"]
    assert [(str(row["label"]), row["count"]) for row in rows] == [("Overdue", 1), ("In progress", 1)]
    for row, number in zip(rows, ["Мероприятие 1.1", "Мероприятие 1.2"], strict=True):
        page = main_text(client, curator, row["url"])
        assert [words for words in ("Мероприятие 1.1", "Мероприятие 1.2") if words in page] == [number]


# ------------------------------------------------------------------------------------------ years


def test_a_fresh_school_reads_how_to_begin(client):
    school = make.school()
    with on(datetime.date(2024, 9, 1)):
        year = make_year(school=school, first_year=2024, state="current")
    curator = make.curator(school, language="en")
    (mine,) = sections(curator, year)
    assert [(step.label, step.is_done) for step in mine.facts["steps"]] == [
        ("Load the roadmap", False), ("Load the teachers", False), ("Form the pairs", False),
        ("Check the four diagnostic periods", False),
    ]  # fmt: skip
    assert mine.tasks == []
    for step in mine.facts["steps"]:
        main_text(client, curator, step.url)


def test_the_first_steps_go_when_roadmap_people_and_pairs_are_there(curator, year):
    make.roadmap(year, items=0)
    make.mentee(year)
    (mine,) = sections(curator, year)
    assert [step.is_done for step in mine.facts["steps"]] == [True, True, False, False]
    make.pair(year)
    (mine,) = sections(curator, year)
    assert mine.facts["steps"] == []


def test_a_school_without_a_year_is_told_to_prepare_one(client):
    curator = make.curator(make.school(), language="en")
    assert 'href="/years/new/"' in main_text(client, curator, "/")


def test_somebody_without_a_school_meets_a_page(client, db):
    keeper = make.person(None, is_superuser=True, language="en")
    assert "ask the administrator" in main_text(client, keeper, "/")


def test_the_year_in_preparation_is_named_and_its_own_page_says_so(client, curator, year):
    met(make.pair(year))
    coming = make.year(year.school, 2025, state="preparation")
    assert {label: task.url for label, task in tasks(curator, year).items()} == {
        "The school year 2025/2026 is being prepared": "/?year=2025"
    }
    page = main_text(client, curator, "/?year=2025")
    assert "The school year 2025/2026 is being prepared." in page
    assert "Load the roadmap" in page
    assert tasks(curator, coming) == {}


def test_a_year_that_is_over_is_to_be_closed_and_a_next_one_prepared(curator, year):
    met(make.pair(year))
    with on(datetime.date(2025, 6, 10)):
        assert "Prepare the next school year" in tasks(curator, year)
    with on(datetime.date(2025, 9, 1)):
        assert (
            tasks(curator, year)["The school year 2024/2025 is over: close it, then the next one can begin"].tone
            == "bad"
        )


def test_in_a_closed_year_nothing_waits(client, curator, year):
    pair = make.pair(year)
    make.plan(pair, state=Plan.State.SUBMITTED)
    year.state = SchoolYear.State.CLOSED
    year.save()
    assert [tasks(person, year) for person in (curator, pair.mentor.person, pair.mentee.person)] == [{}, {}, {}]
    assert "is closed" in main_text(client, curator, "/")


# ------------------------------------------------------------------------------------------ mentor and mentee


def cards(user, year):
    (mine,) = sections(user, year)
    return mine.facts["cards"]


def test_a_mentor_reads_the_next_step_and_the_next_line_of_each_mentee(year):
    pair = make.pair(year)
    make.plan(pair, state=Plan.State.APPROVED, by=make.curator(year.school))
    held = met(pair)
    held.steps.set(year.steps.filter(code="acquaintance"))
    PlanItem.objects.filter(position=0).update(done_on=TODAY)
    (card,) = cards(pair.mentor.person, year)
    assert (card.other, card.step.code, card.item.position) == (pair.mentee.person, "trial", 1)
    assert (card.part_of_due, card.part_of_whole) == (50, 50)
    assert card.log_url == f"/meetings/new/?year=2024&pair={pair.pk}"


def test_a_step_that_the_mentee_denies_is_still_the_next_one(year):
    pair = make.pair(year)
    held = met(pair)
    held.steps.set(year.steps.filter(code="acquaintance"))
    held.attendances.update(answer="objected", objection="Не было")
    (card,) = cards(pair.mentor.person, year)
    assert card.step.code == "acquaintance"


def test_the_link_of_a_card_opens_the_sheet_with_the_mentee_chosen(client, year):
    mentor = make.mentor(year)
    make.pair(year, mentor)
    pair = make.pair(year, mentor)
    card = next(card for card in cards(mentor.person, year) if card.pair == pair)
    client.force_login(mentor.person)
    assert client.get(card.log_url).context["form"].initial["pairs"] == [pair.pk]


def test_a_mentor_is_asked_about_what_hangs(year):
    pair = make.pair(year)
    make.plan(pair, state=Plan.State.RETURNED)
    objected = met(pair, days=9)
    objected.attendances.update(answer="objected", objection="Перенесли")
    passed = make.meeting(pair, on=TODAY - timedelta(days=2), state="planned")
    mentee = short(pair.mentee)
    assert {label: (task.url, task.tone) for label, task in tasks(pair.mentor.person, year).items()} == {
        f"{mentee} objects to the meeting of 11.11.2024: “Перенесли”": (objected.get_absolute_url(), "bad"),
        f"The plan was returned for changes: {mentee}": (pair.plan.get_absolute_url(), "bad"),
        f"Was the meeting of 18.11.2024 held? {mentee}": (f"/meetings/{passed.pk}/held/", "warn"),
    }


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, ["No individual plan yet: {}"]),
        ("draft", ["The plan is still a draft: {}"]),
        ("returned", ["The plan was returned for changes: {}"]),
        ("submitted", []),
        ("approved", ["2 lines of the plan are late: {}"]),
        ("completed", []),
    ],
)
def test_both_of_a_pair_are_told_what_their_plan_needs(year, state, said):
    pair = make.pair(year)
    if state:
        make.plan(pair, state=state, by=make.curator(year.school))
    for me, other in ((pair.mentor, pair.mentee), (pair.mentee, pair.mentor)):
        assert list(tasks(me.person, year)) == [words.format(short(other)) for words in said]


def test_a_paused_pair_owes_nothing(year):
    pair = make.pair(year)
    Pause.objects.create(pair=pair, since=TODAY, reason="Отпуск")
    assert tasks(pair.mentor.person, year) == {}


def test_a_mentee_confirms_with_one_tap_and_comes_back(client, year):
    pair = make.pair(year)
    make.plan(pair, state=Plan.State.SUBMITTED)
    row = met(pair, minutes=40, topic="Разбор урока").attendances.get()
    (task,) = tasks(pair.mentee.person, year).values()
    assert (task.label, task.action) == ("Was it so? 17.11.2024, 40 min: Разбор урока", "Yes, it was so")
    client.force_login(pair.mentee.person)
    answer = client.post(task.url, dict(task.posts))
    assert (answer.headers["Location"], Attendance.objects.get(pk=row.pk).answer) == ("/", "confirmed")
    assert tasks(pair.mentee.person, year) == {}


def test_a_mentee_sees_the_mentor_with_contacts_and_what_is_next(client, year):
    pair = make.pair(year, make.mentor(year, phone="+7 900 111-22-33"))
    make.meeting(pair, on=TODAY + timedelta(days=2), state="planned", topic="Разбор недели")
    type(pair.mentee.person).objects.update(language="en")
    page = main_text(client, pair.mentee.person, "/")
    assert [words for words in (pair.mentor.person.full_name, "+7 900 111-22-33", "Разбор недели") if words in page] == [
        pair.mentor.person.full_name, "+7 900 111-22-33", "Разбор недели"
    ]  # fmt: skip


def test_an_open_questionnaire_is_asked_of_its_side_until_it_is_submitted(year):
    pair = make.pair(year)
    make.plan(pair, state=Plan.State.SUBMITTED)
    period = make.period(year, 2, opens_on=TODAY - timedelta(days=5), closes_on=TODAY + timedelta(days=10))
    wave = make.wave(period)
    assert tasks(pair.mentor.person, year) == {}
    (task,) = tasks(pair.mentee.person, year).values()
    assert (task.label, task.url, task.action, task.tone) == (
        f"Анкета, {period.name}", f"/surveys/waves/{wave.pk}/fill/", "Fill in", "info"
    )  # fmt: skip
    Reminder.objects.create(wave=wave, participation=pair.mentee, by=make.curator(year.school))
    (task,) = tasks(pair.mentee.person, year).values()
    assert (task.label, task.tone) == (f"Анкета, {period.name}: the curator asks you to answer", "warn")
    make.response(wave, pair.mentee)
    assert tasks(pair.mentee.person, year) == {}


def test_a_participant_without_a_pair_reads_what_to_expect(client, year):
    for part in (make.mentor(year, language="en"), make.mentee(year, language="en")):
        assert "Meanwhile look whether your card is complete." in main_text(client, part.person, "/")


def test_a_participant_of_an_earlier_year_reads_that_there_is_nothing(client, year):
    part = make.mentor(make.year(year.school, 2023, state="closed"), language="en")
    assert "You are in no pair this year." in main_text(client, part.person, "/")


def test_one_person_meets_all_roles_the_most_urgent_first(curator, year):
    own = Participation.objects.create(year=year, person=curator, side="mentor", capacity=1, since=year.starts_on)
    make.mentee(year)
    pair = make.pair(year, own)
    make.plan(pair, state=Plan.State.SUBMITTED)
    met(pair)
    assert [str(section.title) for section in sections(curator, year)] == ["Curator", "Mentor"]
    Plan.objects.update(state=Plan.State.RETURNED)
    assert [str(section.title) for section in sections(curator, year)] == ["Mentor", "Curator"]
