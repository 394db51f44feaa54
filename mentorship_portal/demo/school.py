"""The demo installation: «МКОУ СОШ № 9» in the school year that contains the day, and a second, smaller school."""

from django.db import transaction

from accounts import clock
from accounts.models import School, SchoolYear
from mentorship_portal.demo import answers as diagnostics
from mentorship_portal.demo import pairing, people, work
from mentorship_portal.starting import load_starting_sets, open_year
from pairs.models import Competence

SECOND = "МБОУ ООШ с. Берёзовка"


@transaction.atomic
def fill(day):
    """Everything up to and including the day. The same day gives the same data."""
    first_year = day.year if day.month >= 9 else day.year - 1
    school = School.objects.create(
        name="МКОУ СОШ № 9", full_name="Муниципальное казённое общеобразовательное учреждение «Средняя общеобразовательная школа № 9»",
        place="с. Новое", head_post="Директор", site_url="https://school9.example.ru",
    )  # fmt: skip
    staff = people.standing(school)
    load_starting_sets(school=school)
    year = open_year(school=school, first_year=first_year, by=staff["is_admin"], state=SchoolYear.State.CURRENT)
    mentors, mentees = people.mentors(year), people.mentees(year)
    pairs = pairing.pairs(year, mentors, mentees, staff, day)
    competences = {competence.code: competence for competence in Competence.objects.filter(school=school)}
    with clock.on(day):
        work.plans(year, pairs, staff, competences, day)
        work.meetings(year, pairs, day)
        diagnostics.answers(year, day)
    second_school(first_year)
    return school


def second_school(first_year):
    """A smaller school in the same installation, so that one sees that nobody sees it."""
    school = School.objects.create(name=SECOND, place="с. Берёзовка")
    curator = people.user(school, "curator2", "Тихонова", "Зоя", "Фёдоровна", "f", 90, is_curator=True)
    load_starting_sets(school=school)
    year = open_year(school=school, first_year=first_year, by=curator, state=SchoolYear.State.CURRENT)
    people.mentors(year, [("b.lomov", "Ломов", "Степан", "Ильич", "m", *people.MENTORS[1][5:])])
    people.mentees(year, [("b.savina", "Савина", "Инна", "Олеговна", "f", *people.MENTEES[2][5:])])
