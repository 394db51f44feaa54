"""Building questionnaires: drafts are changed, what is published is frozen, a change makes the next version."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.clock import on, today
from accounts.models import Entry
from accounts.workflow import Refused
from pairs.actions import load_starting_sets
from surveys import question_actions as acts
from surveys.models import Choice, Question, Questionnaire, Section, Wave
from surveys.questionnaire_actions import copy_questionnaire, load_questionnaires, next_version, publish
from surveys.questionnaire_checks import missing
from tests import factories as make
from tests.posting import fields_of


@pytest.fixture
def school(db):
    made = make.school()
    load_starting_sets(school=made)
    return made


@pytest.fixture
def curator(school, client):
    made = make.curator(school)
    client.force_login(made)
    return made


def draft_of(school, **fields):
    return Questionnaire.objects.create(
        school=school,
        **{"code": f"d{Questionnaire.objects.count()}", "title": "Анкета", "audience": "mentees"} | fields,
    )


def section_of(draft, title="Раздел"):
    return Section.objects.create(questionnaire=draft, title=title, position=draft.sections.count() + 1)


def question_of(section, text="Вопрос", choices=(), **fields):
    draft = section.questionnaire
    made = Question.objects.create(
        questionnaire=draft, section=section, text=text, position=draft.questions.count() + 1, **fields
    )
    for number, words in enumerate(choices, 1):
        Choice.objects.create(question=made, number=number, text=words)
    return made


def ready(school, **fields):
    """A draft with everything that publishing asks for: a yes-no question and one that waits for its answer."""
    draft = draft_of(school, **fields)
    section = section_of(draft)
    first = question_of(section, "Мешает ли что-то?", kind="yes_no")
    question_of(section, "Что мешает?", kind="text", only_if=first, only_if_values=[2, 3])
    return draft


def order_of(draft):
    return list(draft.questions.order_by("position").values_list("section__title", "text"))


def said(page):
    return [str(message) for message in page.context["messages"]]


# ---------------------------------------------------------------- the starting set


def test_every_questionnaire_of_the_starting_set_could_be_published_as_it_is(school):
    load_questionnaires(school=school)
    assert {form.code: missing(form) for form in Questionnaire.objects.all()} == dict.fromkeys(
        ["mentee-entry", "mentor-entry", "mentee", "mentor", "mentee-exit", "mentor-exit", "satisfaction"], []
    )


def test_entry_and_exit_ask_the_same_statements_of_every_competence(school):
    load_questionnaires(school=school)

    def statements(code):
        rows = Question.objects.filter(questionnaire__code=code, kind="scale", competence__isnull=False)
        return sorted(rows.values_list("text", "competence__code", "lower_is_better"))

    for side in ("mentee", "mentor"):
        assert statements(f"{side}-entry") == statements(f"{side}-exit")
        assert len({code for _text, code, _low in statements(f"{side}-entry")}) == 6


def test_requests_and_offers_are_picked_as_competences(school):
    load_questionnaires(school=school)
    for code in ("mentee-entry", "mentor-entry"):
        asked = Choice.objects.filter(question__questionnaire__code=code, competence__isnull=False)
        assert sorted(asked.values_list("competence__code", flat=True)) == sorted(
            school.competences.values_list("code", flat=True)
        )


# ---------------------------------------------------------------- a draft


def test_a_curator_begins_a_questionnaire_with_a_section_and_a_question_of_choices(client, curator, school):
    client.post(
        reverse("questionnaire_create"),
        {"title": "Опрос", "purpose": "other", "audience": "everybody", "minutes": 3, "anonymous": "on"},
    )
    draft = Questionnaire.objects.get(title="Опрос")
    assert (draft.is_draft, draft.anonymous, draft.version) == (True, True, 1)
    client.post(reverse("section_create", args=[draft.pk]), {"title": "О встречах"})
    section, competence = draft.sections.get(), school.competences.first()
    sent = {
        "kind": "many", "section": section.pk, "text": "Что помогло?", "required": "on", "with_other": "on",
        "choices-TOTAL_FORMS": 3, "choices-INITIAL_FORMS": 0, "choices-0-text": "Разбор урока",
        "choices-0-competence": competence.pk, "choices-1-text": "", "choices-2-text": "Беседа",
    }  # fmt: skip
    answer = client.post(reverse("question_create", args=[section.pk]), sent)
    question = draft.questions.get()
    assert answer["Location"] == f"{draft.get_absolute_url()}#q{question.pk}"
    assert list(question.choices.values_list("number", "text", "competence")) == [
        (1, "Разбор урока", competence.pk), (2, "Беседа", None),
    ]  # fmt: skip
    assert (question.with_other, question.competence, question.position) == (True, None, 1)
    verbs = Entry.objects.about(draft).values_list("verb", flat=True)
    assert list(verbs) == ["добавил(а) вопрос", "добавил(а) раздел", "создано"]


def test_diagnostics_are_named_and_a_group_must_be_chosen(client, curator, school):
    make.year(school).groups.create(name="Молодые")
    page = client.post(
        reverse("questionnaire_create"),
        {"title": "Опрос", "purpose": "entry", "audience": "group", "minutes": 3, "anonymous": "on"},
    )
    assert (page.status_code, sorted(page.context["form"].errors)) == (200, ["anonymous", "group"])
    assert Questionnaire.objects.count() == 0


def test_more_rows_and_another_order_keep_what_was_typed_and_save_nothing(client, curator, school):
    section = section_of(draft_of(school))
    url = reverse("question_create", args=[section.pk])
    typed = {
        "kind": "one", "section": section.pk, "text": "", "choices-TOTAL_FORMS": 3, "choices-INITIAL_FORMS": 0,
        "choices-0-text": "Первый", "choices-1-text": "Второй",
    }  # fmt: skip
    page = client.post(url, typed | {"more": "1"})
    sent = fields_of(page)
    assert (sent["choices-TOTAL_FORMS"], sent["choices-0-text"], page.context["form"].errors) == ("6", "Первый", {})
    page = client.post(url, typed | {"raise": "1"})
    sent = fields_of(page)
    assert (sent["choices-0-text"], sent["choices-1-text"], Question.objects.count()) == ("Второй", "Первый", 0)


def test_the_answers_to_wait_for_are_those_of_the_chosen_question(client, curator, school):
    section = section_of(draft_of(school))
    first = question_of(section, "Как вам удобнее?", ["Уроки", "Беседы"], kind="one")
    second = question_of(section, "Почему?", kind="text")
    url = reverse("question_edit", args=[second.pk])
    sent = fields_of(client.get(url)) | {"only_if": first.pk}
    page = client.post(url, sent | {"show": "1"})
    assert page.context["form"].fields["only_if_values"].choices == [(1, "Уроки"), (2, "Беседы")]
    page = client.post(url, sent)
    assert list(page.context["form"].errors) == ["only_if_values"]
    client.post(url, sent | {"only_if_values": ["2"]})
    second.refresh_from_db()
    assert (second.only_if, second.only_if_values) == (first, [2])
    page = client.post(url, fields_of(client.get(url)) | {"only_if": ""})
    second.refresh_from_db()
    assert (second.only_if, second.only_if_values) == (None, [])


def test_conditions_follow_the_choices_when_their_order_changes(client, curator, school):
    section = section_of(draft_of(school))
    first = question_of(section, "Как?", ["Уроки", "Беседы", "Почта"], kind="one")
    second = question_of(section, "Почему?", kind="text", only_if=first, only_if_values=[1, 3])
    url = reverse("question_edit", args=[first.pk])
    swapped = fields_of(client.get(url)) | {
        "choices-0-text": "Почта", "choices-0-number": 3, "choices-2-text": "Уроки", "choices-2-number": 1,
    }  # fmt: skip
    client.post(url, swapped | {"choices-1-text": ""})
    second.refresh_from_db()
    assert [choice.text for choice in first.choices.all()] == ["Почта", "Уроки"]
    assert second.only_if_values == [1, 2]
    page = client.post(url, fields_of(client.get(url)) | {"choices-0-text": ""})
    assert page.context["form"].non_field_errors() == [
        "Вопрос «Почему?» задаётся в зависимости от ответа на этот: сначала измените его условие."
    ]
    assert first.choices.count() == 2


def test_a_condition_only_looks_back_and_what_is_waited_for_stays(client, curator, school):
    draft = ready(school)
    first, second = draft.questions.order_by("position")
    before = order_of(draft)
    for url in (reverse("question_move", args=[first.pk]), reverse("question_remove", args=[first.pk])):
        page = client.post(url, {"down": "1"}, follow=True)
        assert ["Что мешает?" in line for line in said(page)] == [True]
    assert order_of(draft) == before
    client.post(reverse("question_remove", args=[second.pk]))
    client.post(reverse("question_remove", args=[first.pk]))
    assert order_of(draft) == []


def test_questions_and_sections_move_one_place_and_on_into_the_next_section(curator, school):
    draft = draft_of(school)
    one, two = section_of(draft, "А"), section_of(draft, "Б")
    questions = [question_of(one, text) for text in ("1", "2")] + [question_of(two, "3")]
    acts.move_question(question=questions[1], way="down", by=curator)
    assert order_of(draft) == [("А", "1"), ("Б", "2"), ("Б", "3")]
    acts.move_question(question=questions[2], way="up", by=curator)
    acts.move_question(question=questions[2], way="up", by=curator)
    assert order_of(draft) == [("А", "1"), ("А", "3"), ("Б", "2")]
    acts.move_section(section=two, way="up", by=curator)
    assert order_of(draft) == [("Б", "2"), ("А", "1"), ("А", "3")]
    acts.move_question(question=questions[1], way="up", by=curator)  # it is the first already
    assert order_of(draft) == [("Б", "2"), ("А", "1"), ("А", "3")]
    assert list(draft.questions.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


def test_a_dragged_question_is_put_where_it_was_dropped(client, curator, school):
    draft, other = draft_of(school), ready(school, code="other")
    one, two = section_of(draft, "А"), section_of(draft, "Б")
    first, second, third = question_of(one, "1"), question_of(one, "2"), question_of(two, "3")

    def drop(question, into, before=""):
        client.post(reverse("question_move", args=[question.pk]), {"into": into, "before": before})
        return order_of(draft)

    assert drop(first, two.pk, third.pk) == [("А", "2"), ("Б", "1"), ("Б", "3")]
    assert drop(second, two.pk) == [("Б", "1"), ("Б", "3"), ("Б", "2")]
    assert drop(third, one.pk, "²") == [("А", "3"), ("Б", "1"), ("Б", "2")]
    for place in (other.sections.get().pk, 0, "²", "9" * 400):
        assert drop(third, place) == [("А", "3"), ("Б", "1"), ("Б", "2")]


def test_a_section_with_questions_is_not_removed(client, curator, school):
    draft = ready(school)
    page = client.post(reverse("section_remove", args=[draft.sections.get().pk]), follow=True)
    assert (len(said(page)), draft.questions.count(), draft.sections.count()) == (1, 2, 1)


def test_what_is_missing_is_told_on_the_page_and_refuses_to_publish(client, curator, school):
    draft = draft_of(school)
    assert missing(draft) == ["Пока нет ни одного вопроса."]
    section, _empty = section_of(draft, "Полный"), section_of(draft, "Пустой")
    lonely = question_of(section, "Что?", ["Только это"], kind="one")
    question_of(section, "Почему?", kind="text", only_if=lonely, only_if_values=[2])
    gaps = client.get(draft.get_absolute_url()).context["gaps"]
    assert gaps == [
        "Раздел «Пустой» пуст: добавьте вопрос или уберите раздел.",
        "В вопросе 1 «Что?» меньше двух вариантов ответа.",
        "Вопрос 2 «Почему?» зависит от ответа, которого нет в вопросе 1.",
    ]
    page = client.post(reverse("questionnaire_publish", args=[draft.pk]), follow=True)
    assert (said(page), page.context["object"].is_draft) == ([" ".join(gaps)], True)


# ---------------------------------------------------------------- published


def test_a_published_questionnaire_refuses_every_change(client, curator, school):
    form = ready(school)
    publish(form=form, by=curator)
    section, question = form.sections.get(), form.questions.order_by("position").last()
    tables = [Questionnaire, Section, Question, Choice]
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    words = {"title": "Иначе", "text": "Иначе", "kind": "text", "section": section.pk, "minutes": 1, "revision": ""}
    words |= {"purpose": "other", "audience": "everybody", "choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0}
    for name, key in (
        ("questionnaire_edit", form.pk), ("section_create", form.pk), ("section_edit", section.pk),
        ("section_remove", section.pk), ("section_move", section.pk), ("question_create", section.pk),
        ("question_edit", question.pk), ("question_remove", question.pk), ("question_move", question.pk),
        ("questionnaire_publish", form.pk),
    ):  # fmt: skip
        page = client.post(reverse(name, args=[key]), words, follow=True)
        assert (name, page.redirect_chain[0][0].split("#")[0], len(said(page))) == (name, form.get_absolute_url(), 1)
        assert "не меняется" in said(page)[0]
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_the_form_that_was_open_when_it_was_published_is_refused_too(curator, school):
    """Two people at once: what counts is the state in the database, not the one that was seen."""
    draft = ready(school)
    seen = draft.questions.select_related("questionnaire").first()
    publish(form=draft, by=curator)
    with pytest.raises(Refused):
        acts.move_question(question=seen, way="down", by=curator)
    with pytest.raises(Refused):
        publish(form=seen.questionnaire, by=curator)


def test_the_next_version_is_a_whole_copy_and_replaces_the_one_before_when_published(client, curator, school):
    form = ready(school)
    question_of(form.sections.get(), "С чем помочь?", ["Урок", "Класс"], kind="many", with_other=True)
    publish(form=form, by=curator)
    client.post(reverse("questionnaire_next", args=[form.pk]))
    form.refresh_from_db()
    draft = Questionnaire.objects.get(code=form.code, version=2)
    assert next_version(form=form, by=curator) == draft  # begun once
    assert order_of(draft) == order_of(form)
    copies = {each.text: each for each in draft.questions.all()}
    assert copies["Что мешает?"].only_if == copies["Мешает ли что-то?"]
    assert [each.text for each in copies["С чем помочь?"].choices.all()] == ["Урок", "Класс"]
    assert {each.questionnaire for each in Question.objects.filter(only_if__isnull=False)} == {form, draft}
    client.post(reverse("questionnaire_publish", args=[draft.pk]))
    assert list(Questionnaire.objects.published()) == [draft]
    form.refresh_from_db()
    assert (form.archived_on, form.published_on) == (today(), today())
    assert list(Entry.objects.about(form).values_list("comment", flat=True))[0] == "Заменена версией 2"


def test_waves_to_come_take_the_new_version_and_open_ones_keep_theirs(curator, school):
    year = make.year(school)
    with on(make.TODAY):
        form = ready(school)
        publish(form=form, by=curator)
        days = [make.TODAY + timedelta(days=n) for n in (-5, 30, 60)]
        common = {"year": year, "questionnaire": form, "audience": "mentees"}
        for day in days:
            Wave.objects.create(opens_on=day, closes_on=day + timedelta(days=9), **common)
        form.refresh_from_db()
        second = next_version(form=form, by=curator)
        publish(form=second, by=curator)
        assert [wave.questionnaire for wave in Wave.objects.order_by("opens_on")] == [form, second, second]
        second.refresh_from_db()
        third = next_version(form=second, by=curator)
        Questionnaire.objects.filter(pk=third.pk).update(audience="everybody")
        publish(form=third, by=curator)
    assert [wave.questionnaire for wave in Wave.objects.order_by("opens_on")] == [form, second, second]


def test_a_copy_is_a_draft_of_its_own(curator, school):
    form = ready(school)
    publish(form=form, by=curator)
    copy = copy_questionnaire(form=form, by=curator)
    assert (copy.title, copy.version, copy.is_draft, order_of(copy)) == ("Анкета (копия)", 1, True, order_of(form))
    publish(form=copy, by=curator)
    assert set(Questionnaire.objects.published()) == {form, copy}


def test_out_of_use_needs_a_reason_and_is_not_offered_any_more(client, curator, school):
    form = ready(school)
    publish(form=form, by=curator)
    url = reverse("questionnaire_retire", args=[form.pk])
    client.post(url, {"comment": " "})
    assert Questionnaire.objects.published().count() == 1
    client.post(url, {"comment": "Спрашиваем иначе"})
    assert Questionnaire.objects.published().count() == 0
    assert Entry.objects.about(form)[0].comment == "Спрашиваем иначе"


def test_the_head_reads_what_was_published_and_no_draft(client, school):
    client.force_login(make.head(school))
    draft, used, old = (ready(school, code=code) for code in ("a", "b", "c"))
    Questionnaire.objects.filter(pk__in=[used.pk, old.pk]).update(published_on=make.TODAY)
    Questionnaire.objects.filter(pk=old.pk).update(archived_on=make.TODAY)
    status = [client.get(each.get_absolute_url()).status_code for each in (draft, used, old)]
    assert status == [404, 200, 200]
    page = client.get(reverse("questionnaire_list"))
    assert ({each.pk for each in page.context["page"]}, page.context["curates"]) == ({used.pk, old.pk}, False)


# ---------------------------------------------------------------- bad input


def test_what_belongs_elsewhere_cannot_be_named(client, curator, school):
    draft, foreign = ready(school, code="a"), ready(make.school(), code="b")
    section, other = draft.sections.get(), ready(school, code="c")
    stranger = make.competence(foreign.school)
    sent = {
        "kind": "scale", "text": "Новый", "section": section.pk, "highest": 5, "choices-TOTAL_FORMS": 1,
        "choices-INITIAL_FORMS": 0,
    }  # fmt: skip
    url = reverse("question_create", args=[section.pk])
    for field, value in (
        ("only_if", other.questions.first().pk), ("section", other.sections.get().pk), ("competence", stranger.pk),
        ("kind", "rank"), ("highest", 11), ("highest", 1),
    ):  # fmt: skip
        page = client.post(url, sent | {field: value, "only_if_values": "1"})
        assert (field, page.status_code, list(page.context["form"].errors)) == (field, 200, [field])
    page = client.post(url, sent | {"kind": "one", "choices-0-text": "Да", "choices-0-competence": stranger.pk})
    assert page.context["rows"].errors != [{}]
    for name, key in (("question_edit", foreign.questions.first().pk), ("section_edit", foreign.sections.get().pk)):
        assert client.post(reverse(name, args=[key]), sent).status_code == 404
    assert draft.questions.count() == 2


def test_html_in_words_is_shown_as_words_and_a_megabyte_is_refused(client, curator, school):
    draft = ready(school, title="<b>Анкета</b>")
    evil = "<img src=x onerror=alert(1)>"
    question_of(draft.sections.get(), evil, [evil, "Нет"], kind="one", hint=evil)
    Question.objects.filter(kind="scale").update(low_label=evil)
    for name in ("questionnaire_detail", "questionnaire_preview", "questionnaire_list"):
        page = client.get(reverse(name, args=[draft.pk] if name != "questionnaire_list" else []))
        assert ("<img src=x" in page.content.decode(), "<b>Анкета" in page.content.decode()) == (False, False)
    url = reverse("question_edit", args=[draft.questions.first().pk])
    page = client.post(url, fields_of(client.get(url)) | {"text": "а" * 500_000})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["text"])


# ---------------------------------------------------------------- pages


def test_preview_is_what_people_get_as_a_mentor_and_as_a_mentee(client, curator, school):
    draft = ready(school, audience="everybody")
    url = reverse("questionnaire_preview", args=[draft.pk])
    pages = {side: client.get(f"{url}?side={side}") for side in ("mentor", "mentee")}
    assert {side: page.context["side"] for side, page in pages.items()} == {"mentor": "mentor", "mentee": "mentee"}
    assert "Ваш наставник видит" in pages["mentee"].content.decode()
    assert "Ваш наставник видит" not in pages["mentor"].content.decode()
    assert 'name="q' in pages["mentee"].content.decode()
    assert "data-autosave" not in pages["mentee"].content.decode()


def test_pages_cost_the_same_queries_for_few_and_many_questions(client, curator, school):
    draft = ready(school)
    pages = [reverse("questionnaire_list"), draft.get_absolute_url(), reverse("questionnaire_preview", args=[draft.pk])]
    found = []
    for _turn in range(2):
        for _number in range(3):
            again = ready(school, code=f"m{Questionnaire.objects.count()}")
            competence = make.competence(school, f"Компетенция {again.pk}")
            question = question_of(draft.sections.first(), "Ещё", ["Да", "Нет"], kind="one")
            question.choices.update(competence=competence)
            question_of(section_of(draft, f"Ещё {again.pk}"), "Шкала", competence=competence)
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts.append(len(queries))
        found.append(counts)
    assert found[0] == found[1]
    assert max(found[0]) <= 16
