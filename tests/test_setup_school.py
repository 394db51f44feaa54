"""The first step of real use: `manage.py setup_school`."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from accounts.clock import on
from accounts.models import Entry, School, SchoolYear, User
from pairs.models import PlanTemplate
from surveys.models import Questionnaire
from tests import factories as make

pytestmark = pytest.mark.django_db
GIVEN = {"school": "МКОУ СОШ № 9", "last_name": "Орлова", "first_name": "Вера", "year": 2026, "no_input": True}
LONG = "корова ест траву 7"


@pytest.fixture
def typed(monkeypatch):
    """`typed(answers, passwords)`: what the person types, in the order of the questions."""

    def prepare(answers, passwords):
        answers, passwords = iter(answers), iter(passwords)
        monkeypatch.setattr("builtins.input", lambda question: next(answers))
        monkeypatch.setattr("getpass.getpass", lambda question: next(passwords))

    return prepare


def test_it_asks_for_school_administrator_year_and_password(typed, client):
    typed(["МКОУ СОШ № 9", "Орлова", "Вера", "", "vera@school.test", "2026"], [LONG, LONG])
    call_command("setup_school")
    admin = User.objects.get()
    assert (School.objects.get().name, str(SchoolYear.objects.get()), SchoolYear.objects.get().state) == (
        "МКОУ СОШ № 9", "2026/2027", "current"
    )  # fmt: skip
    assert (admin.username, admin.is_admin, admin.is_superuser) == ("vera@school.test", True, False)
    entered = client.post("/login/", {"username": "vera@school.test", "password": LONG})
    assert entered.headers["Location"] == "/"


def test_an_empty_answer_to_the_year_takes_the_coming_or_running_one(typed):
    with on(make.TODAY):
        typed(["Школа", "Орлова", "Вера", "", "", ""], [LONG, LONG])
        call_command("setup_school")
    assert SchoolYear.objects.get().first_year == 2024


def test_a_weak_password_and_one_mistyped_are_asked_again(typed, capsys):
    typed(["Школа", "Орлова", "Вера", "", "", "2026"], ["demo-2024", "1234567890", LONG, "other", LONG, LONG])
    call_command("setup_school")
    assert User.objects.get().check_password(LONG)
    assert capsys.readouterr().err.count("Пароли не совпали.") == 1


def test_without_questions_it_gives_a_link_and_no_password(client, capsys):
    call_command("setup_school", **GIVEN)
    admin = User.objects.get()
    assert (admin.username, admin.has_usable_password()) == ("orlova1", False)
    (path,) = re.findall(r"/invitation/\S+", capsys.readouterr().out)
    client.post(path, {"password": LONG, "repeated": LONG})
    assert User.objects.get().check_password(LONG)


def test_the_school_has_all_its_starting_sets():
    call_command("setup_school", **GIVEN)
    school, year = School.objects.get(), SchoolYear.objects.get()
    assert {
        "competences": school.competences.count(), "reasons": school.reasons.count(), "terms": year.terms.count(),
        "templates": PlanTemplate.objects.filter(school=school, items__isnull=False).distinct().count(),
        "questionnaires": Questionnaire.objects.filter(school=school).published().count(),
        "periods": year.periods.count(), "waves": year.waves.count(), "steps": year.steps.count(),
        "groups": year.groups.count(),
    } == {
        "competences": 6, "reasons": 6, "terms": 8, "templates": 2, "questionnaires": 7, "periods": 4, "waves": 9,
        "steps": 5, "groups": 1,
    }  # fmt: skip
    assert Entry.objects.filter(school=school, by=User.objects.get()).exists()


def test_the_administrator_begins_on_today(client):
    call_command("setup_school", **GIVEN)
    User.objects.update(language="en")
    with translation.override("en"):
        client.force_login(User.objects.get())
        page = client.get(reverse("home")).content.decode()
    assert "Name the curator" in page


def test_a_second_run_refuses_politely():
    call_command("setup_school", **GIVEN)
    with pytest.raises(CommandError, match="уже создана: МКОУ СОШ № 9"):
        call_command("setup_school", **GIVEN | {"school": "Другая"})
    assert (School.objects.count(), User.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"school": "  "}, "Не указано: Школа"),
        ({"last_name": ""}, "Не указано: Администратор"),
        ({"year": 20266}, "Это не год: 20266"),
        ({"year": 0}, "Это не год: 0"),
        ({"email": "не адрес"}, "адрес"),
        ({"last_name": "Я" * 200}, "100"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_left_behind(wrong, said):
    with translation.override("ru"), pytest.raises(CommandError, match=said):
        call_command("setup_school", **GIVEN | wrong)
    assert (School.objects.count(), User.objects.count()) == (0, 0)


def test_without_a_terminal_it_says_how_to_go_on(monkeypatch):
    def nobody(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="--no-input"):
        call_command("setup_school")
