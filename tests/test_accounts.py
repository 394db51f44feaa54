"""People, invitations, roles, years and the journal."""

import datetime
import re

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, journal, workflow
from accounts.clock import on, today
from accounts.models import Entry, Invitation, Participation, SchoolYear, User
from accounts.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "корова ест траву 7"


def person_fields(person, **changed):
    fields = ["last_name", "first_name", "patronymic", "gender", "username", "email", "phone", "revision"]
    return {name: "" if (value := getattr(person, name)) is None else value for name in fields} | changed


def test_people_are_found_without_regard_to_yo_and_case():
    school = make.school()
    found = make.person(school, last_name="Ёлкина")
    make.person(school, last_name="Орлова")
    assert list(User.objects.search("елкин")) == [found]
    assert list(User.objects.search("ЁЛКИНА анна")) == [found]


@pytest.mark.parametrize("name", ["anna", "ANNA@school.test ", "anna@school.test"])
def test_sign_in_takes_the_given_name_or_the_email(client, name):
    make.person(make.school(), username="anna", email="anna@school.test")
    response = client.post("/login/", {"username": name, "password": make.PASSWORD})
    assert response.headers["Location"] == "/"


def test_next_never_leaves_the_site(client):
    make.person(make.school(), username="anna")
    response = client.post(
        "/login/?next=https://evil.test/", {"username": "anna", "password": make.PASSWORD, "next": "https://evil.test/"}
    )
    assert response.headers["Location"] == "/"


def test_five_wrong_passwords_make_wait_and_other_names_still_enter(client, settings):
    settings.AXES_ENABLED = True
    school = make.school()
    make.person(school, username="anna")
    make.person(school, username="olga")
    answers = [client.post("/login/", {"username": "anna", "password": "wrong"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert client.post("/login/", {"username": "anna", "password": make.PASSWORD}).status_code == 429
    assert client.post("/login/", {"username": "olga", "password": make.PASSWORD}).status_code == 302


def test_a_deactivated_person_is_out_at_the_next_request(client):
    curator = make.curator(make.school())
    client.force_login(curator)
    assert client.get(reverse("person_list")).status_code == 200
    User.objects.filter(pk=curator.pk).update(is_active=False)
    assert client.get(reverse("person_list")).status_code == 302


def test_a_lost_role_is_lost_at_the_next_request(client):
    curator = make.curator(make.school())
    client.force_login(curator)
    User.objects.filter(pk=curator.pk).update(is_curator=False)
    assert client.get(reverse("person_list")).status_code == 403


def test_mentor_and_mentee_are_roles_of_participation_in_any_year():
    year = make.year()
    mentor = make.mentor(year).person
    Participation.objects.create(year=year, person=mentor, side="mentee", capacity=0)
    assert mentor.roles == {"mentor", "mentee"}


# --- invitations


def test_an_invitation_works_once_and_sets_the_password(client):
    school = make.school()
    person, curator = make.person(school), make.curator(school)
    path = invitations.issue(person=person, by=curator).removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert Invitation.objects.get().used_at is None
    sent = {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD}
    assert client.post(path, sent).headers["Location"] == "/"
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    client.logout()
    assert client.post(path, sent).status_code == 404


def test_a_new_invitation_voids_the_old_one_and_time_ends_it(client):
    school = make.school()
    person, curator = make.person(school), make.curator(school)
    old = invitations.issue(person=person, by=curator)
    new = invitations.issue(person=person, by=curator)
    assert client.get(old.removeprefix("http://127.0.0.1:8000")).status_code == 404
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get(new.removeprefix("http://127.0.0.1:8000")).status_code == 404


def test_the_token_itself_is_never_stored():
    school = make.school()
    token = invitations.issue(person=make.person(school), by=make.curator(school)).rstrip("/").rsplit("/", 1)[1]
    assert token not in str(list(Invitation.objects.values()))


def test_a_curator_cannot_take_over_an_administrator_by_a_slip(client):
    school = make.school()
    admin, curator = make.admin(school), make.curator(school)
    client.force_login(curator)
    client.post(reverse("invitation_slips"), {"person": admin.pk})
    client.post(reverse("invitation_send", args=[admin.pk]))
    client.post(reverse("person_edit", args=[admin.pk]), person_fields(admin, email="thief@school.test"))
    admin.refresh_from_db()
    assert (Invitation.objects.count(), admin.email == "thief@school.test") == (0, False)


def test_a_slip_carries_the_qr_code_of_its_address(client):
    school = make.school()
    person = make.person(school, email=None, username="ivanova")
    client.force_login(make.curator(school))
    page = client.post(reverse("invitation_slips"), {"person": person.pk}).content.decode()
    assert len(re.findall(r'<svg[^>]*class="qr"', page)) == 1
    assert " style=" not in page


def test_the_invitation_letter_is_sent_with_the_configured_address(client, django_capture_on_commit_callbacks):
    school = make.school()
    person = make.person(school)
    client.force_login(make.curator(school))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("invitation_send", args=[person.pk]), headers={"host": "evil.test"})
    assert mail.outbox[0].to == [person.email]
    assert "http://127.0.0.1:8000/invitation/" in mail.outbox[0].body


def test_forgotten_password_answers_alike_for_known_and_unknown_names(client, django_capture_on_commit_callbacks):
    person = make.person(make.school())
    with django_capture_on_commit_callbacks(execute=True):
        pages = [
            re.sub(r'value="\w{64}"', "", client.post("/password-reset/", {"username": name}).content.decode())
            for name in (person.email, "nobody@school.test")
        ]
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [[person.email]]


# --- accounts of the school


def test_a_person_without_email_gets_a_name_made_from_the_last_name(client):
    school = make.school()
    client.force_login(make.curator(school))
    client.post(reverse("person_create"), {"last_name": "Щукина", "first_name": "Ольга"})
    assert User.objects.get(last_name="Щукина").username == "schukina1"


def test_the_last_administrator_cannot_drop_the_role(client):
    admin = make.admin(make.school())
    client.force_login(admin)
    client.post(reverse("person_roles", args=[admin.pk]), {"revision": admin.revision, "is_curator": "on"})
    admin.refresh_from_db()
    assert (admin.is_admin, admin.is_curator) == (True, False)


def test_a_site_keeper_is_named_by_the_administrator_and_reads_nothing_of_the_pairs(client):
    school = make.school()
    named, admin = make.person(school, last_name="Жданов"), make.admin(school)
    make.year(school)
    client.force_login(admin)
    client.post(reverse("person_roles", args=[named.pk]), {"revision": named.revision, "is_site_keeper": "on"})
    assert User.objects.get(pk=named.pk).roles == {Role.SITE}
    assert list(client.get(reverse("person_list"), {"role": "site"}).context["page"]) == [named]
    client.force_login(named)
    assert client.get(reverse("home")).status_code == 200
    pages = ("registry", "pair_list", "plan_list", "meeting_list", "roadmap", "person_list", "journal_list")
    assert {page: client.get(reverse(page)).status_code for page in pages} == dict.fromkeys(pages, 403)


def test_a_second_tab_does_not_overwrite_in_silence(client):
    school = make.school()
    person = make.person(school, phone="1")
    client.force_login(make.curator(school))
    url = reverse("person_edit", args=[person.pk])
    client.post(url, person_fields(person, phone="2"))
    late = client.post(url, person_fields(person, phone="3"))
    person.refresh_from_db()
    assert (late.status_code, person.phone) == (200, "2")
    assert 'value="3"' in late.content.decode()
    client.post(url, late.context["form"].data.dict())
    person.refresh_from_db()
    assert person.phone == "3"


def test_a_form_changes_only_its_own_fields(client):
    school = make.school()
    person = make.person(school)
    client.force_login(make.curator(school))
    fields = person_fields(
        person, is_admin="on", is_superuser="on", is_staff="on", school=make.school().pk, password="x"
    )
    client.post(reverse("person_edit", args=[person.pk]), fields)
    changed = User.objects.get(pk=person.pk)
    assert (changed.is_admin, changed.is_superuser, changed.is_staff, changed.school) == (False, False, False, school)
    assert changed.check_password(make.PASSWORD)


def test_closing_the_sign_in_needs_a_reason_and_keeps_it(client):
    school = make.school()
    person = make.person(school)
    client.force_login(make.admin(school))
    url = reverse("person_switch", args=[person.pk])
    client.post(url, {"comment": ""})
    assert User.objects.get(pk=person.pk).is_active is True
    client.post(url, {"comment": "Уволилась"})
    assert User.objects.get(pk=person.pk).is_active is False
    assert Entry.objects.about(person).first().comment == "Уволилась"


@pytest.mark.parametrize("name", ["person_list", "journal_list", "year_list"])
def test_lists_cost_the_same_queries_for_one_and_three_rows(client, django_assert_num_queries, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    school = make.year().school
    client.force_login(make.admin(school))
    journal.record(None, "сделано", school)
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse(name))
    for _ in range(2):
        journal.record(None, "сделано", make.person(school))
    SchoolYear.draft(school, 2030).save()
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(name))
    assert len(one) == len(three) <= 8


# --- years


def test_a_year_is_created_with_periods_steps_group_and_waves(client):
    school = make.year().school
    client.force_login(make.curator(school))
    client.post(reverse("year_create"), {"first_year": 2025})
    year = SchoolYear.objects.get(first_year=2025)
    counts = [rows.count() for rows in (year.terms, year.periods, year.steps, year.groups)]
    assert (year.state, counts) == ("preparation", [8, 4, 5, 1])


def test_only_one_year_is_current(client):
    year = make.year()
    other = SchoolYear.draft(year.school, 2025)
    other.save()
    curator = make.curator(year.school)
    with pytest.raises(workflow.Refused):
        workflow.perform(other, "start", curator)
    workflow.perform(year, "close", curator, "Год окончен")
    workflow.perform(other, "start", curator)
    assert [y.state for y in SchoolYear.objects.order_by("first_year")] == ["closed", "current"]


def test_the_year_switch_shows_the_asked_year_and_refuses_foreign_ones(client):
    year = make.year()
    client.force_login(make.curator(year.school))
    assert client.get("/people/?year=2024").status_code == 200
    assert client.get("/people/?year=1999").status_code == 200


def test_the_day_can_be_fixed():
    with on(datetime.date(2024, 9, 1)):
        assert today() == datetime.date(2024, 9, 1)


# --- journal


def test_the_journal_keeps_old_and_new_values(client):
    school = make.school()
    person = make.person(school, phone="1")
    client.force_login(make.curator(school))
    client.post(reverse("person_edit", args=[person.pk]), person_fields(person, phone="2"))
    assert Entry.objects.about(person).first().changes == [{"field": "телефон", "old": "1", "new": "2"}]


@pytest.mark.parametrize("act", ["update", "delete", "replace"])
def test_the_database_refuses_to_change_the_journal(act):
    school = make.school()
    entry = journal.record(None, "сделано", school)
    acts = {
        "update": lambda: Entry.objects.update(verb="x"),
        "delete": lambda: Entry.objects.all().delete(),
        "replace": lambda: Entry(pk=entry.pk, at=entry.at, target_type=entry.target_type, target_id=1, verb="x").save(),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        acts[act]()
    assert Entry.objects.get().verb == "сделано"


def test_the_journal_of_another_school_is_not_seen(client):
    journal.record(None, "сделано", make.school(name="Чужая школа"))
    client.force_login(make.curator(make.school()))
    assert "Чужая школа" not in client.get(reverse("journal_list")).content.decode()
