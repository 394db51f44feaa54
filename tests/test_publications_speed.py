"""Materials, the desk and the rubric of one school are found by indexes and cost the same beside other schools."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import flatness
from bench.fill import settle
from publications.models import Publication
from tests import factories as make
from tests import publishing as pub
from tests.test_query_counts import Guest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


class Stranger(Guest):
    def __init__(self):
        self.client = Client()


def stocked():
    """A year whose school has something of everything, twelve times over."""
    year, person = make.year(), None
    pub.months(year)
    pair, curator = make.pair(year), make.curator(year.school)
    person = pair.mentor.person
    pub.agrees(person)
    for number in range(12):
        made = pub.news(year.school)
        pub.named(made, person), pub.named(made, person, "author")
        pub.material(year.school, ("programme", "methodical", "didactic")[number % 3])
        pub.publication(year.school, kind="document", level="federal", audience="public")
        if number % 2:
            pub.placed(made, curator)
    pub.rubric(year.school)
    return year, curator, person


def looks(year, curator, mentor):
    """[(who, address)] of the pages that many rows could slow."""
    post = Publication.objects.filter(school=year.school, kind="news").first()
    month = year.months.get(starts_on__month=11)
    own = [reverse("material_list"), reverse("document_list"), post.get_absolute_url()]
    desk = [reverse("site_desk"), month.get_absolute_url(), reverse("report_detail", args=["materials"]),
            reverse("report_detail", args=["posts"])]  # fmt: skip
    school = year.school_id
    public = [reverse("rubric_school", args=[school]), reverse("rubric_month", args=[school, "2024-11"]),
              reverse("rubric_post", args=[school, post.pk])]  # fmt: skip
    people = [(Guest(curator), own + desk), (Guest(mentor), own), (Stranger(), public)]
    return [(who, address) for who, addresses in people for address in addresses]


def work(pages):
    """Steps of each page; empty on PostgreSQL, whose plans follow the sizes of the tables."""
    return [] if connection.vendor == "postgresql" else [flatness.work(who, address) for who, address in pages]


def test_eight_schools_cost_a_page_as_much_as_one(monkeypatch):
    monkeypatch.setattr(flatness, "SMALL", 15)
    monkeypatch.setattr(flatness, "_big", {})
    pages = looks(*stocked())
    for who, address in pages:
        who.get(address)
    alone = work(pages)
    for _school in range(7):
        stocked()
    settle()
    with flatness.by_index():
        scans = {address: list(flatness.full_scans(who, address)) for who, address in pages}
    assert {address: tables for address, tables in scans.items() if tables} == {}
    assert [now / before for now, before in zip(work(pages), alone, strict=True) if not 0.9 < now / before < 1.1] == []
