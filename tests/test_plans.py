"""Plans on the screen: the list, the words, the lines, the progress, the paper."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Entry, SchoolYear
from pairs.models import Competence, Plan, PlanItem, PlanTemplate, Request
from pairs.plan_actions import load_plan_templates, start_plan
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def move(client, plan, name, comment=""):
    response = client.post(reverse("plan_move", args=[plan.pk, name]), {"comment": comment})
    plan.refresh_from_db()
    return response.status_code


# Beginning


def test_the_portals_templates_are_loaded_once_with_their_competences(year):
    for code in ("lesson", "class_management", "documents", "parents", "digital", "assessment"):
        Competence.objects.create(school=year.school, code=code, name=code)

    load_plan_templates(school=year.school)
    load_plan_templates(school=year.school)

    assert sorted(PlanTemplate.objects.values_list("code", flat=True)) == ["newly_arrived", "young_specialist"]
    lines = [line for template in PlanTemplate.objects.all() for line in template.items.all()]
    assert len(lines) == 19
    assert all(line.competence and line.expected for line in lines)


def test_a_plan_from_a_template_needs_only_to_be_submitted(client, pair):
    load_plan_templates(school=pair.year.school)
    template = PlanTemplate.objects.get(code="young_specialist")
    make.as_user(client, pair.mentee.person)

    response = client.post(reverse("plan_create"), {"pair": pair.pk, "source": f"template-{template.pk}"})

    plan = Plan.objects.get()
    assert response["Location"] == plan.get_absolute_url()
    assert (plan.goal, plan.items.count(), plan.missing()) == (template.goal, 10, [])
    assert plan.items.first().due_on == datetime.date(2024, 9, 15)
    assert plan.items.last().due_on == datetime.date(2025, 5, 20)


def test_a_late_pair_gets_fourteen_days_for_what_was_due_before_it(year, curator):
    load_plan_templates(school=year.school)
    pair = make.pair(year, since=datetime.date(2024, 11, 1))

    plan = start_plan(pair=pair, by=curator, template=PlanTemplate.objects.first())

    assert plan.items.get(position=0).due_on == datetime.date(2024, 11, 15)


def test_the_request_comes_from_the_registry(pair, curator):
    competence = make.competence(pair.year.school, "Работа с родителями")
    Request.objects.create(participation=pair.mentee, competence=competence, text="первое собрание")

    assert start_plan(pair=pair, by=curator).request == "Работа с родителями: первое собрание"


def test_last_years_plan_is_copied_without_its_progress(client, year):
    last_year = make.year(year.school, 2023, state=SchoolYear.State.CLOSED)
    pair = make.pair(year)
    old_pair = make.pair(last_year, make.mentor(last_year), the_mentee=make.mentee(last_year))
    type(old_pair.mentor).objects.filter(pk=old_pair.mentor_id).update(person=pair.mentor.person)
    old = make.plan(old_pair, items=3)
    old.items.update(done_on=datetime.date(2023, 12, 1), result="сделано")
    make.as_user(client, pair.mentor.person)

    client.post(reverse("plan_create"), {"pair": pair.pk, "source": f"plan-{old.pk}"})

    plan = Plan.objects.get(year=year)
    assert [item.due_on for item in plan.items.all()] == [
        item.due_on.replace(year=item.due_on.year + 1) for item in old.items.all()
    ]
    assert set(plan.items.values_list("done_on", "result")) == {(None, "")}


def test_a_plan_of_other_people_is_not_offered(client, year):
    last_year = make.year(year.school, 2023, state=SchoolYear.State.CLOSED)
    make.plan(make.pair(last_year))

    form = make.as_user(client, make.pair(year).mentor.person).get(reverse("plan_create")).context["form"]

    assert [key for key, _label in form.fields["source"].choices] == ["empty"]


def test_a_second_click_finds_the_plan_that_is_there(client, pair, curator):
    from pairs.views.plans import begun

    class Form:
        cleaned_data = {"pair": pair}

        def chosen(self):
            return {}

    plan = make.plan(pair)

    assert begun(Form(), curator)["Location"] == plan.get_absolute_url()
    assert Plan.objects.count() == 1


# Words


def line_of(**fields):
    return {"what": "Открытый урок", "due_on": "2025-04-10", "expected": "Конспект", "competence": ""} | fields


def test_lines_are_added_and_named_in_the_history(client, pair):
    plan = make.plan(pair, items=0)
    make.as_user(client, pair.mentee.person).post(reverse("plan_item_create", args=[plan.pk]), line_of())

    item = plan.items.get()
    assert (item.what, item.due_on, item.year) == ("Открытый урок", datetime.date(2025, 4, 10), pair.year)
    assert [entry.comment for entry in Entry.objects.about(plan)] == ["Открытый урок"]


@pytest.mark.parametrize(
    "fields, wrong",
    [
        ({"what": ""}, "what"),
        ({"what": "я" * 501}, "what"),
        ({"due_on": "2024-09-01"}, "due_on"),
        ({"due_on": "2025-09-01"}, "due_on"),
        ({"due_on": "весной"}, "due_on"),
        ({"expected": "a\x00b"}, "expected"),
        ({"competence": "999999"}, "competence"),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_kept_on_the_page(client, pair, fields, wrong):
    plan = make.plan(pair, items=0)
    response = make.as_user(client, pair.mentor.person).post(
        reverse("plan_item_create", args=[plan.pk]), line_of(**fields)
    )

    assert list(response.context["form"].errors) == [wrong]
    assert plan.items.count() == 0


def test_a_link_beside_a_weak_competence_chooses_it(client, pair):
    plan, competence = make.plan(pair), make.competence(pair.year.school)
    url = reverse("plan_item_create", args=[plan.pk])

    form = make.as_user(client, pair.mentor.person).get(url, {"competence": competence.code}).context["form"]

    assert form["competence"].value() == competence.pk


def test_a_line_of_a_draft_is_taken_out_and_its_words_stay_in_the_history(client, pair):
    plan = make.plan(pair, items=1)
    url = reverse("plan_item_delete", args=[plan.items.get().pk])
    make.as_user(client, pair.mentor.person).get(url)
    assert plan.items.count() == 1

    client.post(url)

    assert plan.items.count() == 0
    assert "Посетить урок 1" in [change["old"] for change in Entry.objects.about(plan).get().changes]


@pytest.mark.parametrize("state", ["submitted", "approved", "completed"])
def test_words_cannot_be_changed_once_submitted(client, pair, curator, state):
    plan = make.plan(pair, state=state, by=curator)
    item = plan.items.first()
    make.as_user(client, curator)

    client.post(reverse("plan_edit", args=[plan.pk]), {"goal": "Иная", "request": ""})
    client.post(reverse("plan_item_create", args=[plan.pk]), line_of())
    client.post(reverse("plan_item_edit", args=[item.pk]), line_of())
    client.post(reverse("plan_item_delete", args=[item.pk]))

    plan.refresh_from_db()
    assert (plan.goal, list(plan.items.values_list("what", flat=True))) == (
        "Войти в должность", ["Посетить урок 1", "Посетить урок 2"],
    )  # fmt: skip


def test_a_done_line_keeps_its_words_when_the_plan_is_returned(client, pair, curator):
    plan = make.plan(pair, state="returned", first_approved_on=datetime.date(2024, 9, 9))
    item = plan.items.first()
    PlanItem.objects.filter(pk=item.pk).update(done_on=make.TODAY)
    make.as_user(client, pair.mentor.person)

    client.post(reverse("plan_item_edit", args=[item.pk]), line_of())
    client.post(reverse("plan_item_delete", args=[item.pk]))

    item.refresh_from_db()
    assert item.what == "Посетить урок 1"


def test_a_second_tab_does_not_overwrite_the_goal(client, pair):
    plan = make.plan(pair)
    url = reverse("plan_edit", args=[plan.pk])
    make.as_user(client, pair.mentor.person).post(url, {"goal": "Первая", "request": "", "revision": "0"})
    response = client.post(url, {"goal": "Вторая", "request": "", "revision": "0"})

    plan.refresh_from_db()
    assert (response.status_code, plan.goal) == (200, "Первая")
    assert response.context["form"]["goal"].value() == "Вторая"


# Moves


def test_the_pair_submits_and_the_curator_approves_on_the_page(client, pair, curator):
    plan = make.plan(pair, items=3)

    assert (move(make.as_user(client, pair.mentee.person), plan, "submit"), plan.state) == (302, "submitted")
    assert (move(client, plan, "approve"), plan.state) == (403, "submitted")
    assert (move(make.as_user(client, curator), plan, "return", " "), plan.state) == (302, "submitted")
    assert (move(client, plan, "return", "Добавьте сроки"), plan.state) == (302, "returned")
    assert (move(client, plan, "unknown"), plan.state) == (403, "returned")


def test_several_plans_are_approved_and_refusals_are_named(client, year, curator):
    good = make.plan(make.pair(year), items=3, state="submitted")
    poor = make.plan(make.pair(year), items=1, state="submitted")
    own = make.plan(make.pair(year, make.mentor(year, is_curator=True)), items=3, state="submitted")
    foreign = make.plan(make.pair(make.year()), items=3, state="submitted")
    make.as_user(client, own.pair.mentor.person)

    plans = [good.pk, poor.pk, own.pk, foreign.pk, "x"]
    response = client.post(reverse("plan_approve_many"), {"plan": plans}, follow=True)

    states = [Plan.objects.get(pk=plan.pk).state for plan in (good, poor, own, foreign)]
    assert states == ["approved", "submitted", "submitted", "submitted"]
    assert [message.level_tag for message in response.context["messages"]] == ["success", "error", "error"]


def test_an_approval_on_paper_keeps_the_scan(client, pair, curator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    plan = make.plan(pair, items=3)
    scan = SimpleUploadedFile("приказ.pdf", b"%PDF-1.7 order")
    url = reverse("plan_approve_paper", args=[plan.pk])

    make.as_user(client, curator).post(url, {"approved_on": "2024-09-09", "order": "15-о", "paper": scan})

    plan.refresh_from_db()
    assert (plan.state, plan.approval_order, plan.first_approved_on) == ("approved", "15-о", datetime.date(2024, 9, 9))
    scan_url = reverse("plan_scan", args=[plan.pk])
    assert make.as_user(client, pair.mentor.person).get(scan_url).content == b"%PDF-1.7 order"


@pytest.mark.parametrize(
    "fields, wrong",
    [
        ({"approved_on": "2024-11-21"}, "approved_on"),
        ({"order": ""}, "order"),
        ({"approved_on": "2023-09-09"}, "approved_on"),
    ],
)
def test_an_approval_on_paper_that_cannot_be_is_refused(client, pair, curator, fields, wrong):
    plan = make.plan(pair, items=3)
    typed = {"approved_on": "2024-09-09", "order": "15-о"} | fields

    response = make.as_user(client, curator).post(reverse("plan_approve_paper", args=[plan.pk]), typed)

    plan.refresh_from_db()
    assert (list(response.context["form"].errors), plan.state) == ([wrong], "draft")


def test_a_poor_plan_is_not_approved_on_paper_either(client, pair, curator):
    plan = make.plan(pair, items=1)
    typed = {"approved_on": "2024-09-09", "order": "15-о"}

    response = make.as_user(client, curator).post(reverse("plan_approve_paper", args=[plan.pk]), typed)

    assert response.context["form"].non_field_errors()


# Who sees what


PAGES = ["plan_detail", "plan_edit", "plan_pdf", "plan_scan", "plan_item_create"]
LINES = ["plan_item_edit", "plan_item_delete", "plan_item_mark", "plan_item_proof"]


def test_a_foreign_plan_is_not_there(client, pair, year, curator):
    plan = make.plan(pair)
    urls = [reverse(name, args=[plan.pk]) for name in PAGES]
    urls += [reverse(name, args=[plan.items.first().pk]) for name in LINES]
    strangers = [make.pair(year).mentor.person, make.pair(year).mentee.person]

    assert {make.as_user(client, user).get(url).status_code for user in strangers for url in urls} == {404}
    other = make.as_user(client, make.curator(make.year().school))
    assert {other.get(url).status_code for url in urls} == {404}
    assert other.post(reverse("plan_move", args=[plan.pk, "approve"])).status_code == 404


def test_the_head_reads_and_does_not_write(client, pair):
    plan = make.plan(pair)
    make.as_user(client, make.head(pair.year.school))

    codes = [client.get(reverse(name, args=[plan.pk])).status_code for name in ("plan_detail", "plan_edit")]
    assert [*codes, client.get(reverse("plan_create")).status_code] == [200, 403, 403]


def test_the_list_shows_pairs_without_a_plan_too(client, year, curator):
    make.plan(make.pair(year), state="submitted", waiting_since=datetime.date(2024, 11, 13))
    planless = make.pair(year)
    make.draft_pair(year)
    make.as_user(client, curator)

    context = client.get(reverse("plan_list")).context
    assert context["total"] == 2
    assert {state: number for state, _label, number in context["tabs"] if number} == {"none": 1, "submitted": 1}
    assert list(client.get(reverse("plan_list"), {"state": "none"}).context["page"].object_list) == [planless]


def test_the_list_is_searched_by_name_whatever_the_case_and_yo(client, year, curator):
    found = make.pair(year, the_mentee=make.mentee(year, last_name="Ёлкин"))
    make.pair(year)

    page = make.as_user(client, curator).get(reverse("plan_list"), {"q": "елкин"}).context["page"]

    assert list(page.object_list) == [found]


def test_a_participant_sees_only_own_plans_in_the_list(client, year, pair):
    make.plan(pair)
    make.plan(make.pair(year))

    for user in (pair.mentor.person, pair.mentee.person):
        assert list(make.as_user(client, user).get(reverse("plan_list")).context["page"].object_list) == [pair]


def queries_of(client, url, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as seen:
        assert client.get(url).status_code == 200
    return len(seen.captured_queries)


def test_the_list_costs_the_same_for_one_row_and_three(client, year, curator, django_assert_max_num_queries):
    make.as_user(client, curator)
    make.plan(make.pair(year), state="submitted")
    one = queries_of(client, reverse("plan_list"), django_assert_max_num_queries, 8)
    make.plan(make.pair(year), state="approved", by=curator)
    make.pair(year)

    assert queries_of(client, reverse("plan_list"), django_assert_max_num_queries, 8) == one


def test_a_plan_costs_the_same_for_one_line_and_three(client, year, curator, django_assert_max_num_queries):
    small = make.plan(make.pair(year), items=1, state="approved", by=curator)
    large = make.plan(make.pair(year), items=3, state="approved", by=curator)
    make.as_user(client, curator).get(small.get_absolute_url())

    one = queries_of(client, small.get_absolute_url(), django_assert_max_num_queries, 12)
    assert queries_of(client, large.get_absolute_url(), django_assert_max_num_queries, 12) == one


# Paper and templates


@pytest.mark.pdf
def test_the_plan_is_printed(client, pair, curator):
    pytest.importorskip("weasyprint")
    plan = make.plan(pair, state="approved", by=curator)

    response = make.as_user(client, pair.mentee.person).get(reverse("plan_pdf", args=[plan.pk]))

    assert (response.status_code, response["Content-Type"], response.content[:5]) == (200, "application/pdf", b"%PDF-")
