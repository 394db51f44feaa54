"""Templates of plans, which the curator keeps."""

import pytest
from django.urls import reverse

from accounts import clock
from pairs.models import PlanTemplate
from pairs.plan_actions import load_plan_templates
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with clock.on(make.TODAY):
        yield


@pytest.fixture
def year():
    return make.year()


@pytest.fixture
def pair(year):
    return make.pair(year)


@pytest.fixture
def curator(year):
    return make.curator(year.school)


def as_user(client, user):
    client.force_login(user)
    return client


def move(client, plan, name, comment=""):
    response = client.post(reverse("plan_move", args=[plan.pk, name]), {"comment": comment})
    plan.refresh_from_db()
    return response.status_code


def template_typed(*lines, **fields):
    typed = {"name": "Наш план", "goal": "Цель", "items-TOTAL_FORMS": len(lines), "items-INITIAL_FORMS": 0} | fields
    for number, line in enumerate(lines):
        typed |= {f"items-{number}-{name}": value for name, value in line.items()}
    return typed


LINE = {"what": "Урок", "due_day": "15", "due_month": "10", "expected": "Конспект", "competence": ""}


def test_the_curator_makes_a_template(client, curator):
    as_user(client, curator).post(
        reverse("plan_template_create"), template_typed(LINE, dict.fromkeys(LINE, "") | {"due_day": "20"})
    )

    template = PlanTemplate.objects.get()
    assert (template.school, [line.what for line in template.items.all()]) == (curator.school, ["Урок"])


def test_a_template_with_a_month_that_is_not_one_is_refused_whole(client, curator):
    typed = template_typed(LINE | {"due_month": "13"})

    assert as_user(client, curator).post(reverse("plan_template_create"), typed).status_code == 200
    assert PlanTemplate.objects.count() == 0


def test_a_template_of_another_school_is_not_there(client, curator):
    load_plan_templates(school=make.school())
    url = reverse("plan_template_edit", args=[PlanTemplate.objects.first().pk])

    assert as_user(client, curator).get(url).status_code == 404


def test_templates_are_the_curators(client, pair):
    assert as_user(client, pair.mentor.person).get(reverse("plan_template_list")).status_code == 403
