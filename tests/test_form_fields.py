"""A form changes its own fields and nothing else, whatever is sent along with it.

Each form is sent twice: as the page offers it, and with every field of every model beside it, foreign numbers in them,
and with all that the same page of another school would send. Both leave the same rows.
"""

import datetime
import re

import pytest
from django.db import models

from accounts.models import User
from tests.access_acts import PAGES, address, data_for, look, pages_of, prepare
from tests.access_world import client_of, links, our_models, rows, tables, undone
from tests.posting import form_to
from tests.test_access import policy

pytestmark = pytest.mark.django_db

SENDERS = ("curator", "admin", "head", "mentor", "mentee", "anonymous")
# Different every time by their nature: what matters is whether they changed.
VOLATILE = {"file", "token_hash", "password", "body", "target_url", "target_id", "check_in_code", "code"}
# Words of buttons, which a page reads beside its form.
BUTTONS = {"submit", "another", "replace", "next"}


def forms_to_send():
    return [name for name, (_looking, sending) in policy().items() if "ok" in sending.values()]


def sender(name):
    return next(person for person in SENDERS if policy()[name][1][person] == "ok")


def form_of(world, name, person, w):
    """The form as the page of this school offers it, or None for a step without a page."""
    url, page_url = address(name, w), address(PAGES.get(name, name), w)
    answer = client_of(world.keys[person]).get(page_url)
    return form_to(answer.content.decode(), url) if answer.status_code == 200 else None


def send(world, name, person, data):
    """What the act changed, see `effect`."""
    with undone():
        before = rows()
        answer = client_of(world.keys[person]).post(address(name, world.own), data)
        assert answer.status_code in (200, 302), answer.status_code
        return effect(before, rows())


def effect(before, after):
    """({(table, key, column): new value} of the rows that were there, the new rows without their numbers)."""
    changed, new = {}, []
    fresh = {table: set(found) - set(before[table]) for table, found in after.items()}
    for table, found in after.items():
        for key, values in found.items():
            if key in fresh[table]:
                new.append((table, *(told(table, *each, fresh) for each in zip(tables()[table], values, strict=True))))
            elif values != before[table][key]:
                pairs = zip(tables()[table], before[table][key], values, strict=True)
                changed |= {(table, key, c): told(table, c, value, fresh) for c, old, value in pairs if old != value}
        changed |= {(table, key, "gone"): True for key in set(before[table]) - set(found)}
    return changed, sorted(map(str, new))


def told(table, column, value, fresh):
    """A value as two runs of one act may be compared."""
    if column == "id" or column in VOLATILE or isinstance(value, datetime.datetime):
        return "…"
    return "new" if value in fresh.get(foreign_tables().get((table, column)), ()) else str(value)


def foreign_tables():
    return {
        (model._meta.db_table, field.column): field.related_model._meta.db_table
        for model in [*our_models(), *links()]
        for field in model._meta.concrete_fields
        if field.related_model
    }


# ---------------------------------------------------------------- what is sent along


def other_fields(world):
    """{name: value} of every field of our models: numbers of the other school, and what one would like to be."""
    found = {"id": world.other.pair.pk, "pk": world.other.pair.pk}
    for model in our_models():
        for field in model._meta.fields:
            found |= {field.name: wished(world, field), field.attname: wished(world, field)}
    return found | {"is_superuser": "on", "is_staff": "on"}


def wished(world, field):
    if field.related_model:
        held = [value for value in vars(world.other).values() if isinstance(value, field.related_model)]
        return held[0].pk if held else 1
    if field.choices:
        return field.choices[-1][0]
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2024-10-10"
    return "7" if isinstance(field, models.IntegerField) else "чужое слово"


def prefixes(names):
    """How the form names its parts: `card-`, `terms-0-`."""
    return {"", *(name[: name.rindex("-") + 1] for name in names if "-" in name)}


def beside(world, name, person, own):
    """Everything that is not in the form itself."""
    foreign = form_of(world, name, "other", world.other) if person == "curator" else None
    theirs = {control.name: control.value or "on" for control in foreign.controls} if foreign else {}
    fields = {before + field: value for before in prefixes(own) for field, value in other_fields(world).items()}
    return {key: value for key, value in (fields | theirs).items() if key not in own and key not in BUTTONS}


@pytest.mark.parametrize("name", forms_to_send())
def test_a_form_changes_only_its_own_fields(world, name, paper_is_html):
    person = sender(name)
    with undone():
        prepare(name, world)
        page = pages_of({person: look(world, person, PAGES.get(name, name))})
        form = form_of(world, name, person, world.own)
        plain = data_for(name, world, page)[person]
        own = set(plain) | {control.name for control in form.controls if form} if form else set(plain)
        spiked = beside(world, name, person, own) | data_for(name, world, page)[person]
        assert len(spiked) > 100
        assert send(world, name, person, spiked) == send(world, name, person, plain)


# ---------------------------------------------------------------- foreign choices


def choices(form):
    """{control's name: its numbered options}: what refers to rows."""
    found = {}
    for control in form.controls if form else []:
        options = [control.value or ""] if control.name.endswith("-id") else control.options
        found.setdefault(control.name, set()).update(option for option in options if option.isdecimal())
    return {name: options for name, options in found.items() if options}


def of_kind(name):
    """`mentor-17` and `mentor-18` are one kind of control."""
    return re.sub(r"\d+", "", name)


def with_choices():
    """Forms that offer rows of the school to choose from."""
    return [name for name in forms_to_send() if sender(name) == "curator"]


@pytest.mark.parametrize("name", with_choices())
def test_a_row_of_another_school_cannot_be_chosen(world, name, paper_is_html):
    with undone():
        prepare(name, world)
        own = choices(form_of(world, name, "curator", world.own))
        theirs = choices(form_of(world, name, "other", world.other))
        page = pages_of({"curator": look(world, "curator", PAGES.get(name, name))})
        plain = send(world, name, "curator", data_for(name, world, page)["curator"])
        for control, options in list(own.items())[:12]:
            alike = (found for other, found in theirs.items() if of_kind(other) == of_kind(control))
            for foreign in sorted(set().union(*alike) - options)[:2]:
                data = data_for(name, world, page)["curator"] | {control: [foreign]}
                changed, new = send(world, name, "curator", data)
                if control.endswith("-id"):  # a list leaves out a row that is not its own and saves the others
                    changed = changed.keys() - plain[0].keys()
                    new = [row for row in new if row not in plain[1] and "accounts_entry" not in row]
                assert (control, list(changed), list(new)) == (control, [], [])


def test_the_driver_finds_a_form_that_takes_more_than_its_fields(world, monkeypatch):
    """A form with a field that its page does not show is caught."""
    from accounts.forms import PersonForm

    monkeypatch.setitem(PersonForm.base_fields, "is_admin", User._meta.get_field("is_admin").formfield())
    monkeypatch.setattr(PersonForm._meta, "fields", [*PersonForm._meta.fields, "is_admin"])
    page = pages_of({"curator": look(world, "curator", "person_edit")})
    plain = data_for("person_edit", world, page)["curator"]
    plain.pop("is_admin", None)
    changed = [send(world, "person_edit", "curator", data)[0] for data in (plain, plain | {"is_admin": "on"})]
    assert changed[0] != changed[1]
