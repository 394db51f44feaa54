"""Questionnaires without names: what is promised is what stands in the database."""

import datetime
import json

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.clock import on
from accounts.models import Entry, Letter
from surveys.filling_actions import shuffle
from surveys.models import Answer, Pick, Receipt, Reminder, Response, Wave
from tests import asking
from tests import factories as make
from tests.access_world import our_models

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def november():
    with on(make.TODAY):
        yield


@pytest.fixture
def year():
    return make.year()


@pytest.fixture
def curator(year):
    return make.curator(year.school)


@pytest.fixture
def wave(year):
    return asking.wave(year, asking.questionnaire(year.school, anonymous=True))


def people(year, number):
    """So many participants, mentors and mentees of pairs."""
    pairs = [make.pair(year) for _n in range((number + 1) // 2)]
    return [part for pair in pairs for part in (pair.mentor, pair.mentee)][:number]


def hand_in(wave, part, day=make.TODAY, **given):
    """As a person does it: some answers one by one, then the rest and the button."""
    client = Client()
    with on(day):
        client.force_login(part.person)
        scale = asking.named(wave.questionnaire, "Насколько")
        client.post(f"/surveys/waves/{wave.pk}/save/?side={part.side}", {"only": scale.pk, f"q{scale.pk}": "5"})
        answer = client.post(
            f"/surveys/waves/{wave.pk}/fill/?side={part.side}", asking.posted(wave.questionnaire, **given)
        )
    assert answer.status_code == 302
    return client


def closed_and_mixed(wave):
    with on(wave.closes_on + DAY):
        call_command("close_waves", verbosity=0)
    wave.refresh_from_db()


# ---------------------------------------------------------------- what is kept


def test_submitting_takes_the_name_off_and_leaves_a_receipt_of_the_day(wave, year):
    (part, _other) = people(year, 2)
    hand_in(wave, part)
    response = Response.objects.get()
    assert (response.participation, response.updated_at, response.submitted_on) == (None, None, wave.closes_on)
    assert list(Receipt.objects.values_list("participation", "on")) == [(part.pk, make.TODAY)]
    assert (Answer.objects.count(), Pick.objects.count()) == (6, 2)
    assert list(wave.silent()) == [_other]


def test_nothing_in_the_database_orders_or_matches_the_answers_of_six_people(wave, year):
    parts = people(year, 6)
    text, line = (asking.named(wave.questionnaire, word) for word in ("Подробнее", "Одним"))
    for number, part in enumerate(parts):
        words = {f"q{text.pk}": f"Слова {number}", f"q{line.pk}": f"Слово {number}"}
        hand_in(wave, part, make.TODAY + number * DAY, **words)
    before = Response.objects.in_bulk()
    assert len(before) == 6
    closed_and_mixed(wave)
    assert Response.objects.filter(pk__in=before).count() == 0  # written anew
    for model in (Response, Answer, Pick, Receipt):
        keys = list(model.objects.values_list("pk", flat=True))
        assert all(key < 0 for key in keys)  # no counter of the database
    told = Answer.objects.filter(question=text).order_by("pk").values_list("text", "response_id")
    written = Answer.objects.filter(question=line).order_by("pk").values_list("text", "response_id")
    orders = {
        "receipts": [parts.index(receipt.participation) for receipt in Receipt.objects.order_by("pk")],
        "texts": [int(text.split()[1]) for text, _response in told],
        "lines": [int(text.split()[1]) for text, _response in written],
        "responses": [int({r: t for t, r in told}[pk].split()[1]) for pk in Response.objects.order_by("pk").values_list("pk", flat=True)],
    }  # fmt: skip
    assert all(sorted(order) == list(range(6)) for order in orders.values())
    assert nothing_leads_to_the_answers(parts) == []
    times = [field.name for field in Response._meta.concrete_fields if isinstance(field, models.DateField)]
    values = {tuple(row) for row in Response.objects.values_list(*times, "from_paper", "entered_by", "scan")}
    assert values == {(wave.closes_on, None, False, None, None)}


def nothing_leads_to_the_answers(parts):
    """Words of the answers, or keys of nameless rows, in any other table: journal, letters, sessions, all of ours."""
    keys = {str(key) for model in (Response, Answer, Pick) for key in model.objects.values_list("pk", flat=True)}
    found = []
    for model in our_models():
        if model in (Response, Answer, Pick):
            continue
        for row in model.objects.values():
            text = json.dumps(row, default=str, ensure_ascii=False)
            found += [(model.__name__, row)] if "Слов" in text or any(key in text for key in keys) else []
    for session in Session.objects.all():
        text = json.dumps(session.get_decoded())
        found += [("Session", text)] if "survey" in text or any(key in text for key in keys) else []
    about = Entry.objects.filter(by__in=[part.person for part in parts])
    return found + list(about) + list(Letter.objects.all())


def test_the_order_of_answering_is_not_the_order_of_anything(year):
    """Twelve people in turn: that one of four orders would be theirs by chance is less than one in a hundred million."""
    wave, parts = asking.wave(year, asking.questionnaire(year.school, anonymous=True)), people(year, 12)
    line = asking.named(wave.questionnaire, "Одним")
    for number, part in enumerate(parts):
        hand_in(wave, part, **{f"q{line.pk}": f"{number:02}"})
    told = dict(Answer.objects.filter(question=line).values_list("response_id", "text"))
    orders = [
        [told[pk] for pk in Response.objects.order_by("pk").values_list("pk", flat=True)],
        list(Answer.objects.filter(question=line).order_by("pk").values_list("text", flat=True)),
        [f"{parts.index(each.participation):02}" for each in Receipt.objects.order_by("pk")],
    ]  # fmt: skip
    assert [sorted(order) in (order, order[::-1]) for order in orders] == [False] * 3


def test_the_draft_is_named_until_it_is_handed_in_and_goes_when_the_wave_is_over(client, wave, year):
    part = people(year, 2)[0]
    client.force_login(part.person)
    client.post(reverse("survey_fill", args=[wave.pk]), asking.posted(wave.questionnaire, submit=False))
    draft = Response.objects.get()
    assert (draft.participation, draft.updated_at) == (part, None)
    closed_and_mixed(wave)
    assert (Response.objects.count(), Answer.objects.count(), Pick.objects.count()) == (0, 0, 0)


def test_it_is_handed_in_once_and_nobody_can_look_at_it_again(wave, year):
    part = people(year, 2)[0]
    client = hand_in(wave, part)
    fill, scale = reverse("survey_fill", args=[wave.pk]), asking.named(wave.questionnaire, "Насколько")
    assert client.get(fill, follow=True).redirect_chain[-1][0] == "/surveys/"
    client.post(fill, asking.posted(wave.questionnaire))
    late = client.post(reverse("survey_save", args=[wave.pk]), {"only": scale.pk, f"q{scale.pk}": "1"})
    assert (late.status_code, Response.objects.count(), Receipt.objects.count()) == (409, 1, 1)
    for name in ("survey_answers", "wave_detail"):
        assert client.get(reverse(name, args=[wave.pk])).status_code in (403, 404)


def test_only_those_without_a_receipt_are_reminded(client, wave, year, curator):
    done, silent = people(year, 2)
    hand_in(wave, done)
    client.force_login(curator)
    client.post(reverse("wave_remind", args=[wave.pk]))
    assert [reminder.participation for reminder in Reminder.objects.all()] == [silent]


# ---------------------------------------------------------------- what is shown


def shown(client, wave, person, day):
    """What the wave's page tells of the results, a word each."""
    with on(day):
        client.force_login(person)
        context = client.get(reverse("wave_detail", args=[wave.pk])).context
    return {word for word in ("results", "means", "competences") if context.get(word)}


def test_results_are_shown_after_the_last_day_when_mixed_and_of_five_or_more(client, wave, year, curator):
    parts = people(year, 6)
    for part in parts[:5]:
        hand_in(wave, part)
    after = wave.closes_on + DAY
    assert shown(client, wave, curator, make.TODAY) == set()
    assert shown(client, wave, curator, after) == set()
    with on(after):
        client.post(reverse("wave_mix", args=[wave.pk]))
    assert shown(client, wave, curator, after) == {"results"} | {"means"}
    assert shown(client, wave, make.head(year.school), after) == {"means"}
    with on(after):
        client.force_login(curator)
        page = client.get(reverse("wave_detail", args=[wave.pk])).content.decode()
    assert "Всё было по делу" in page  # the words are read, without names


def test_four_answers_are_never_shown(client, wave, year, curator):
    for part in people(year, 4):
        hand_in(wave, part)
    closed_and_mixed(wave)
    after = wave.closes_on + DAY
    assert shown(client, wave, curator, after) == set()
    text = asking.named(wave.questionnaire, "Подробнее")
    with on(after):
        assert client.get(reverse("wave_texts", args=[wave.pk, text.pk])).status_code == 404
        page = client.get(f"/reports/wave/?wave={wave.pk}").content.decode()
    assert "Всё было по делу" not in page


def test_a_question_that_fewer_than_five_answered_is_withheld(client, wave, year, curator):
    line, needed, which = (asking.named(wave.questionnaire, word) for word in ("Одним", "Нужна", "Какая"))
    for number, part in enumerate(people(year, 6)):
        hand_in(wave, part, **{
            f"q{line.pk}": "Тайна" if number < 4 else "", f"q{needed.pk}": "3" if number < 2 else "1",
            f"q{which.pk}": "Разбор" if number < 2 else "",
        })  # fmt: skip
    closed_and_mixed(wave)
    with on(wave.closes_on + DAY):
        client.force_login(curator)
        page = client.get(reverse("wave_detail", args=[wave.pk]))
        withheld = {each.question.text for each, _texts in page.context["results"] if each.withheld}
        answers = [page, client.get(f"/reports/wave/?wave={wave.pk}")]
        assert client.get(reverse("wave_texts", args=[wave.pk, line.pk])).status_code == 404
    assert withheld == {"Одним словом", "Какая?"}
    assert ["Тайна" in answer.content.decode() for answer in answers] == [False, False]


def test_mixing_twice_changes_nothing_and_afterwards_nothing_is_prolonged(client, wave, year, curator):
    for part in people(year, 6):
        hand_in(wave, part)
    closed_and_mixed(wave)
    keys = set(Response.objects.values_list("pk", flat=True))
    with on(wave.closes_on + DAY):
        assert shuffle(wave=wave) is False
        client.force_login(curator)
        page = client.post(reverse("wave_edit", args=[wave.pk]), {
            "opens_on": wave.opens_on, "closes_on": wave.closes_on + 9 * DAY, "revision": wave.revision,
        })  # fmt: skip
    assert (page.status_code, len(page.context["form"].non_field_errors())) == (200, 1)
    assert set(Response.objects.values_list("pk", flat=True)) == keys


def test_nothing_is_mixed_before_the_last_day_is_over(wave, year):
    hand_in(wave, people(year, 2)[0])
    with on(wave.closes_on):
        call_command("close_waves", verbosity=0)
    assert Wave.objects.get(pk=wave.pk).shuffled_on is None


def test_answers_follow_when_the_last_day_is_changed(client, wave, year, curator):
    hand_in(wave, people(year, 2)[0])
    client.force_login(curator)
    client.post(reverse("wave_edit", args=[wave.pk]), {
        "opens_on": wave.opens_on, "closes_on": wave.closes_on + 9 * DAY, "revision": wave.revision,
    })  # fmt: skip
    assert Response.objects.get().submitted_on == wave.closes_on + 9 * DAY


# ---------------------------------------------------------------- opening one


def opened(client, year, form, **fields):
    days = {"opens_on": make.TODAY.isoformat(), "closes_on": (make.TODAY + 5 * DAY).isoformat()}
    values = {"questionnaire": form.pk, "period": "", "audience": "everybody", "group": "", "anonymous": "on"}
    return client.post(reverse("wave_create"), days | values | fields)


def test_where_too_few_are_asked_it_is_refused_and_a_named_one_offered(client, year, curator):
    people(year, 4)
    form = asking.questionnaire(year.school, anonymous=True)
    client.force_login(curator)
    page = opened(client, year, form)
    assert "Снимите отметку" in str(page.context["form"].errors["anonymous"])
    assert Wave.objects.count() == 0
    assert opened(client, year, form, anonymous="").status_code == 302
    assert Wave.objects.get().anonymous is False


def test_a_second_one_that_differs_by_one_to_four_people_is_refused(client, year, curator):
    people(year, 12)
    group = year.groups.create(name="Все, кроме одной пары")
    group.pairs.set(year.pairs.all()[1:])
    form = asking.questionnaire(year.school, anonymous=True)
    client.force_login(curator)
    assert opened(client, year, form, anyway="on").status_code == 302
    page = opened(client, year, form, audience="group", group=group.pk, anyway="on")
    assert page.context["form"].errors.keys() == {"anonymous"}
    group.pairs.set(year.pairs.all()[3:])  # six people fewer: nobody can be told by subtraction
    assert opened(client, year, form, audience="group", group=group.pk, anyway="on").status_code == 302


def test_a_named_one_is_not_made_nameless_where_too_few_are_asked(client, year, curator):
    people(year, 4)
    wave = asking.wave(year, asking.questionnaire(year.school))
    client.force_login(curator)
    days = {"opens_on": wave.opens_on, "closes_on": wave.closes_on}
    page = client.post(reverse("wave_edit", args=[wave.pk]), days | {"anonymous": "on", "revision": wave.revision})
    assert page.context["form"].errors.keys() == {"anonymous"}
    people(year, 2)
    client.post(reverse("wave_edit", args=[wave.pk]), days | {"anonymous": "on", "revision": wave.revision})
    assert Wave.objects.get().anonymous is True
