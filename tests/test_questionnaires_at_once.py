"""Two curators at one questionnaire: nothing is lost or doubled, and who came second reads why. Real threads."""

from functools import partial

import pytest

from accounts.workflow import Refused
from surveys import question_actions as acts
from surveys.models import Question, Questionnaire, Section
from surveys.questionnaire_actions import next_version, publish
from tests import factories as make
from tests.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def curators():
    school = make.school()
    return [make.curator(school), make.curator(school)]


@pytest.fixture
def draft(curators):
    form = Questionnaire.objects.create(school=curators[0].school, code="q", title="Анкета", audience="mentees")
    for place in (1, 2):
        section = Section.objects.create(questionnaire=form, position=place, title=f"Раздел {place}")
        for number in (1, 2, 3):
            Question.objects.create(
                questionnaire=form,
                section=section,
                position=3 * place - 3 + number,
                kind="text",
                text=f"{place}.{number}",
            )
    return form


def places(form):
    return list(form.questions.order_by("position").values_list("position", flat=True))


def test_questions_moved_at_once_keep_their_places_apart(curators, draft):
    first, last = draft.questions.get(text="1.1"), draft.questions.get(text="2.3")
    results = at_once(
        partial(acts.move_question, question=first, way="down", by=curators[0]),
        partial(acts.move_question, question=last, way="up", by=curators[1]),
        partial(acts.move_section, section=draft.sections.first(), way="down", by=curators[0]),
        partial(acts.place_question, question=first, into=last.section_id, before=last.pk, by=curators[1]),
    )
    assert results == [None] * 4
    assert places(draft) == [1, 2, 3, 4, 5, 6]
    found = draft.questions.order_by("position").values_list("section__position", flat=True)
    assert list(found) == sorted(found)


def test_it_is_published_once_and_what_comes_later_is_refused(curators, draft):
    question = draft.questions.first()
    results = at_once(
        *(partial(publish, form=draft, by=curator) for curator in curators),
        partial(acts.remove_question, question=question, by=curators[0]),
    )
    assert [type(result) for result in results[:2]].count(Refused) == 1
    draft.refresh_from_db()
    assert draft.is_frozen
    assert (draft.questions.count() == 6) == isinstance(results[2], Refused)
    assert places(draft) == list(range(1, draft.questions.count() + 1))


def test_the_next_version_is_begun_once(curators, draft):
    publish(form=draft, by=curators[0])
    draft.refresh_from_db()
    results = at_once(*(partial(next_version, form=draft, by=curator) for curator in curators))
    assert results[0] == results[1]
    assert list(Questionnaire.objects.values_list("version", flat=True).order_by("version")) == [1, 2]
    assert results[0].questions.count() == 6
