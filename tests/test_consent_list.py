"""Who has given which consent: the list, the papers of many people, Today; what a missing one blocks."""

import pytest
from django.urls import reverse
from django.utils import translation

from mentorship_portal.today import sections_of
from pairs import consents
from pairs.consent_actions import withdraw
from pairs.consents import MENTOR_WORK, PARTICIPATION, PERSONAL_DATA, PUBLICATION
from tests import factories as make
from tests.consenting import DAY, paper, silent_mentor, states, year_with_texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def year():
    return year_with_texts()


@pytest.fixture
def mentor(year):
    return silent_mentor(year)


# ---------------------------------------------------------------- the list, and what is blocked


def test_each_is_asked_what_their_part_needs(year, mentor):
    mentee, stranger = make.mentee(year, agreed=False).person, make.person(year.school)
    asked = {
        who: sorted(kind for kind, state in states(year, who).items() if state) for who in (mentor, mentee, stranger)
    }
    free = [PERSONAL_DATA, PUBLICATION]
    assert asked == {mentor: sorted(consents.KINDS), mentee: sorted([PARTICIPATION, *free]), stranger: sorted(free)}


def test_the_list_counts_and_filters(year, mentor, curator, client):
    gone = make.mentee(year, agreed=False)
    type(gone).objects.filter(pk=gone.pk).update(until=DAY)
    mentee = make.mentee(year, agreed=False).person
    paper(mentor, PARTICIPATION, curator)
    withdraw(consent=paper(mentee, PARTICIPATION, curator), by=mentee, on=make.TODAY)
    client.force_login(curator)
    page = client.get(reverse("consent_list"))
    numbers = {number.kind: (number.in_force, number.asked) for number in page.context["counts"]}
    assert numbers == {PARTICIPATION: (1, 2), PERSONAL_DATA: (0, 2), MENTOR_WORK: (0, 1), PUBLICATION: (0, 2)}

    def found(**query):
        return [person.pk for person, _lines in client.get(reverse("consent_list"), query).context["rows"]]

    assert found(kind=PARTICIPATION, state="given") == [mentor.pk]
    assert found(kind=PARTICIPATION, state="withdrawn") == [mentee.pk]
    assert found(kind=MENTOR_WORK) == [mentor.pk]
    assert found(kind=PARTICIPATION, state="lacking") == [mentee.pk]
    assert found(side="mentee") == [mentee.pk]
    assert sorted(found(state="lacking")) == sorted([mentor.pk, mentee.pk])


def test_the_missing_sheets_of_many_people_are_one_file(year, mentor, curator, client, monkeypatch):
    from papers import pdf

    seen = []
    monkeypatch.setattr(pdf, "render", lambda template, context: seen.append(context) or b"%PDF-1.7")
    mentee = make.mentee(year, agreed=False).person
    paper(mentor, PARTICIPATION, curator)
    withdraw(consent=paper(mentee, PARTICIPATION, curator), by=mentee, on=make.TODAY)
    client.force_login(curator)
    assert client.get(reverse("consent_papers")).status_code == 200
    [context] = seen
    assert sorted((each["name"], each["title"][:10]) for each in context["sheets"]) == sorted(
        [(mentor.short_name, "на обработ")] * 2
        + [(mentor.short_name, "на выполне")]
        + [(mentee.short_name, "на обработ")] * 2
    )
    for kind in (PERSONAL_DATA, PUBLICATION):
        paper(mentor, kind, curator)
    assert client.get(reverse("consent_papers"), {"side": "mentee", "kind": PARTICIPATION}).status_code == 302


def test_the_page_of_an_order_names_who_has_not_agreed(year, mentor, curator, client):
    pair = make.draft_pair(year, make.mentor(year, agreed=False), make.mentee(year, agreed=False))
    order = year.orders.create(number="1", signed_on=DAY, in_force_from=DAY)
    type(pair).objects.filter(pk=pair.pk).update(order=order)
    paper(pair.mentee.person, PARTICIPATION, curator)
    client.force_login(curator)
    unready = client.get(order.get_absolute_url()).context["unready"]
    assert {person.pk: [line.kind for line in lines] for person, lines in unready} == {
        pair.mentor.person_id: [PARTICIPATION, PERSONAL_DATA],
        pair.mentee.person_id: [PERSONAL_DATA],
    }


def test_today_names_to_the_curator_who_lacks_what_and_asks_the_person(year, mentor, curator):
    paper(mentor, PARTICIPATION, curator)
    paper(mentor, MENTOR_WORK, curator)
    made = make.mentee(year)  # has agreed
    with translation.override("ru"):
        [task] = tasks_of(curator, year, "согласи")
        assert (task.label, task.people) == (
            "У 1 участника нет согласия",
            ((mentor.short_name, reverse("teacher_detail", args=[mentor.pk]), "персональные данные"),),
        )
        [own] = tasks_of(mentor, year, "согласи")
        assert (own.label, own.url) == (
            "Вас ждёт согласие на обработку персональных данных", reverse("consent_give", args=[PERSONAL_DATA]),
        )  # fmt: skip
        assert tasks_of(made.person, year, "согласи") == []


def test_who_withdrew_is_not_asked_again_but_the_curator_is_told(year, mentor, curator):
    for kind in (PARTICIPATION, PERSONAL_DATA):
        paper(mentor, kind, curator)
    withdraw(consent=paper(mentor, MENTOR_WORK, curator), by=mentor, on=make.TODAY)
    with translation.override("ru"):
        assert (len(tasks_of(curator, year, "согласи")), tasks_of(mentor, year, "согласи")) == (1, [])


def tasks_of(user, year, word):
    found = [task for section in sections_of(user, year, [year]) for task in section.tasks]
    return [task for task in found if word in task.label]


def test_a_mentor_who_withdraws_reads_that_pairs_end_by_themselves(year, curator, client):
    pair = make.pair(year, make.mentor(year, agreed=False))
    consent = paper(pair.mentor.person, MENTOR_WORK, curator)
    client.force_login(pair.mentor.person)
    assert client.get(reverse("consent_withdraw", args=[consent.pk])).context["working"] == 1


def test_the_report_counts_and_names_the_same(year, mentor, curator, client):
    paper(mentor, PARTICIPATION, curator)
    withdraw(consent=paper(mentor, PUBLICATION, curator), by=mentor, on=make.TODAY)
    client.force_login(curator)
    with translation.override("ru"):
        numbers, people = (table for table, _chart in client.get("/reports/consents/").context["parts"])
        assert numbers.rows[0] == ("Участие", 1, 0, 1, 0, 0)
        assert people.rows == [
            (mentor.full_name, "Дано 02.09.2024, версия 1", "Не дано", "Не дано", "Отозвано 20.11.2024, версия 1")
        ]
