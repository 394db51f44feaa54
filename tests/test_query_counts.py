"""Queries are the currency of speed: one costs about as much as a whole page that says hello.

Counted here is what a page asks beyond its frame: the session, the person with the school, the roles, the years. Schools
come from `bench.fill`, so every list has rows with everything in them.
"""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client

from accounts.clock import on
from bench import flatness, pages, papers
from bench.fill import fill, settle
from bench.visitor import Visitor
from tests import factories as f

pytestmark = pytest.mark.django_db
ROLES = {"curator", "head", "admin", "mentor", "mentee"}


class Guest(Visitor):
    """A visitor who comes through the test client, inside the test's transaction."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def get(self, address):
        response = self.client.get(address)
        assert response.status_code == 200
        return response.content


@pytest.fixture(autouse=True)
def day():
    with on(f.TODAY):
        yield


def counts(plot):
    """{(role, page): queries}. The kinds of journal entries are asked for once in a process: not counted."""
    ContentType.objects.get_for_models(*apps.get_models())
    guests = pages.visitors(plot, Guest)
    return {(role, name): pages.count(guests[role], address) for role, name, address in pages.everything(plot)}


@pytest.fixture(scope="module")
def three(django_db_setup, django_db_blocker):
    """Counts of a school with three pairs; they are numbers, so one look serves every test."""
    with django_db_blocker.unblock(), transaction.atomic(), on(f.TODAY):
        found = counts(fill(1, pairs=3)[0])
        transaction.set_rollback(True)
    return found


def above(limit, found, frame=pages.FRAME):
    return {page: number for page, number in found.items() if number - frame > limit}


def test_the_frame_of_a_page_is_four_queries():
    assert pages.count(Guest(fill(1, pairs=1)[0].curator), "/profile/password/") == pages.FRAME


def test_a_list_asks_at_most_8_queries(three):
    lists = {page: number for page, number in three.items() if page[1] in pages.LISTS}
    assert {name for _role, name in lists} == set(pages.LISTS)
    assert above(pages.LIST, lists) == {}


def test_a_page_about_one_thing_asks_at_most_12_queries(three):
    rest = {page: number for page, number in three.items() if page[1] not in pages.LISTS | pages.WHOLES}
    assert len(rest) == 51
    assert above(pages.DETAIL, rest) == {}


def test_the_roadmap_with_all_its_numbers_asks_at_most_45_queries_and_today_55(three):
    whole = {page: number for page, number in three.items() if page[1] in pages.WHOLES}
    assert {role for role, _name in whole} == ROLES
    roadmap = {page: number for page, number in whole.items() if page[1] == "roadmap"}
    assert (above(pages.WHOLE, roadmap, frame=0), above(pages.TODAY, whole, frame=0)) == ({}, {})


def test_one_pair_costs_as_many_queries_as_three(three):
    assert counts(fill(1, pairs=1)[0]) == three


def test_a_preview_of_forty_teachers_costs_as_many_queries_as_of_two_and_writes_nothing():
    plot = fill(1, pairs=20)[0]
    guest = Guest(plot.curator)
    few, many = (guest.queries(papers.preview_of(plot, rows)) for rows in (2, 40))
    assert len(many) == len(few)
    assert [sql for sql in many if not sql.startswith("SELECT")] == []


def test_a_school_is_found_by_indexes_and_costs_the_same_beside_others(monkeypatch):
    """Counted in steps of SQLite's machine; PostgreSQL is asked how it would read if it may not read whole tables."""
    monkeypatch.setattr(flatness, "SMALL", 15)
    plot = fill(2, pairs=3)[1]
    guests = pages.visitors(plot, Guest)
    alone = costs(guests, plot)
    fill(8, pairs=3, first=3)
    settle()
    with flatness.by_index():
        scans = {address: flatness.full_scans(guests[role], address) for role, _name, address in pages.everything(plot)}
    assert {address: list(tables) for address, tables in scans.items() if tables} == {}
    assert {page: now for page, now in costs(guests, plot).items() if not 0.9 < now / alone[page] < 1.1} == {}


def costs(guests, plot):
    """{(role, page): steps}; empty on PostgreSQL, whose plans follow the sizes of the tables."""
    if connection.vendor == "postgresql":
        return {}
    return {(role, name): flatness.work(guests[role], address) for role, name, address in pages.everything(plot)}
