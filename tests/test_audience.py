"""To whom something is addressed."""

import pytest

from pairs.audience import Audience, addressed
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def group(year, pair):
    factories.pair(year)
    made = year.groups.create(name="Молодые педагоги")
    pair.groups.add(made)
    return made


@pytest.mark.parametrize(
    "audience, expected",
    [
        (Audience.MENTORS, {"mentor": 2}),
        (Audience.MENTEES, {"mentee": 2}),
        (Audience.EVERYBODY, {"mentor": 2, "mentee": 2}),
    ],
)
def test_one_side_or_everybody_in_pairs_is_addressed(year, group, audience, expected):
    sides = [part.side for part in addressed(audience, year=year, on=factories.TODAY)]
    assert {side: sides.count(side) for side in sides} == expected


def test_a_group_addresses_both_people_of_its_pairs_alone(year, pair, group):
    people = addressed(Audience.GROUP, year=year, on=factories.TODAY, group=group)
    assert set(people) == {pair.mentor, pair.mentee}


def test_the_group_of_all_pairs_addresses_everybody(year, group):
    everybody = year.groups.get(holds_all=True)
    assert addressed(Audience.GROUP, year=year, on=factories.TODAY, group=everybody).count() == 4
