"""Two people at once: exactly the allowed outcome, and the one who came second reads why.

Real threads on a real database (a file on SQLite). `at_once` lets everybody see the old state before anybody writes,
so that the race happens every time; the last test shows that the same driver catches a naive check-then-save.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.contrib.messages import get_messages
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from accounts import workflow
from accounts.models import Entry, ImportDraft, Participation, User
from pairs.models import Pair, Plan
from surveys import filling_actions
from surveys.models import Answer, Receipt, Response
from tests import asking, factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today(settings):
    settings.TODAY = factories.TODAY


@pytest.fixture
def year():
    return factories.year()


class Meeting:
    """Everybody waits here until all have come; who stands in a queue of the database does not hold up the others."""

    def __init__(self, people):
        self.barrier = threading.Barrier(people)

    def __call__(self):
        try:
            self.barrier.wait(timeout=1)
        except threading.BrokenBarrierError:
            pass


def at_once(*acts):
    """Run the acts in threads of their own; [what each returned, or the exception it raised]."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def all_have_looked(monkeypatch):
    """`all_have_looked(n)`: n people pass the checks of `workflow.perform` before the first of them writes."""

    def install(people):
        looking, writing = Meeting(people), Meeting(people)
        check_allowed, advance = workflow.check_allowed, workflow.advance

        def looked(obj, move, by):
            check_allowed(obj, move, by)
            looking()

        def late(obj, move, companions):
            """Once more inside the transactions; SQLite lets only one of them begin at a time."""
            if connection.vendor == "postgresql":
                writing()
            return advance(obj, move, companions)

        monkeypatch.setattr(workflow, "check_allowed", looked)
        monkeypatch.setattr(workflow, "advance", late)

    return install


def done(results):
    return [result for result in results if not isinstance(result, Exception)]


def losers(results):
    return [result for result in results if isinstance(result, Exception)]


def step(model, pk, name, by, comment="", **fields):
    """An act for `at_once`: fetch the row as a request does, then take the step."""

    def act():
        return workflow.perform(model.objects.get(pk=pk), name, User.objects.get(pk=by.pk), comment, **fields)

    return act


# ---------------------------------------------------------------- through the workflow


def test_of_approve_and_return_exactly_one_happens(year, all_have_looked):
    plan = factories.plan(factories.pair(year), items=3, state=Plan.State.SUBMITTED)
    first, second = factories.curator(year.school), factories.curator(year.school)
    all_have_looked(2)
    results = at_once(
        step(Plan, plan.pk, "approve", first), step(Plan, plan.pk, "return", second, "Добавьте посещение уроков")
    )
    assert len(done(results)) == 1
    assert [type(error) for error in losers(results)] == [workflow.TooLate]
    plan.refresh_from_db()
    assert plan.state == done(results)[0].state
    assert Entry.objects.filter(target_id=plan.pk, target_type__model="plan").count() == 1


def test_of_six_who_approve_one_plan_one_does(year, all_have_looked):
    plan = factories.plan(factories.pair(year), items=3, state=Plan.State.SUBMITTED)
    curators = [factories.curator(year.school) for _ in range(6)]
    all_have_looked(6)
    results = at_once(*[step(Plan, plan.pk, "approve", each) for each in curators])
    assert len(done(results)) == 1
    assert {type(error) for error in losers(results)} == {workflow.TooLate}
    assert Entry.objects.filter(target_type__model="plan").count() == 1


def ordered_draft(year, **fields):
    return factories.draft_pair(year, order=factories.order(year), **fields)


def test_two_curators_give_a_mentee_two_main_mentors_and_one_succeeds(year, all_have_looked):
    mentee = factories.mentee(year)
    drafts = [ordered_draft(year, the_mentee=mentee) for _ in range(2)]
    curators = [factories.curator(year.school) for _ in drafts]
    all_have_looked(2)
    results = at_once(
        *[step(Pair, pair.pk, "fix", by, order=pair.order) for pair, by in zip(drafts, curators, strict=True)]
    )
    assert len(done(results)) == 1
    assert [type(error) for error in losers(results)] == [workflow.Refused]
    assert Pair.objects.filter(mentee=mentee, state="fixed").count() == 1
    # The loser's place with the mentor is given back with the rest of the step.
    assert sorted(Participation.objects.filter(side="mentor").values_list("live_pairs", flat=True)) == [0, 1]


def test_a_mentor_gets_no_more_mentees_than_agreed(year, all_have_looked):
    mentor = factories.mentor(year, capacity=2)
    drafts = [ordered_draft(year, the_mentor=mentor) for _ in range(5)]
    curator = factories.curator(year.school)
    all_have_looked(5)
    results = at_once(*[step(Pair, pair.pk, "fix", curator, order=pair.order) for pair in drafts])
    assert len(done(results)) == 2
    assert {type(error) for error in losers(results)} == {workflow.Refused}
    mentor.refresh_from_db()
    assert mentor.live_pairs == 2
    assert Pair.objects.filter(mentor=mentor, state="fixed").count() == 2


def test_a_questionnaire_is_handed_in_once(year):
    wave = factories.wave(
        factories.period(year, opens_on=factories.TODAY), competences=[factories.competence(year.school)]
    )
    part = factories.mentee(year)
    factories.response(wave, part, 3, 4, 5, submitted_on=None)
    results = at_once(*[lambda: filling_actions.hand_in(wave=wave, part=part, by=part.person)] * 4)
    assert len(done(results)) == 1
    assert {type(error) for error in losers(results)} == {workflow.TooLate}
    assert Entry.objects.filter(target_type__model="wave").count() == 1


# ---------------------------------------------------------------- through the pages


def page_of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def posts(client, url, data=None):
    return lambda: client.post(url, data or {})


def said(response):
    """The messages that the person reads on the next page."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def is_russian(text):
    return any("а" <= letter <= "я" for letter in text)


def test_on_the_page_of_a_plan_the_slower_curator_reads_why(year, all_have_looked):
    plan = factories.plan(factories.pair(year), items=3, state=Plan.State.SUBMITTED)
    clients = [page_of(factories.curator(year.school)) for _ in range(2)]
    urls = [reverse("plan_move", args=[plan.pk, name]) for name in ("approve", "return")]
    all_have_looked(2)
    results = at_once(*[posts(c, url, {"comment": "Ещё раз"}) for c, url in zip(clients, urls, strict=True)])
    assert [response.status_code for response in results] == [302, 302]
    pages = [client.get(reverse("plan_detail", args=[plan.pk])) for client in clients]
    assert [page.status_code for page in pages] == [200, 200]
    alerts = [[message for message in page.context["messages"] if message.level_tag == "error"] for page in pages]
    told = [str(message) for found in alerts for message in found]
    assert len(told) == 1
    assert is_russian(told[0])
    assert Entry.objects.filter(target_type__model="plan").count() == 1


def test_a_questionnaire_sent_twice_is_kept_once(year):
    wave = factories.wave(
        factories.period(year, opens_on=factories.TODAY), competences=[factories.competence(year.school)]
    )
    part = factories.mentee(year)
    client = page_of(part.person)
    url = reverse("survey_fill", args=[wave.pk])
    fields = client.get(url).context["form"].fields
    answers = {name: "4" for name in fields if not name.endswith("_mark")} | {"submit": "1"}
    clients = [page_of(part.person) for _ in range(4)]
    results = at_once(*[posts(each, url, answers) for each in clients])
    assert [response.status_code for response in results] == [302] * 4
    response = Response.objects.get(wave=wave, participation=part)
    assert (response.submitted_on, response.answers.count()) == (factories.TODAY, 3)
    assert Entry.objects.filter(target_type__model="wave").count() == 1


FIFTY = 50


@pytest.mark.parametrize("nameless", [False, True])
def test_fifty_people_submit_in_the_same_minute_and_every_answer_is_there(year, nameless):
    form = asking.questionnaire(year.school, anonymous=nameless)
    wave, mentor = asking.wave(year, form, audience="mentees"), factories.mentor(year, capacity=FIFTY)
    mentees = [factories.pair(year, the_mentor=mentor).mentee for _n in range(FIFTY)]
    url, answers = reverse("survey_fill", args=[wave.pk]), asking.posted(form)
    results = at_once(*[posts(page_of(part.person), url, answers) for part in mentees])
    assert [getattr(found, "status_code", found) for found in results] == [302] * FIFTY
    assert Response.objects.submitted().count() == FIFTY
    assert Answer.objects.count() == 6 * FIFTY
    assert set(wave.answered().values_list("participation_id", flat=True)) == {part.pk for part in mentees}
    assert Response.objects.filter(participation__isnull=True).count() == (FIFTY if nameless else 0)


def test_a_nameless_questionnaire_sent_twice_is_kept_once(year):
    wave = asking.wave(year, asking.questionnaire(year.school, anonymous=True))
    part = factories.pair(year).mentee
    url, answers = reverse("survey_fill", args=[wave.pk]), asking.posted(wave.questionnaire)
    results = at_once(*[posts(page_of(part.person), url, answers) for _n in range(4)])
    assert [found.status_code for found in results] == [302] * 4
    assert (Response.objects.count(), Receipt.objects.count(), Answer.objects.count()) == (1, 1, 6)


ROWS = [
    {"row": 2, "full_name": "Новикова Ольга Ивановна", "email": "novikova@school.test", "post": "учитель"},
    {"row": 3, "full_name": "Зуев Пётр Ильич", "email": None, "post": "учитель"},
]


def drafts_of_one_file(year, people):
    return [
        ImportDraft.objects.create(
            owner=person, year=year, kind="teachers", file_name="учителя.xlsx",
            content={"rows": ROWS, "side": "mentee", "headings": {}, "not_needed": [], "unknown": []},
        )
        for person in people
    ]  # fmt: skip


def test_the_same_file_loaded_by_two_people_makes_nobody_twice(year):
    people = [factories.curator(year.school), factories.admin(year.school)]
    drafts = drafts_of_one_file(year, people)
    urls = [reverse("registry_import_confirm", args=[draft.pk]) for draft in drafts]
    clients = [page_of(person) for person in people]
    results = at_once(*[posts(client, url) for client, url in zip(clients, urls, strict=True)])
    assert [response.status_code for response in results] == [302, 302]
    assert User.objects.filter(last_name="Новикова").count() == 1
    assert User.objects.filter(last_name="Зуев").count() == 1
    assert Participation.objects.filter(year=year, side="mentee").count() == 2


def test_one_import_confirmed_twice_makes_nobody_twice(year):
    curator = factories.curator(year.school)
    [draft] = drafts_of_one_file(year, [curator])
    url = reverse("registry_import_confirm", args=[draft.pk])
    results = at_once(*[posts(page_of(curator), url) for _ in range(3)])
    assert {response.status_code for response in results} <= {302, 404}
    assert User.objects.filter(last_name__in=["Новикова", "Зуев"]).count() == 2
    assert Participation.objects.filter(year=year, side="mentee").count() == 2


# ---------------------------------------------------------------- the driver itself


def test_the_driver_catches_a_naive_check_then_save(year):
    """Negative control: whoever looks first and saves later lets several succeed."""
    plan = factories.plan(factories.pair(year), items=3, state=Plan.State.SUBMITTED)
    curator = factories.curator(year.school)
    meet = Meeting(4)

    def naive():
        found = Plan.objects.get(pk=plan.pk)
        if found.state != Plan.State.SUBMITTED:
            raise workflow.TooLate("too late")
        meet()
        found.state, found.approved_by = Plan.State.APPROVED, curator
        found.approved_on = found.first_approved_on = factories.TODAY
        found.save()
        return found

    results = at_once(*[naive] * 4)
    assert len(done(results)) > 1


# ---------------------------------------------------------------- checking in


def test_fifty_people_check_in_in_the_same_minute(year):
    for _n in range(5):
        mentor = factories.mentor(year, capacity=9)
        for _m in range(9):
            factories.pair(year, mentor)
    event = factories.event(year)
    url, people = reverse("check_in", args=[event.check_in_code]), list(event.people())

    def press(person):
        client = Client()
        client.force_login(person)
        return client.post(url).status_code

    found = []
    for group in range(0, len(people), 10):  # threads; each waits for all others of its group
        found += at_once(*(partial(press, person) for person in people[group : group + 10]))
    assert (len(people), found) == (50, [302] * 50)
    assert sorted(event.attendances.values_list("person_id", "mark")) == sorted((p.pk, "present") for p in people)
