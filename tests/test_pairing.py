"""Pairs, orders, the proposal, and the solver behind it."""

import datetime
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import workflow
from accounts.clock import on
from accounts.models import Consent, Entry, Participation, User
from pairs import proposal
from pairs.matching import assign
from pairs.models import Offer, Order, Pair, Pause, Request
from pairs.naming import decline, decline_post
from pairs.order_text import draft_text
from tests import factories as make

DAY = datetime.date(2024, 11, 20)


# --- the solver

matrices = st.integers(1, 4).flatmap(
    lambda columns: st.tuples(
        st.lists(
            st.lists(st.none() | st.integers(-20, 60), min_size=columns, max_size=columns), min_size=1, max_size=5
        ),
        st.lists(st.integers(0, 2), min_size=columns, max_size=columns),
    )
)


def value(scores, found):
    """(how many are assigned, their total score): what the solver makes as large as possible."""
    taken = [scores[row][column] for row, column in enumerate(found) if column is not None]
    return len(taken), sum(taken)


def brute_force(scores, capacities):
    columns = [None, *range(len(capacities))]
    possible = (
        found
        for found in product(columns, repeat=len(scores))
        if all(found.count(column) <= capacities[column] for column in columns[1:])
        and all(column is None or scores[row][column] is not None for row, column in enumerate(found))
    )
    return max(value(scores, found) for found in possible)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(matrices)
def test_the_assignment_is_the_best_of_all_possible_ones(matrix):
    scores, capacities = matrix
    found = assign(scores, capacities)
    assert all(found.count(column) <= places for column, places in enumerate(capacities))
    assert value(scores, found) == brute_force(scores, capacities)


def test_nobody_is_left_alone_for_the_sake_of_score():
    assert assign([[100, 1], [99, None]], [1, 1]) == [1, 0]


@pytest.mark.parametrize(("scores", "capacities", "expected"), [([], [], []), ([[]], [], [None]), ([[5]], [0], [None])])
def test_the_solver_bears_empty_schools(scores, capacities, expected):
    assert assign(scores, capacities) == expected


# --- names in cases

NAMES = [
    ("Петрова Ольга Ильинична", "f", "Петрову Ольгу Ильиничну", "Петровой Ольгой Ильиничной"),
    ("Гоголь Тарас Николаевич", "m", "Гоголя Тараса Николаевича", "Гоголем Тарасом Николаевичем"),
    ("Лебедь Наталья Павловна", "f", "Лебедь Наталью Павловну", "Лебедь Натальей Павловной"),
    ("Черняк Анна Петровна", "", "Черняк Анну Петровну", "Черняк Анной Петровной"),
    ("Кара-Мурза Артём Вадимович", "m", "Кару-Мурзу Артёма Вадимовича", "Карой-Мурзой Артёмом Вадимовичем"),
    ("Smith John", "", "Smith John", "Smith John"),
]


@pytest.mark.parametrize(("name", "gender", "accusative", "instrumental"), NAMES)
def test_names_stand_in_the_right_case(name, gender, accusative, instrumental):
    person = User(gender=gender, **dict(zip(("last_name", "first_name", "patronymic"), name.split(), strict=False)))
    assert (decline(person, "accusative"), decline(person, "instrumental")) == (accusative, instrumental)


def test_a_correction_by_hand_goes_before_the_rule():
    person = User(last_name="Сова", first_name="Нина", gender="f", declined={"genitive": "Совы Нины"})
    assert decline(person, "genitive") == "Совы Нины"


@pytest.mark.parametrize(
    ("post", "expected"),
    [("учитель математики", "учителю математики"), ("Педагог-психолог", "педагогу-психологу"), ("шеф", "шеф")],
)
def test_posts_stand_in_the_right_case(post, expected):
    assert decline_post(post, "dative") == expected


# --- pairs


@pytest.fixture
def school_year(db):
    with on(DAY):
        yield make.year()


@pytest.fixture
def curator(school_year):
    return make.curator(school_year.school)


def signed(year, curator, *pairs, **fields):
    values = {"number": "1", "signed_on": DAY, "in_force_from": DAY} | fields
    order = Order.objects.create(year=year, **values)
    Pair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(order=order)
    return workflow.perform(order, "sign", curator)


def test_an_order_fixes_its_pairs_and_takes_the_places(school_year, curator):
    mentor = make.mentor(school_year, capacity=2)
    pairs = [make.draft_pair(school_year, mentor) for _ in range(2)]
    order = signed(school_year, curator, *pairs)
    mentor.refresh_from_db()
    found = [(p.state, p.order, p.fixed_on, p.starts_on, p.until) for p in Pair.objects.all()]
    assert found == [("fixed", order, DAY, DAY, school_year.teaching_ends_on)] * 2
    assert mentor.live_pairs == 2


def test_an_order_beyond_the_mentors_capacity_fixes_nothing_and_says_why(school_year, curator):
    mentor = make.mentor(school_year, capacity=1)
    pairs = [make.draft_pair(school_year, mentor) for _ in range(2)]
    with pytest.raises(workflow.Refused, match="Петрова"):
        signed(school_year, curator, *pairs)
    assert set(Pair.objects.values_list("state", flat=True)) == {"draft"}
    assert Order.objects.get().state == "draft"


def test_a_mentee_has_one_main_mentor_but_a_second_short_pair_is_allowed(school_year, curator):
    mentee = make.mentee(school_year)
    make.pair(school_year, the_mentee=mentee)
    with pytest.raises(workflow.Refused):
        signed(school_year, curator, make.draft_pair(school_year, the_mentee=mentee))
    signed(school_year, curator, make.draft_pair(school_year, the_mentee=mentee, is_main=False), number="2")
    assert Pair.objects.filter(state="fixed").count() == 2


@pytest.mark.parametrize("broken", ["main", "capacity"])
def test_the_database_itself_keeps_both_promises(school_year, broken):
    pair = make.pair(school_year, the_mentor=make.mentor(school_year, capacity=1))
    mentor = Participation.objects.filter(pk=pair.mentor_id)
    acts = {
        "main": lambda: make.pair(school_year, the_mentee=pair.mentee),
        "capacity": lambda: mentor.update(live_pairs=2),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        acts[broken]()


def test_since_march_2025_an_order_waits_for_the_mentors_consent(school_year, curator):
    mentor, day = make.mentor(school_year, agreed=False), datetime.date(2025, 3, 1)
    pair = make.draft_pair(school_year, mentor)
    with pytest.raises(workflow.Refused, match="consent|согласие"):
        signed(school_year, curator, pair, in_force_from=day)
    Consent.objects.create(person=pair.mentor.person, kind="mentor_work", given_on=DAY)
    workflow.perform(Order.objects.get(), "sign", curator)
    assert Pair.objects.get().state == "fixed"


def test_a_completed_and_an_ended_pair_give_the_place_back(school_year, curator):
    mentor = make.mentor(school_year, capacity=2)
    first, second = make.pair(school_year, mentor), make.pair(school_year, mentor)
    workflow.perform(first, "complete", curator)
    workflow.perform(second, "end", curator, "Переезд", ended_on=DAY, ended_by_wish_of="mentee")
    mentor.refresh_from_db()
    assert mentor.live_pairs == 0
    assert Entry.objects.about(second).first().comment == "Переезд"


def test_the_shown_state_follows_the_dates(school_year):
    week = datetime.timedelta(days=7)
    working, future, paused = make.pair(school_year), make.pair(school_year, since=DAY + week), make.pair(school_year)
    Pause.objects.create(pair=paused, since=DAY, reason="Отпуск")
    draft = make.draft_pair(school_year)
    shown = {pair.pk: str(pair.shown_state) for pair in Pair.objects.with_shown_state(DAY)}
    assert shown == {working.pk: "in_force", future.pk: "fixed", paused.pk: "paused", draft.pk: "draft"}
    for pair in (working, future, paused, draft):
        assert list(Pair.objects.shown_as(pair.shown_state, DAY)) == [pair]


def test_pauses_of_a_pair_do_not_overlap(client, school_year, curator):
    pair = make.pair(school_year)
    Pause.objects.create(pair=pair, since=DAY, until=DAY + datetime.timedelta(days=5), reason="Отпуск")
    client.force_login(curator)
    url = reverse("pair_pause", args=[pair.pk])
    assert client.post(url, {"since": "2024-11-22", "reason": "Больничный"}).status_code == 200
    assert client.post(url, {"since": "2024-11-26", "reason": "Больничный"}).status_code == 302
    assert client.post(reverse("pair_resume", args=[pair.pk]), {"until": "2024-11-30"}).status_code == 302
    assert list(pair.pauses.order_by("since").values_list("until", flat=True))[-1] == datetime.date(2024, 11, 30)


# --- the proposal


def test_the_proposal_prefers_the_answer_to_the_request_and_says_why(school_year, curator):
    lesson = make.competence(school_year.school)
    mentee = make.mentee(school_year)
    plain, fitting = make.mentor(school_year), make.mentor(school_year)
    Request.objects.create(participation=mentee, competence=lesson)
    Offer.objects.create(participation=fitting, competence=lesson)
    (row,) = proposal.propose(school_year)
    assert row.chosen.mentor == fitting
    assert [choice.mentor for choice in row.choices] == [fitting, plain]


def test_the_chosen_proposals_become_drafts_with_their_reasons(client, school_year, curator):
    mentee, mentor = make.mentee(school_year), make.mentor(school_year)
    client.force_login(curator)
    page = client.get(reverse("pair_match"))
    assert page.context["found"] == 1
    client.post(reverse("pair_match"), {f"take-{mentee.pk}": "on", f"mentor-{mentee.pk}": mentor.pk})
    pair = Pair.objects.get()
    assert (pair.mentor, pair.mentee, pair.state) == (mentor, mentee, "draft")
    assert "математика" in pair.chosen_because


def test_a_choice_beyond_the_free_places_makes_no_drafts(client, school_year, curator):
    mentees, mentor = [make.mentee(school_year) for _ in range(2)], make.mentor(school_year, capacity=1)
    make.mentor(school_year, capacity=1)
    client.force_login(curator)
    sent = {f"take-{m.pk}": "on" for m in mentees} | {f"mentor-{m.pk}": mentor.pk for m in mentees}
    client.post(reverse("pair_match"), sent)
    assert Pair.objects.count() == 0


def test_a_mentee_whom_nobody_can_take_is_named_with_the_reason(school_year):
    make.mentee(school_year)
    make.mentor(school_year, capacity=0)
    (row,) = proposal.propose(school_year)
    assert (row.chosen, bool(row.why_none)) == (None, True)


# --- pages


def test_the_curators_way_from_draft_to_order_in_the_browser(client, school_year, curator):
    mentor, mentee = make.mentor(school_year), make.mentee(school_year)
    client.force_login(curator)
    sent = {"mentor": mentor.pk, "mentee": mentee.pk, "is_main": "on", "form": "teacher", "kind": "traditional"}
    client.post(reverse("pair_create"), sent)
    pair = Pair.objects.get()
    sent = {"number": "5-о", "signed_on": "2024-11-20", "in_force_from": "2024-11-21", "pairs": pair.pk}
    client.post(reverse("order_create"), sent)
    order = Order.objects.get()
    client.post(reverse("order_move", args=[order.pk, "sign"]))
    pair.refresh_from_db()
    assert (pair.state, str(pair.shown_state)) == ("fixed", "fixed")
    assert client.get(pair.get_absolute_url()).status_code == client.get(order.get_absolute_url()).status_code == 200


def test_the_text_of_the_order_stands_in_cases_and_stays_as_edited(client, school_year, curator):
    mentor = make.mentor(school_year, last_name="Ёлкина", first_name="Ольга", patronymic="Ильинична", gender="f")
    pair = make.draft_pair(school_year, mentor)
    order = Order.objects.create(year=school_year, in_force_from=DAY)
    Pair.objects.update(order=order)
    mentee = pair.mentee.person
    type(mentee).objects.filter(pk=mentee.pk).update(
        last_name="Белых", first_name="Дарья", patronymic="Олеговна", gender="f"
    )
    line = draft_text(order).splitlines()[3]
    assert line == (
        "1.1. Ёлкину Ольгу Ильиничну, учителя, – за Белых Дарьей Олеговной, учителем, "
        "форма «педагог – педагог», вид: традиционное (один на один)."
    )
    client.force_login(curator)
    client.post(reverse("order_text", args=[order.pk]), {"text": "Своими словами", "revision": 0})
    order.refresh_from_db()
    assert (order.text, pair.mentor) == ("Своими словами", mentor)


@pytest.mark.pdf
def test_the_order_prints_its_pairs_in_the_appendix(client, school_year, curator):
    import subprocess

    pair = make.pair(school_year)
    client.force_login(curator)
    paper = client.get(reverse("order_pdf", args=[pair.order.pk]))
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.content, capture_output=True, check=True)
    words = " ".join(text.stdout.decode().split())
    assert "ПРИКАЗЫВАЮ:" in words
    assert "Список наставнических пар на 2024/2025 учебный год" in words


def test_mentor_and_mentee_see_their_own_pair_and_no_draft(client, school_year):
    mine, foreign = make.pair(school_year), make.pair(school_year)
    draft = make.draft_pair(school_year, mine.mentor)
    for person in (mine.mentor.person, mine.mentee.person):
        client.force_login(person)
        assert [pair.pk for pair in client.get(reverse("pair_list")).context["page"]] == [mine.pk]
        codes = [client.get(reverse("pair_detail", args=[pair.pk])).status_code for pair in (mine, foreign, draft)]
        assert codes == [200, 404, 404]


@pytest.mark.parametrize("name", ["pair_list", "order_list", "pair_match", "group_list"])
def test_lists_of_pairs_cost_the_same_queries_for_one_and_three_rows(client, school_year, curator, name):
    client.force_login(curator)
    counts = []
    for _ in range(3):
        make.plan(make.pair(school_year))
        make.mentee(school_year)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 10
