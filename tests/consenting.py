"""Texts of consents, signed sheets and states, as the tests of consents make and read them."""

import datetime

from accounts.clock import on
from accounts.models import ConsentText
from pairs import consents
from pairs.consent_actions import load_consent_texts, record_many
from tests import factories as make

DAY = datetime.date(2024, 9, 2)


def year_with_texts():
    made = make.year(state="current")
    with on(datetime.date(2024, 8, 20)):
        load_consent_texts(school=made.school)
    return made


def silent_mentor(year):
    """A mentor who has given nothing."""
    names = {"last_name": "Лебедь", "first_name": "Наталья", "patronymic": "Константиновна", "gender": "f"}
    return make.mentor(year, agreed=False, **names).person


def text_of(year, kind, number=1):
    return ConsentText.objects.get(school=year.school, kind=kind, number=number)


def paper(person, kind, curator, given_on=DAY):
    [made], _refused = record_many(by=curator, chosen=[(person, kind)], given_on=given_on)
    return made


def states(year, person):
    people = consents.with_states(type(person).objects.filter(pk=person.pk), year, make.TODAY)
    return {kind: getattr(people.get(), f"state_{kind}") for kind in consents.KINDS}
