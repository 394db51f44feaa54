"""Templates of plans, which the curator keeps."""

import pytest
from django.urls import reverse

from pairs.models import PlanTemplate
from pairs.plan_actions import load_plan_templates
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def template_typed(*lines, **fields):
    typed = {"name": "Наш план", "goal": "Цель", "items-TOTAL_FORMS": len(lines), "items-INITIAL_FORMS": 0} | fields
    for number, line in enumerate(lines):
        typed |= {f"items-{number}-{name}": value for name, value in line.items()}
    return typed


LINE = {"what": "Урок", "due_day": "15", "due_month": "10", "expected": "Конспект", "competence": ""}


def test_the_curator_makes_a_template(client, curator):
    make.as_user(client, curator).post(
        reverse("plan_template_create"), template_typed(LINE, dict.fromkeys(LINE, "") | {"due_day": "20"})
    )

    template = PlanTemplate.objects.get()
    assert (template.school, [line.what for line in template.items.all()]) == (curator.school, ["Урок"])


def test_a_template_with_a_month_that_is_not_one_is_refused_whole(client, curator):
    typed = template_typed(LINE | {"due_month": "13"})

    assert make.as_user(client, curator).post(reverse("plan_template_create"), typed).status_code == 200
    assert PlanTemplate.objects.count() == 0


def test_a_template_of_another_school_is_not_there(client, curator):
    load_plan_templates(school=make.school())
    url = reverse("plan_template_edit", args=[PlanTemplate.objects.first().pk])

    assert make.as_user(client, curator).get(url).status_code == 404


def test_templates_are_the_curators(client, pair):
    assert make.as_user(client, pair.mentor.person).get(reverse("plan_template_list")).status_code == 403
