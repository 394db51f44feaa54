"""Growth from wave to wave, who reads it, and what is done about a weak competence."""

import datetime

import pytest
from django.urls import reverse

from pairs.models import Pair, Plan, PlanItem, PlanTemplate, PlanTemplateItem
from surveys.models import Support
from surveys.tables.growth import growth as school_growth
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def lesson(year):
    return make.competence(year.school, "Ведение урока")


@pytest.fixture
def waves(year, lesson):
    return [make.wave(make.period(year, number), competences=[lesson]) for number in (1, 2, 3)]


@pytest.fixture
def template(year, lesson):
    made = PlanTemplate.objects.create(school=year.school, name="Молодой педагог")
    for number, words in enumerate(("Посетить урок наставника", "Провести открытый урок")):
        PlanTemplateItem.objects.create(
            template=made, position=number, what=words, due_month=9 + 3 * number, expected="Лист", competence=lesson
        )
    return made


@pytest.fixture
def weak(pair, waves):
    """The pair whose mentee is weak in lessons by the first wave."""
    make.response(waves[0], pair.mentee, 2, 2, 2)
    return pair


def read(client, person):
    return client.get(reverse("person_growth", args=[person.pk]))


def line_of(page):
    return page.context["found"][0].lines[0]


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data)


def test_a_change_is_told_only_between_two_answered_waves_and_says_how_many_answers(client, pair, waves):
    make.as_user(client, pair.mentee.person)
    make.response(waves[0], pair.mentee, 2, 3, 2)
    once = line_of(client.get(reverse("survey_growth")))
    make.response(waves[2], pair.mentee, 4, 4, 4)
    twice = line_of(client.get(reverse("survey_growth")))
    assert (once.change, round(twice.change, 2)) == (None, 1.67)
    assert [(round(point.mean, 2), point.count) for point in twice.answered] == [(2.33, 3), (4.0, 3)]


def test_drafts_and_open_answers_are_no_growth(client, pair, waves):
    make.as_user(client, pair.mentee.person)
    make.response(waves[0], pair.mentee, 5, 5, 5, submitted_on=None)
    assert client.get(reverse("survey_growth")).context["found"] == []


def test_the_mentor_of_the_pair_reads_the_mentee_and_another_pairs_mentor_finds_nothing(client, year, weak):
    person = weak.mentee.person
    seen = {}
    for name, user in {
        "own": weak.mentor.person, "foreign": make.pair(year).mentor.person, "mentee": person,
        "head": make.head(year.school), "curator": make.curator(year.school),
        "elsewhere": make.curator(make.school()),
    }.items():  # fmt: skip
        make.as_user(client, user)
        seen[name] = read(client, person).status_code
    assert seen == {"own": 200, "foreign": 404, "mentee": 403, "head": 403, "curator": 200, "elsewhere": 404}


def test_a_mentor_whose_pair_ended_early_reads_no_more(client, weak):
    Pair.objects.filter(pk=weak.pk).update(state="ended", ended_on=make.TODAY)
    make.as_user(client, weak.mentor.person)
    assert read(client, weak.mentee.person).status_code == 404


def test_a_mentor_does_not_see_the_other_side_of_a_person(client, year, weak, lesson):
    both = make.joined(year, weak.mentee.person, "mentor", 1, None, False)
    make.response(make.wave(year.periods.first(), "mentor", [lesson]), both, 5, 5, 5)
    make.as_user(client, weak.mentor.person)
    assert [each.part for each in read(client, weak.mentee.person).context["found"]] == [weak.mentee]


def test_the_mentor_is_led_to_open_answers_only_where_the_questionnaire_says_so(client, curator, weak, waves):
    def answers(user):
        make.as_user(client, user)
        return [wave for wave, _url in read(client, weak.mentee.person).context["found"][0].answers]

    assert (answers(curator), answers(weak.mentor.person)) == ([waves[0]], [])
    type(waves[0].questionnaire).objects.update(mentor_reads_texts=True)
    assert answers(weak.mentor.person) == [waves[0]]


# ---------------------------------------------------------------- what helps


def test_a_weak_competence_proposes_lines_and_a_draft_plan_takes_one_at_once(client, weak, template):
    plan = make.plan(weak)
    make.as_user(client, weak.mentor.person)
    page = read(client, weak.mentee.person)
    assert [item.what for item in line_of(page).proposals] == ["Посетить урок наставника", "Провести открытый урок"]
    post(client, "support_line", weak.mentee.pk, line=template.items.first().pk)
    item = plan.items.get(what="Посетить урок наставника")
    support = Support.objects.get()
    assert (support.plan_item, support.by, item.expected) == (item, weak.mentor.person, "Лист")
    assert item.due_on == make.TODAY + datetime.timedelta(days=30)  # September is over
    assert [each.what for each in line_of(read(client, weak.mentee.person)).proposals] == ["Провести открытый урок"]


def test_an_approved_plan_is_asked_and_the_curator_returns_it_with_the_line(client, curator, weak, template):
    plan = make.plan(weak, state=Plan.State.APPROVED, by=curator)
    words = list(plan.items.values_list("what", flat=True))
    make.as_user(client, weak.mentee.person)
    for _twice in range(2):
        post(client, "support_line", weak.mentee.pk, line=template.items.first().pk)
    assert (list(plan.items.values_list("what", flat=True)), Support.objects.count()) == (words, 1)
    assert post(client, "support_grant", weak.mentee.pk).status_code == 403
    make.as_user(client, curator)
    post(client, "support_grant", weak.mentee.pk)
    plan.refresh_from_db()
    assert (plan.state, plan.items.count()) == (Plan.State.RETURNED, len(words) + 1)
    assert (Support.objects.get().wanted, Support.objects.get().plan_item.what) == (None, "Посетить урок наставника")


@pytest.mark.parametrize("state", [Plan.State.SUBMITTED, Plan.State.COMPLETED])
def test_a_plan_that_waits_or_is_over_takes_nothing(client, curator, weak, template, state):
    make.plan(weak, state=state, by=curator)
    make.as_user(client, weak.mentor.person)
    answer = client.post(
        reverse("support_line", args=[weak.mentee.pk]), {"line": template.items.first().pk}, follow=True
    )
    assert ([str(message.level_tag) for message in answer.context["messages"]], Support.objects.count()) == (
        ["error"],
        0,
    )


def test_what_is_forged_adds_no_line(client, year, weak, template):
    make.plan(weak)
    foreign = make.pair(year)
    other = PlanTemplateItem.objects.create(
        template=PlanTemplate.objects.create(school=make.school(), name="Чужой"), what="Чужая строка", due_month=12
    )
    strong = PlanTemplateItem.objects.create(
        template=template, what="Не слабое", due_month=12, competence=make.competence(year.school, "Документы")
    )
    make.as_user(client, weak.mentor.person)
    lines = [other.pk, strong.pk, "x"]
    assert [post(client, "support_line", weak.mentee.pk, line=line).status_code for line in lines] == [302] * 3
    assert post(client, "support_line", foreign.mentee.pk, line=template.items.first().pk).status_code == 404
    assert (PlanItem.objects.filter(plan__pair=weak).count(), Support.objects.count()) == (2, 0)


def test_a_material_keeps_title_and_address_and_only_safe_addresses(client, weak, lesson):
    make.as_user(client, weak.mentor.person)
    url = f"{reverse('support_material', args=[weak.mentee.pk])}?competence={lesson.code}"
    for address in (
        "javascript:alert(1)",
        "//evil.test/x",
        "data:text/html,x",
        "ftp://a.test",
        "/\\evil.test",
        "x" * 600,
    ):
        page = client.post(url, {"material": "Памятка", "address": address})
        assert (page.status_code, list(page.context["form"].errors)) == (200, ["address"])
    for address in ("/materials/7/", "https://school.test/pamyatka"):
        client.post(url, {"material": "Памятка <b>", "address": address})
    assert list(Support.objects.values_list("address", flat=True)) == ["/materials/7/", "https://school.test/pamyatka"]
    assert "Памятка &lt;b&gt;" in read(client, weak.mentee.person).content.decode()


def test_the_page_shows_beside_each_help_whether_the_next_wave_moved(client, curator, weak, waves, lesson):
    fields = {"participation": weak.mentee, "year": weak.year, "competence": lesson, "by": curator}
    Support.objects.create(material="Памятка", address="/materials/7/", wave=waves[0], **fields)
    make.as_user(client, curator)
    before = line_of(read(client, weak.mentee.person)).support[0]
    make.response(waves[2], weak.mentee, 3, 3, 3)
    after = line_of(read(client, weak.mentee.person)).support[0]
    assert (before.change, after.change, after.next_wave) == (None, 1.0, waves[2])


def test_a_help_that_stands_in_the_plan_is_taken_out_there(client, curator, weak, template):
    make.plan(weak)
    make.as_user(client, curator)
    post(client, "support_line", weak.mentee.pk, line=template.items.first().pk)
    post(client, "support_drop", Support.objects.get().pk)
    assert Support.objects.count() == 1
    Support.objects.get().plan_item.delete()
    assert Support.objects.count() == 0


# ---------------------------------------------------------------- the school


def test_the_school_compares_only_those_who_answered_both_and_tells_nothing_of_two(year, waves):
    parts = [make.mentee(year) for _ in range(4)]
    for part, value in zip(parts, (1, 2, 3, 5), strict=True):
        make.response(waves[0], part, *[value] * 3)
    for part in parts[:2]:
        make.response(waves[1], part, 4, 4, 4)
    row = school_growth(waves[1].period)[0][0].rows[0]
    assert row[1:] == (2, "мало ответов", None, None, None, None)
    make.response(waves[1], parts[2], 3, 3, 3)
    row = school_growth(waves[1].period)[0][0].rows[0]
    assert row[1:] == (3, 2.0, 3.67, 1.67, 2, 0)


def test_there_is_no_growth_within_the_first_period(year, waves):
    make.response(waves[0], make.mentee(year), 1, 1, 1)
    assert school_growth(waves[0].period) == []


# ---------------------------------------------------------------- Today


def tasks(client, user):
    page = make.as_user(client, user).get("/")
    return [task.label for section in page.context["sections"] for task in section.tasks]


def test_today_proposes_quietly_until_something_is_accepted(client, curator, weak, template):
    words = f"Слабое место, {weak.mentee.person.short_name}: Ведение урока"
    plan = make.plan(weak, state=Plan.State.APPROVED, by=curator)
    assert words in tasks(client, weak.mentor.person)
    post(client, "support_line", weak.mentee.pk, line=template.items.first().pk)
    asked = "1 пара просит добавить строку в утверждённый план"
    assert (words in tasks(client, weak.mentor.person), asked in tasks(client, curator)) == (False, True)
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.COMPLETED, completed_on=make.TODAY)
    assert asked not in tasks(client, curator)
