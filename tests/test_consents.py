"""Consents: texts and their versions, given on the screen and from paper, withdrawn; what a missing one blocks."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Consent, ConsentText, Entry
from accounts.workflow import Refused
from pairs import consents
from pairs.consent_actions import load_consent_texts, record_many, withdraw, write_text
from pairs.consent_text import filled, sheet, unknown_places
from pairs.consents import MENTOR_WORK, PARTICIPATION, PERSONAL_DATA, PUBLICATION
from tests import factories as make
from tests.consenting import DAY, paper, silent_mentor, states, text_of, year_with_texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def year():
    return year_with_texts()


@pytest.fixture
def mentor(year):
    return silent_mentor(year)


def tick(client, kind, **sent):
    return client.post(reverse("consent_give", args=[kind]), {"agree": "on", "seen": "1", **sent})


# ---------------------------------------------------------------- texts and papers


def test_a_school_begins_with_four_texts_and_asking_again_adds_nothing(year):
    load_consent_texts(school=year.school)
    found = ConsentText.objects.filter(school=year.school).values_list("kind", "number")
    assert sorted(found) == sorted((kind, 1) for kind in consents.KINDS)


def test_the_sheet_holds_the_persons_data_in_the_right_case(year, mentor):
    head = make.head(year.school, last_name="Громова", first_name="Елена", patronymic="Викторовна", gender="f")
    made = sheet(text_of(year, MENTOR_WORK), mentor, head)
    assert (made["to_name"], made["from_name"], made["from_post"]) == (
        "Громовой Елене Викторовне", "Лебедь Натальи Константиновны", "учителя",
    )  # fmt: skip
    assert made["lines"][0].startswith("Я, Лебедь Наталья Константиновна, учитель, в соответствии со статьёй 351.8")
    assert "{" not in "".join(made["lines"])


def test_what_is_not_known_is_a_line_to_write_on(year):
    person = make.person(year.school)
    assert filled("{ФИО}, {должность}", person) == f"{person.full_name}, {'_' * 22}"
    assert unknown_places("{ФИО} {паспорт}") == ["паспорт"]


def test_a_new_wording_is_the_next_version_and_the_old_one_stays(year, curator, client):
    client.force_login(curator)
    url = reverse("consent_text_edit", args=[PUBLICATION])
    assert client.post(url, {"text": "Я, {ФИО}, согласен.", "seen": "1"}).status_code == 302
    rows = ConsentText.objects.filter(school=year.school, kind=PUBLICATION).values_list("number", "since", "by")
    assert list(rows) == [(2, make.TODAY, curator.pk), (1, datetime.date(2024, 8, 20), None)]
    client.post(url, {"text": "Я, {ФИО}, согласен.", "seen": "2"})
    assert rows.count() == 2  # the same words are no new version


def test_a_wording_written_beside_another_is_refused_and_kept(year, curator, client):
    text = text_of(year, PUBLICATION)
    write_text(newest=text, text="Другое.", by=curator, seen=1)
    client.force_login(curator)
    page = client.post(reverse("consent_text_edit", args=[PUBLICATION]), {"text": "Моё.", "seen": "1"}).content.decode()
    assert ("изменил кто-то другой" in page, "Моё.</textarea>" in page) == (True, True)
    assert ConsentText.objects.filter(school=year.school, kind=PUBLICATION).count() == 2


def test_a_word_in_braces_that_stands_for_nothing_is_named(year, curator, client):
    client.force_login(curator)
    sent = {"text": "Я, {ФИО}, паспорт {паспорт}", "seen": "1"}
    page = client.post(reverse("consent_text_edit", args=[PUBLICATION]), sent).content.decode()
    assert "Портал не знает, что сюда подставить: {паспорт}" in page


# ---------------------------------------------------------------- given on the screen


def test_a_consent_given_on_the_screen_keeps_version_day_and_words(year, mentor, client):
    client.force_login(mentor)
    assert tick(client, PUBLICATION).status_code == 302
    made = Consent.objects.get(person=mentor)
    assert (made.kind, made.text.number, made.given_on, made.on_screen, made.recorded_by) == (
        PUBLICATION, 1, make.TODAY, True, mentor,
    )  # fmt: skip
    assert made.wording == filled(made.text.text, mentor)
    assert Entry.objects.about(made).get().verb == "даёт согласие на экране"


def test_without_the_tick_nothing_is_given(year, mentor, client):
    client.force_login(mentor)
    page = client.post(reverse("consent_give", args=[PUBLICATION]), {"seen": "1"}).content.decode()
    assert "Отметьте, что даёте согласие" in page
    assert Consent.objects.count() == 0


def test_a_consent_is_given_for_oneself_whatever_person_is_sent(year, mentor, client):
    other = make.mentee(year, agreed=False).person
    client.force_login(mentor)
    tick(client, PUBLICATION, person=other.pk, person_id=other.pk, pk=other.pk)
    assert list(Consent.objects.values_list("person", flat=True)) == [mentor.pk]


def test_another_schools_text_is_never_agreed_to(year, mentor, client):
    load_consent_texts(school=(other := make.school()))
    foreign = ConsentText.objects.get(school=other, kind=PUBLICATION)
    client.force_login(mentor)
    tick(client, PUBLICATION, text=foreign.pk, text_id=foreign.pk)
    assert Consent.objects.get().text == text_of(year, PUBLICATION)


@pytest.mark.parametrize("seen", ["0", "2", "-1", "1.0", "1 OR 1=1", "9" * 30, ""])
def test_a_forged_version_is_refused_with_the_text_that_is_in_use(year, mentor, client, seen):
    client.force_login(mentor)
    answer = tick(client, PUBLICATION, seen=seen)
    assert (answer.status_code, Consent.objects.count()) == (200, 0)
    assert "прочитайте её и затем дайте согласие" in answer.content.decode()


def test_who_read_the_older_text_reads_the_newer_one_first(year, mentor, curator, client):
    client.force_login(mentor)
    write_text(newest=text_of(year, PUBLICATION), text="Строже.", by=curator, seen=1)
    assert "Строже." in tick(client, PUBLICATION).content.decode()
    assert tick(client, PUBLICATION, seen="2").status_code == 302


def test_what_is_not_asked_of_a_person_cannot_be_given(year, client):
    client.force_login(make.mentee(year, agreed=False).person)
    assert tick(client, MENTOR_WORK).status_code == 404
    assert tick(client, "no_such").status_code == 404


def test_a_school_may_take_the_mentors_consent_on_paper_only(year, mentor, client):
    type(year.school).objects.filter(pk=year.school.pk).update(mentor_consent_on_paper=True)
    client.force_login(mentor)
    assert "только на бумаге" in client.get(reverse("consent_give", args=[MENTOR_WORK])).content.decode()
    assert (tick(client, MENTOR_WORK).status_code, Consent.objects.count()) == (200, 0)


# ---------------------------------------------------------------- from paper


def test_signed_sheets_of_many_people_are_recorded_with_one_date_and_one_scan(year, mentor, curator, client):
    mentee = make.mentee(year, agreed=False).person
    keys = [f"{mentor.pk}-mentor_work", f"{mentor.pk}-participation", f"{mentee.pk}-participation"]
    client.force_login(curator)
    scan = SimpleUploadedFile("Листы.pdf", b"%PDF-1.7 signed", "application/pdf")
    sent = {"give": keys, "given_on": "2024-09-02", "scan": scan}
    assert client.post(reverse("consent_record"), sent).status_code == 302
    rows = list(Consent.objects.order_by("person", "kind"))
    assert sorted(f"{row.person_id}-{row.kind}" for row in rows) == sorted(keys)
    assert {(row.given_on, row.text.number, row.scan.name, row.on_screen, row.recorded_by) for row in rows} == {
        (DAY, 1, "Листы.pdf", False, curator)
    }
    assert len({row.scan_id for row in rows}) == 1


def test_a_mistake_in_the_list_keeps_ticks_and_date(year, mentor, curator, client):
    client.force_login(curator)
    key = f"{mentor.pk}-participation"
    page = client.post(reverse("consent_record"), {"give": [key], "given_on": "2031-01-01"}).content.decode()
    assert "Этот день ещё не наступил." in page
    assert (f'value="{key}" checked' in page, 'value="2031-01-01"' in page) == (True, True)
    assert Consent.objects.count() == 0


def test_a_tick_for_a_stranger_or_another_school_is_refused(year, mentor, curator, client):
    foreign = make.mentor(make.year(make.school(), state="current"), agreed=False).person
    client.force_login(curator)
    for key in (
        f"{foreign.pk}-participation",
        f"{mentor.pk}-loan",
        "1",
        f"{make.person(year.school).pk}-participation",
    ):
        answer = client.post(reverse("consent_record"), {"give": [key], "given_on": "2024-09-02"})
        assert (answer.status_code, Consent.objects.count()) == (200, 0)


def test_what_somebody_recorded_meanwhile_is_named_and_the_rest_is_kept(year, mentor, curator):
    paper(mentor, PARTICIPATION, curator)
    made, refused = record_many(by=curator, chosen=[(mentor, PARTICIPATION), (mentor, PERSONAL_DATA)], given_on=DAY)
    assert [consent.kind for consent in made] == [PERSONAL_DATA]
    assert [(person, kind) for person, kind, _why in refused] == [(mentor, PARTICIPATION)]


def test_a_sheet_bears_the_version_of_its_day_or_the_one_that_is_named(year, mentor, curator, client):
    write_text(newest=text_of(year, PUBLICATION), text="Строже.", by=curator, seen=1)
    client.force_login(curator)
    url = reverse("consent_create", args=[mentor.pk])
    wrong = {"kind": PARTICIPATION, "given_on": "2024-09-02", "text": text_of(year, PUBLICATION).pk}
    assert "Это текст другого согласия." in client.post(url, wrong).content.decode()
    client.post(url, {"kind": PUBLICATION, "given_on": "2024-09-02"})
    assert Consent.objects.get().text.number == 1
    client.post(url, {"kind": PARTICIPATION, "given_on": "2024-09-02", "text_version": "Бланк 2023 года"})
    assert Consent.objects.get(kind=PARTICIPATION).version == "Бланк 2023 года"


def test_a_scan_of_several_peoples_signatures_is_for_those_who_run_the_school(year, mentor, curator, client):
    mentee = make.mentee(year, agreed=False).person
    client.force_login(curator)
    for keys in ([f"{mentor.pk}-participation"], [f"{mentor.pk}-personal_data", f"{mentee.pk}-personal_data"]):
        scan = SimpleUploadedFile("Лист.pdf", b"%PDF-1.7 signed", "application/pdf")
        client.post(reverse("consent_record"), {"give": keys, "given_on": "2024-09-02", "scan": scan})
    client.force_login(mentor)
    own, shared = (Consent.objects.get(person=mentor, kind=kind) for kind in (PARTICIPATION, PERSONAL_DATA))
    answers = [client.get(reverse("consent_scan", args=[each.pk])).status_code for each in (own, shared)]
    assert answers == [200, 404]


# ---------------------------------------------------------------- withdrawn, replaced


def test_a_person_withdraws_on_the_screen_and_the_row_stays(year, mentor, curator, client):
    consent = paper(mentor, PUBLICATION, curator)
    client.force_login(mentor)
    url = reverse("consent_withdraw", args=[consent.pk])
    assert client.post(url, {"reason": "", "withdrawn_on": "2024-09-03"}).status_code == 302
    consent.refresh_from_db()
    assert (consent.withdrawn_on, consent.withdrawn_by) == (make.TODAY, mentor)
    assert states(year, mentor)[PUBLICATION] == "withdrawn"


def test_the_curator_records_a_withdrawal_with_its_day_and_reason(year, mentor, curator, client):
    consent = paper(mentor, PUBLICATION, curator)
    client.force_login(curator)
    url = reverse("consent_withdraw", args=[consent.pk])
    client.post(url, {"withdrawn_on": "2024-09-01", "reason": "Заявление"})  # before it was given
    client.post(url, {"withdrawn_on": "2024-09-10"})  # without a reason
    assert Consent.objects.get().withdrawn_on is None
    client.post(url, {"withdrawn_on": "2024-09-10", "reason": "Заявление"})
    found = Consent.objects.get()
    assert (found.withdrawn_on, found.withdrawn_by, found.withdrawal_reason) == (
        datetime.date(2024, 9, 10), curator, "Заявление",
    )  # fmt: skip


def test_a_second_withdrawal_changes_nothing(year, mentor, curator, client):
    consent = paper(mentor, PUBLICATION, curator)
    withdraw(consent=consent, by=mentor, on=DAY, reason="Так решила")
    client.force_login(curator)
    sent = {"withdrawn_on": "2024-09-20", "reason": "Ещё раз"}
    assert client.post(reverse("consent_withdraw", args=[consent.pk]), sent).status_code == 302
    with pytest.raises(Refused):
        withdraw(consent=consent, by=curator, on=make.TODAY)
    found = Consent.objects.get()
    assert (found.withdrawn_on, found.withdrawal_reason, Entry.objects.about(found).count()) == (DAY, "Так решила", 2)


def test_a_sheet_from_before_the_withdrawal_does_not_undo_it(year, mentor, curator):
    withdraw(consent=paper(mentor, PUBLICATION, curator), by=mentor, on=make.TODAY)
    made, refused = record_many(by=curator, chosen=[(mentor, PUBLICATION)], given_on=DAY)
    assert (made, len(refused), states(year, mentor)[PUBLICATION]) == ([], 1, "withdrawn")
    assert paper(mentor, PUBLICATION, curator, make.TODAY).withdrawn_on is None


def test_a_new_text_leaves_consents_in_force_and_says_so(year, mentor, curator, client):
    consent = paper(mentor, PUBLICATION, curator)
    write_text(newest=text_of(year, PUBLICATION), text="Строже.", by=curator, seen=1)
    assert states(year, mentor)[PUBLICATION] == "older"
    assert list(Consent.objects.in_force(make.TODAY)) == [consent]
    client.force_login(mentor)
    assert "Дано на версию 1" in client.get(consent.get_absolute_url()).content.decode()
    tick(client, PUBLICATION, seen="2")
    assert [(row.text.number, row.withdrawn_on) for row in Consent.objects.order_by("pk")] == [
        (1, make.TODAY), (2, None),
    ]  # fmt: skip
    assert states(year, mentor)[PUBLICATION] == "given"
