"""The demo installation: «МКОУ СОШ № 9» in the school year that contains the day, and a second, smaller school."""

import datetime

from django.db import transaction
from django.utils import translation

from accounts import clock, workflow
from accounts.models import School, SchoolYear
from mentorship_portal.demo import (
    analysis,
    answers,
    closing,
    consents,
    events,
    forms,
    meetings,
    pairing,
    people,
    plans,
    publications,
)
from mentorship_portal.demo.days import Days
from mentorship_portal.starting import load_starting_sets, open_year
from roadmap.actions import load_seed
from surveys.models import Questionnaire

SECOND = "МБОУ ООШ с. Берёзовка"


@transaction.atomic
def fill(day):
    """Everything up to and including the day. The same day gives the same data."""
    first_year = day.year if day.month >= 9 else day.year - 1
    with translation.override("ru"):
        school, year, staff = begin(first_year)
        days = Days.of(year, day)
        approved_roadmap(year, staff, days)
        work(days, staff["is_curator"])
        people.sign_ins(school, days, staff["is_admin"])
        second_school(first_year, day)
    return school


def work(days, curator):
    """The year of the pairs in the order in which it happens: a plan is decided while its pair works."""
    mentors, mentees = people.mentors(days.year, curator), people.mentees(days.year, curator)
    with clock.on(days.on(8, 28)):
        consents.signed([*mentors, *mentees], curator)
    pairs = pairing.first_order(days, mentors, mentees, curator)
    plans.of_pairs(days, pairs, curator)
    pairs += pairing.later_pairs(days, pairs, mentors, mentees, curator)
    plans.of_pairs(days, pairs[8:9], curator, first=8)
    meetings.of_pairs(days, pairs, curator)
    forms.of_year(days, curator)
    answers.of_year(days, curator)
    analysis.of_entry(days, curator)
    analysis.against_weakness(days, curator)
    consents.of_year(days, [*mentors, *mentees], curator)
    pairing.finish(days, pairs, curator)
    plans.finish(days, pairs, curator)
    events.of_year(days, curator)
    publications.of_year(days, curator)
    closing.close_items(days, curator)


def begin(first_year):
    """School, lists, people who run it, the year: made in August."""
    with clock.on(datetime.date(first_year, 8, 20)):
        school = School.objects.create(
            name="МКОУ СОШ № 9", full_name="Муниципальное казённое общеобразовательное учреждение «Средняя общеобразовательная школа № 9»",
            place="с. Новое", head_post="Директор", site_url="https://school9.example.ru",
        )  # fmt: skip
        staff = people.standing(school)
        load_starting_sets(school=school)
        # The methodical council agreed on the questionnaires in the spring before: item 2.2 is due in April.
        Questionnaire.objects.filter(school=school).update(published_on=datetime.date(first_year, 4, 22))
        year = open_year(school=school, first_year=first_year, by=staff["is_admin"], state=SchoolYear.State.CURRENT)
    return school, year, staff


def approved_roadmap(year, staff, days):
    """The seed roadmap moved to the year, submitted by the curator and approved by the head before 1 September."""
    with clock.on(days.on(8, 24)):
        roadmap = load_seed(year=year, by=staff["is_curator"])
    with clock.on(days.on(8, 26)):
        workflow.perform(roadmap, "submit", staff["is_curator"])
    with clock.on(days.on(8, 29)):
        workflow.perform(roadmap, "approve", staff["is_head"])
    return roadmap


def second_school(first_year, today):
    """A smaller school in the same installation, so that one sees that nobody sees it."""
    with clock.on(datetime.date(first_year, 8, 27)):
        school = School.objects.create(name=SECOND, place="с. Берёзовка")
        curator = people.user(school, "curator2", "Тихонова", "Зоя", "Фёдоровна", "f", 90, is_curator=True)
        load_starting_sets(school=school)
        year = open_year(school=school, first_year=first_year, by=curator, state=SchoolYear.State.CURRENT)
        load_seed(year=year, by=curator)
        mentors = people.mentors(year, curator, [("b.lomov", "Ломов", "Степан", "Ильич", "m", *people.MENTORS[1][5:])])
        names = [("b.savina", "Савина", "Инна", "Олеговна", "f"), ("b.kotova", "Котова", "Рената", "Игоревна", "f")]
        mentees = people.mentees(year, curator, [(*name, *people.MENTEES[2][5:]) for name in names])
        consents.signed([*mentors, *mentees], curator)
        pair = pairing.draft(year, mentors[0], mentees[0], curator)
    days = Days.of(year, today)
    pairing.sign(days, [pair], "3-о", days.on(9, 1), days.on(9, 1), curator)
