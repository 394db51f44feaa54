"""Every field that holds a person's data is listed in one place, with its rule; nothing of a new one is forgotten."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from mentorship_portal.personal_data import NOT_PERSONAL, OF_OTHERS, PERSONAL, Erase
from tests.access_world import client_of, our_models, undone

USER = get_user_model()
LABELS = {model._meta.label: model for model in our_models()}
PERSONS_FIELDS = [
    (label, name, given, erase) for label, kept in PERSONAL.items() for name, given, erase in kept.rules()
]


def fields(model):
    return sorted(field.name for field in model._meta.concrete_fields if not field.primary_key)


def listed(label):
    personal = [name for name, _given, _erase in PERSONAL[label].rules()] if label in PERSONAL else []
    return sorted(personal + NOT_PERSONAL.get(label, "").split())


@pytest.mark.parametrize("label", LABELS)
def test_every_field_is_listed_once_as_personal_or_not(label):
    assert listed(label) == fields(LABELS[label])


def test_no_line_is_left_of_a_model_that_is_gone():
    assert (PERSONAL.keys() | NOT_PERSONAL.keys()) - LABELS.keys() == set()


def test_the_list_sees_a_new_field():
    class Cat(models.Model):
        name = models.CharField(max_length=9)

        class Meta:
            app_label = "tests"

    assert fields(Cat) == ["name"]
    assert listed("tests.Cat") != fields(Cat)


def test_every_table_of_others_has_its_word():
    theirs = {model._meta.label for model in apps.get_models(include_auto_created=False)} - LABELS.keys()
    assert theirs == OF_OTHERS.keys()


def target(model, lookup):
    """Where a lookup leads: a person, or the field with their e-mail."""
    for part in lookup.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = field.related_model or model
    return model if field.is_relation or field.primary_key else type(field)


@pytest.mark.parametrize(
    ("label", "lookup"), [(label, lookup) for label, kept in PERSONAL.items() for lookup in kept.of]
)
def test_the_row_leads_to_the_person_whom_it_is_about(label, lookup):
    assert target(LABELS[label], lookup) in (USER, models.EmailField)


def test_every_foreign_key_to_a_person_is_personal():
    links = {(model._meta.label, field.name) for model in our_models() for field in model._meta.concrete_fields
             if field.related_model is USER}  # fmt: skip
    assert links - {(label, name) for label, name, _given, _erase in PERSONS_FIELDS} == set()


def test_what_is_emptied_can_be_empty_and_what_is_renamed_holds_words():
    """The database would refuse the rule otherwise."""
    wrong = set()
    for label, name, _given, erase in PERSONS_FIELDS:
        field = LABELS[label]._meta.get_field(name)
        if erase is Erase.BLANK and not (field.null or field.blank or field.has_default() or name == "password"):
            wrong.add((label, name))
        if erase is Erase.RENAME and not isinstance(field, models.CharField | models.TextField):
            wrong.add((label, name))
    assert wrong == set()


def test_a_secret_is_not_given_out():
    given = {(label, name) for label, name, is_given, _erase in PERSONS_FIELDS if is_given}
    assert (
        given
        & {("accounts.User", "password"), ("accounts.Invitation", "token_hash"), ("accounts.ImportDraft", "content")}
        == set()
    )


@pytest.mark.django_db
def test_what_is_not_needed_is_not_asked_for(world):
    """No page has a field for it; a column of a list that says so is left out and named (see the registry's import)."""
    words = ("снилс", "паспорт", "дата рождения", "диплом", "адрес проживания", "семейное")
    client = client_of(world.keys["curator"])
    pages = ("/people/new/", "/registry/new/", f"/registry/{world.own.mentee.pk}/edit/", "/profile/")
    found = {page: [word for word in words if word in client.get(page).content.decode().casefold()] for page in pages}
    assert found == dict.fromkeys(pages, [])


@pytest.mark.django_db
def test_a_consent_keeps_the_version_of_its_text_and_its_date(world):
    from accounts.models import Consent

    client, person = client_of(world.keys["curator"]), world.own.colleague_part.person
    with undone():
        sent = {"kind": "personal_data", "given_on": "2024-09-02", "text_version": "2.1 от 01.09.2024"}
        assert client.post(f"/pairs/consents/{person.pk}/new/", sent).status_code == 302
        made = Consent.objects.get(person=person)
        assert (made.text_version, str(made.given_on), made.withdrawn_on, made.recorded_by) == (
            "2.1 от 01.09.2024", "2024-09-02", None, world.own.curator,
        )  # fmt: skip


@pytest.mark.django_db
def test_everybody_sees_what_is_kept_on_them_and_who_reads_it(world):
    page = client_of(world.keys["mentee"]).get("/registry/me/").content.decode()
    card = world.own.mentee.card
    assert [word for word in (card.subject, world.own.reason.name, world.own.competence.name) if word not in page] == []
    assert "Читают куратор, руководитель, администратор и сам человек." in page


@pytest.mark.django_db
def test_signing_in_leaves_no_trace_but_the_day(world, settings):
    """No log of addresses and browsers grows behind people's backs."""
    settings.AXES_ENABLED = True
    with undone():
        sent = {"username": world.own.mentor.username, "password": "demo-2024"}
        assert client_of("").post("/login/", sent).status_code == 302
        assert {model._meta.label: model.objects.count() for model in apps.get_app_config("axes").get_models()} == {
            label: 0 for label in OF_OTHERS if label.startswith("axes.")
        }
