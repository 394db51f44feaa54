"""The same form open in two tabs, and the same button pressed twice: nothing is overwritten in silence, nothing breaks."""

import pytest

from tests import nasty
from tests.access_acts import PAGES, address, data_for, look, pages_of, prepare
from tests.access_world import client_of, rows, undone
from tests.posting import form_to, typed
from tests.test_access import policy
from tests.test_nasty import WITH_FORM, sender

pytestmark = pytest.mark.django_db

# Edits of what is there; a form for something new carries a revision too, but has nothing to be compared with.
EDITS = [
    "profile", "person_edit", "person_roles", "school_edit", "year_edit", "competence_edit", "reason_edit", "teacher_edit",
    "participation_edit", "participation_end", "pair_edit", "order_edit", "order_text", "group_edit",
    "meeting_edit", "plan_template_edit", "plan_edit", "plan_item_edit", "plan_item_mark", "wave_edit",
    "roadmap_edit", "roadmap_section_edit", "roadmap_item_edit", "publication_edit", "rubric_edit",
    "event_edit", "nominee_edit", "talk_edit", "course_edit",
    "questionnaire_edit", "section_edit", "question_edit",
    "analysis_detail", "analysis_note", "survey_settings",
]  # fmt: skip
# Steps in the dress of a form: once taken there is no form any more, and the second tab is led to what is.
STEPS = {"meeting_hold", "pair_resume", "course_claim"}
NEW = {
    "person_create", "teacher_create", "pair_create", "pair_pause", "order_create", "declined_create", "competence_list",
    "reason_list", "group_list", "participation_create", "meeting_create", "plan_item_create", "plan_template_create",
    "roadmap_section_add", "roadmap_item_add", "publication_create", "event_create", "talk_list",
    "course_create",
    "questionnaire_create", "section_create", "question_create",
}  # fmt: skip
SAID = "эту запись изменил кто-то другой"
# Anew each time on purpose: the same words may be wanted twice, and the page's script stops the second press.
MAY_BE_TWICE = {
    "person_create", "teacher_create", "plan_item_create", "plan_template_create", "order_create", "proof_create",
    "registry_import", "roadmap_import", "invitation_send", "invitation_slips", "password_reset", "roadmap_item_add",
    "proof_print", "roadmap_sample", "publication_create", "attachment_create", "questionnaire_create",
    "questionnaire_copy", "section_create", "question_create",
}  # fmt: skip


def form_of(world, name):
    return form_to(look(world, sender(name), name).content.decode(), address(name, world.own))


def send(world, name, data):
    return client_of(world.keys[sender(name)]).post(address(name, world.own), data)


def test_these_are_the_forms_with_a_revision(world):
    found = []
    for name in WITH_FORM:
        with undone():
            prepare(name, world)
            revision = form_of(world, name).named("revision") if form_of(world, name) else []
            found += [name] if revision and revision[0].value != "" and name not in NEW else []
    assert sorted(found) == sorted([*EDITS, *STEPS])


@pytest.mark.parametrize("name", EDITS)
def test_the_second_tab_is_told_and_keeps_its_words(world, name):
    with undone():
        prepare(name, world)
        form = form_of(world, name)
        first, second = changed(form, "первой"), changed(form, "второй")
        assert send(world, name, first).status_code == 302
        saved = rows()
        answer = send(world, name, second)
        assert (answer.status_code, rows() == saved) == (200, True)
        page = answer.content.decode()
        assert SAID in page
        shown = typed(form_to(page, address(name, world.own)))
        kept = {key: shown.get(key) for key in nasty.words_of(form)}
        assert kept == {key: second[key] for key in nasty.words_of(form)}
        assert send(world, name, shown).status_code == 302  # who has seen both versions may save


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_step_taken_in_one_tab_changes_nothing_in_the_other(world, name):
    with undone():
        prepare(name, world)
        form = form_of(world, name)
        assert send(world, name, changed(form, "первой")).status_code == 302
        saved = rows()
        assert send(world, name, changed(form, "второй")).status_code in (302, 404)
        assert rows() == saved


def changed(form, tab):
    """The form with its first words saying whose tab it is; others may have limits of their own."""
    places = [
        control for control in form.controls if control.kind in ("text", "textarea") and control.name != "username"
    ]
    words = {control.name: [f"Слова {tab} вкладки"] for control in places[:1] if control.name != "phone"}
    return typed(form) | (words if places and "number" not in words and "experience" not in words else {})


@pytest.mark.parametrize("name", [name for name, (_look, sending) in policy().items() if "ok" in sending.values()])
def test_a_second_press_breaks_nothing_and_makes_nothing_twice(world, name, paper_is_html):
    person = sender(name)
    with undone():
        prepare(name, world)
        page = pages_of({person: look(world, person, PAGES.get(name, name))})
        sent, before = data_for(name, world, page), rows()
        first = send(world, name, sent[person])
        once = new_rows(before, rows())
        second = send(world, name, data_for(name, world, page)[person])
        twice = new_rows(before, rows())
    assert first.status_code in (200, 302)
    assert second.status_code in (200, 302, 401, 403, 404, 409)
    assert (twice == once) or name in MAY_BE_TWICE


def new_rows(before, after):
    """{table: how many rows are new}, but for the journal, which may tell of both."""
    found = {table: len(set(rows) - set(before[table])) for table, rows in after.items()}
    return {table: number for table, number in found.items() if number and table != "accounts_entry"}
