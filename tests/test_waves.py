"""Waves: the year's rhythm, who is asked and when, what came out, what the reports and Today say of it."""

import datetime

import pytest
from django.urls import reverse

from accounts.clock import on
from accounts.models import Participation
from pairs.models import Pair, Pause
from surveys import tables
from surveys.actions import open_waves, sync_waves
from surveys.models import Questionnaire, Receipt, Response, Wave, addressed_in
from surveys.questionnaire_actions import load_questionnaires
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
Purpose = Questionnaire.Purpose


@pytest.fixture(autouse=True)
def november():
    with on(make.TODAY):
        yield


@pytest.fixture
def year():
    return make.year()


@pytest.fixture
def curator(client, year):
    person = make.curator(year.school)
    client.force_login(person)
    return person


# ---------------------------------------------------------------- the year's rhythm


def test_a_year_asks_entry_then_quarterly_then_exit_and_satisfaction(db):
    year = make.year_with_periods()
    load_questionnaires(school=year.school)
    open_waves(year=year)
    rows = Wave.objects.order_by("opens_on", "questionnaire__purpose", "audience")
    found = [(w.period.number, w.questionnaire.purpose, w.audience, w.feeds, w.anonymous) for w in rows]
    assert found == [
        (1, "entry", "mentees", True, False), (1, "entry", "mentors", True, False),
        (2, "quarterly", "mentees", True, False), (2, "quarterly", "mentors", True, False),
        (3, "quarterly", "mentees", True, False), (3, "quarterly", "mentors", True, False),
        (4, "exit", "mentees", True, False), (4, "exit", "mentors", True, False),
        (4, "satisfaction", "everybody", False, True),
    ]  # fmt: skip


def test_where_there_is_no_entry_questionnaire_the_quarterly_one_stands_in(year):
    period = make.period(year)
    quarterly = [form_for(year, audience) for audience in ("mentors", "mentees")]
    entry = form_for(year, "mentees", Purpose.ENTRY)
    open_waves(year=year)
    assert {wave.questionnaire for wave in period.waves.all()} == {quarterly[0], entry}


def form_for(year, audience, purpose=Purpose.QUARTERLY):
    return asking.questionnaire(year.school, audience=audience, purpose=purpose)


def test_a_year_keeps_the_waves_it_has(year):
    wave = make.wave(make.period(year))
    form_for(year, "mentors"), form_for(year, "mentees", Purpose.ENTRY)
    open_waves(year=year)
    sync_waves(year=year)
    assert list(Wave.objects.all()) == [wave]


# ---------------------------------------------------------------- who is asked


def test_who_joins_late_is_asked_then_and_who_has_left_is_not_counted(year):
    wave = asking.wave(year, asking.questionnaire(year.school))
    first = make.pair(year)
    with on(make.TODAY + 3 * DAY):
        late = make.pair(year, since=make.TODAY + 2 * DAY)
        assert set(wave.silent()) == {first.mentor, first.mentee, late.mentor, late.mentee}
        ended = {"state": "ended", "ended_on": make.TODAY + 3 * DAY, "ended_by_wish_of": "mentor"}
        Pair.objects.filter(pk=first.pk).update(**ended)
        assert set(wave.silent()) == {late.mentor, late.mentee}
    assert set(wave.asked(make.TODAY)) == {first.mentor, first.mentee}


def test_who_is_paused_at_the_close_is_not_counted_by_the_diagnostics(year):
    period = make.period(year, 1, opens_on=make.TODAY - 20 * DAY, closes_on=make.TODAY - 1 * DAY)
    make.wave(period)
    paused, working = make.pair(year), make.pair(year)
    Pause.objects.create(pair=paused, since=make.TODAY - 5 * DAY, until=make.TODAY + DAY, reason="Болезнь")
    assert list(addressed_in(period, make.TODAY)) == [working.mentee]


def test_the_diagnostics_of_a_period_ask_groups_too(year):
    period = make.period(year, 1, opens_on=make.TODAY)
    inside, outside = make.pair(year), make.pair(year)
    group = year.groups.create(name="Молодые")
    group.pairs.set([inside])
    form = form_for(year, "mentees", Purpose.ENTRY)
    asking.wave(year, form, audience="group", group=group, period=period)
    assert set(addressed_in(period, make.TODAY)) == {inside.mentor, inside.mentee}
    asking.wave(year, form, period=period)
    assert set(addressed_in(period, make.TODAY)) == {inside.mentor, inside.mentee, outside.mentee}


# ---------------------------------------------------------------- opening, changing, taking back


def opened(client, form, **fields):
    values = {
        "questionnaire": form.pk,
        "period": "",
        "audience": "everybody",
        "group": "",
        "opens_on": "",
        "closes_on": "",
    }
    return client.post(reverse("wave_create"), values | fields)


def test_what_is_asked_by_name_in_a_period_counts_and_takes_its_dates(client, curator, year):
    period = make.period(year, 2)
    opened(
        client,
        form_for(year, "mentees"),
        period=period.pk,
        audience="mentees",
        opens_on="2024-11-01",
        closes_on="2024-11-02",
    )
    wave = Wave.objects.get()
    assert (wave.feeds, wave.opens_on, wave.closes_on) == (True, period.opens_on, period.closes_on)


def test_a_survey_of_own_dates_does_not_count(client, curator, year):
    opened(client, form_for(year, "mentees"), opens_on="2024-11-20", closes_on="2024-11-30")
    wave = Wave.objects.get()
    assert (wave.feeds, wave.period, wave.title) == (False, None, "Анкета")


def refusals(client, form, **fields):
    return set(opened(client, form, **fields).context["form"].errors)


def test_what_does_not_fit_together_is_told_beside_its_field(client, curator, year):
    form, other = form_for(year, "mentees"), make.year()
    group = other.groups.create(name="Чужая")
    days = {"opens_on": "2024-11-20", "closes_on": "2024-11-30"}
    assert refusals(client, form) == {"opens_on", "closes_on"}
    assert refusals(client, form, opens_on="2024-11-30", closes_on="2024-11-20") == {"__all__"}
    assert refusals(client, form, **days, anonymous="on") == {"anonymous"}
    assert refusals(client, form, **days, audience="group") == {"group"}
    assert refusals(client, form, **days, audience="group", group=group.pk) == {"group"}
    assert refusals(client, asking.questionnaire(other.school), **days) == {"questionnaire"}
    assert Wave.objects.count() == 0


def test_the_same_people_twice_within_a_month_only_warns(client, curator, year):
    make.pair(year)
    make.wave(make.period(year, 2, opens_on=make.TODAY - 10 * DAY))
    form, days = asking.questionnaire(year.school), {"opens_on": "2024-11-21", "closes_on": "2024-11-30"}
    page = opened(client, form, **days)
    assert len(page.context["form"].warnings) == 1
    assert opened(client, form, **days, audience="mentors").status_code == 302  # others
    assert opened(client, form, **days, audience="mentees", anyway="on").status_code == 302


def test_exit_and_satisfaction_in_one_period_are_the_plan_and_no_warning(client, curator, year):
    for _n in range(3):
        make.pair(year)
    period = make.period(year, 4, opens_on=make.TODAY)
    opened(client, form_for(year, "mentees", Purpose.EXIT), period=period.pk, audience="mentees")
    satisfied = form_for(year, "everybody", Purpose.SATISFACTION)
    assert opened(client, satisfied, period=period.pk, anonymous="on").status_code == 302
    assert Wave.objects.count() == 2


def test_a_period_has_one_diagnostics_for_the_same_people(client, curator, year):
    period = make.period(year, 2)
    make.wave(period)
    page = opened(client, form_for(year, "mentees"), period=period.pk, audience="mentees", anyway="on")
    assert "уже" in str(page.context["form"].errors)
    assert Wave.objects.count() == 1


def test_what_nobody_has_begun_can_be_taken_back(client, curator, year):
    pair = make.pair(year)
    begun, untouched = (asking.wave(year, asking.questionnaire(year.school)) for _n in range(2))
    make.response(begun, pair.mentee, submitted_on=None)
    for wave in (begun, untouched):
        client.post(reverse("wave_remove", args=[wave.pk]))
    assert list(Wave.objects.all()) == [begun]


def test_names_are_promised_to_the_first_who_begins(client, curator, year):
    wave, pair = asking.wave(year, asking.questionnaire(year.school)), make.pair(year)
    form = client.get(reverse("wave_edit", args=[wave.pk])).context["form"]
    make.response(wave, pair.mentee, submitted_on=None)
    later = client.get(reverse("wave_edit", args=[wave.pk])).context["form"]
    assert ("anonymous" in form.fields, "anonymous" in later.fields) == (True, False)


# ---------------------------------------------------------------- what came out


def answered(client, wave, part, **given):
    client.force_login(part.person)
    client.post(reverse("survey_fill", args=[wave.pk]), asking.posted(wave.questionnaire, **given))


def test_every_kind_is_counted(client, year):
    wave = asking.wave(year, asking.questionnaire(year.school), audience="mentees")
    scale, many = asking.named(wave.questionnaire, "Насколько"), asking.named(wave.questionnaire, "Что")
    pairs = [make.pair(year) for _n in range(4)]
    for pair, value in zip(pairs, ("8", "8", "5"), strict=False):
        answered(client, wave, pair.mentee, **{f"q{scale.pk}": value})
    make.response(wave, pairs[3].mentee, 1, submitted_on=None)  # a draft counts nowhere
    answered(client, wave, pairs[0].mentor)  # is not asked
    found = {each.question.text: each for each in tables.results(wave)}
    rows = {text: [row[:2] for row in each.table.rows if row[1]] for text, each in found.items() if each.table}
    assert rows == {
        "Насколько полезно?": [("5", 1), ("8", 2)],
        "Как удобнее?": [("Дистанционно", 3)],
        "Что нужно?": [("Разбор", 3), ("Время", 3)],
        "Нужна ли помощь?": [("Нет", 3)],
    }
    assert (found["Насколько полезно?"].mean, found["Подробнее"].texts, found["Какая?"].answered) == (7.0, 3, 0)
    assert found["Что нужно?"].question == many


def test_the_report_of_a_wave_of_own_dates_says_everything_to_the_curator_alone(client, year):
    wave = asking.wave(year, asking.questionnaire(year.school), audience="mentees")
    pair = make.pair(year)
    answered(client, wave, pair.mentee)
    seen = {}
    for person in (make.curator(year.school), make.head(year.school)):
        client.force_login(person)
        page = client.get(f"/reports/wave/?wave={wave.pk}").content.decode()
        seen[person] = [words in page for words in ("Всё было по делу", "Дистанционно", pair.mentee.person.full_name)]
    assert list(seen.values()) == [[True, True, True], [False, False, True]]


def test_the_report_finds_no_wave_of_another_school(client, curator, year):
    other = make.year()
    wave = asking.wave(other, asking.questionnaire(other.school))
    assert client.get(f"/reports/wave/?wave={wave.pk}").status_code == 404
    assert client.get("/reports/wave/?wave=x").status_code == 404
    assert client.get("/reports/wave/").status_code == 200


def test_pages_and_reports_cost_the_same_for_few_and_many(client, curator, year, django_assert_num_queries):
    period = make.period(year, 2, opens_on=make.TODAY - 3 * DAY)
    wave = make.wave(period, competences=[make.competence(year.school)])
    nameless = asking.wave(year, asking.questionnaire(year.school, anonymous=True))
    Wave.objects.filter(pk=nameless.pk).update(closes_on=make.TODAY - DAY, shuffled_on=make.TODAY)
    urls = [reverse("survey_list"), f"/reports/wave/?wave={wave.pk}", f"/reports/wave/?wave={nameless.pk}"]
    urls += [each.get_absolute_url() for each in (wave, nameless)]
    counts = {}
    for number in (1, 3):
        for _n in range(number):
            more(year, wave, nameless)
        for url in urls:
            client.get(url)
            with django_assert_num_queries(60, exact=False) as found:
                client.get(url)
            counts.setdefault(url, []).append(len(found))
    assert [first for first, second in counts.values() if first != second] == []
    assert {url: count[0] for url, count in counts.items() if count[0] > 16} == {}


def more(year, wave, nameless):
    """Two pairs that have answered both, one that has not."""
    for _n in range(3):
        pair = make.pair(year)
        for part in (pair.mentor, pair.mentee):
            Receipt.objects.create(year=year, wave=nameless, participation=part, on=make.TODAY)
            Response.objects.create(year=year, wave=nameless, submitted_on=make.TODAY)
        make.response(wave, pair.mentee, 3, 4, 5)
    make.pair(year)


# ---------------------------------------------------------------- groups


def test_a_group_has_a_target_group_and_its_own_list_of_pairs(client, curator, year):
    first, second = make.pair(year), make.pair(year)
    client.post(reverse("group_list"), {"name": "Молодые", "about": "Первый год работы"})
    group = year.groups.get(name="Молодые")
    data = {"name": "Молодые", "about": "Первый год работы", "pairs": [first.pk], "revision": group.revision}
    client.post(reverse("group_edit", args=[group.pk]), data)
    assert (list(group.pairs.all()), group.about) == ([first], "Первый год работы")
    other = make.pair(make.year())
    group.refresh_from_db()
    page = client.post(reverse("group_edit", args=[group.pk]), data | {"pairs": [other.pk], "revision": group.revision})
    assert page.context["form"].errors.keys() == {"pairs"}
    assert Participation.objects.filter(pairs_as_mentee__groups=group).get() == first.mentee
    assert second.groups.count() == 0


# ---------------------------------------------------------------- Today


def labels(client, person):
    client.force_login(person)
    return [task.label for section in client.get("/").context["sections"] for task in section.tasks]


def test_today_tells_of_nameless_ones_and_of_results(client, year):
    curator = make.curator(year.school, language="en")
    wave = asking.wave(year, asking.questionnaire(year.school, anonymous=True))
    pairs = [make.pair(year, make.mentor(year, language="en")) for _n in range(3)]
    waiting = [label for label in labels(client, curator) if "not answered" in label]
    assert waiting == ["Анкета, everybody: 6 people have not answered"]
    assert "Анкета" in labels(client, pairs[0].mentor.person)
    for pair in pairs:
        for part in (pair.mentor, pair.mentee):
            Receipt.objects.create(year=year, wave=wave, participation=part, on=make.TODAY)
    assert [label for label in labels(client, curator) if "not answered" in label] == []
    assert "Анкета" not in labels(client, pairs[0].mentor.person)
    with on(wave.closes_on + DAY):
        assert [label for label in labels(client, curator) if "Анкета" in label] == [
            "Анкета, everybody is closed: mix the answers to see the results"
        ]
        Wave.objects.update(shuffled_on=make.TODAY)
        assert [label for label in labels(client, curator) if "Анкета" in label] == [
            "Results are ready: Анкета, everybody"
        ]
    with on(wave.closes_on + 15 * DAY):
        assert [label for label in labels(client, curator) if "Анкета" in label] == []
