"""What a person gave to one question, whatever its kind, and which questions are asked after it."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.models import Answer, Pick, Question


@dataclass(frozen=True)
class Given:
    """Numbers of a closed answer (a point, a choice, several choices) and words; nothing given is false."""

    numbers: tuple = ()
    text: str = ""

    def __bool__(self):
        return bool(self.numbers or self.text)

    @property
    def mark(self):
        """A short sign of what it is: a page remembers it to tell what was changed on the page from what was elsewhere."""
        words = f"{self.numbers}{self.text}".replace("\r\n", "\n")
        return hashlib.sha256(words.encode(errors="replace")).hexdigest()[:16] if self else ""

    def words(self, question):
        """As people read it: «4 из 5», «Да», «Разбор урока; Другое: консультация»."""
        if question.kind in Question.TEXTS:
            return self.text
        if question.kind == Question.Kind.SCALE:
            return _("%(value)s of %(highest)s") % {"value": self.numbers[0], "highest": question.highest}
        labels = dict(choices_of(question))
        found = "; ".join(labels.get(number, str(number)) for number in self.numbers)
        return f"{found}: {self.text}" if self.text else found

    @classmethod
    def of(cls, answer):
        """From a kept answer, its picks fetched before."""
        picked = tuple(sorted(pick.number for pick in answer.picks.all()))
        return cls(picked if answer.value is None else (answer.value,), answer.text)


def choices_of(question):
    """[(number, words)] of a closed question, in the order in which they are offered."""
    kinds = Question.Kind
    if question.kind == kinds.SCALE:
        return [(number, str(number)) for number in range(1, question.highest + 1)]
    if question.kind == kinds.YES_NO:
        return [
            (Question.YES, pgettext("answer", "Yes")),
            (Question.PARTLY, pgettext("answer", "Partly")),
            (Question.NO, pgettext("answer", "No")),
        ]
    if question.kind in Question.CHOICES:
        own = [(choice.number, choice.text) for choice in question.choices.all()]
        return own + ([(Question.OTHER, pgettext("choice", "Other"))] if question.with_other else [])
    return []


def questions_of(questionnaire):
    """The questions in the order in which they are asked, with all that showing them needs; two queries."""
    rows = questionnaire.questions.select_related("section", "competence").prefetch_related("choices")
    found = sorted(rows, key=lambda each: (place_of(each.section), each.position, each.pk))
    by_key = {each.pk: each for each in found}
    for each in found:
        if each.only_if_id in by_key:
            each.only_if = by_key[each.only_if_id]
    return found


def place_of(section):
    return (section.position, section.pk) if section else (-1, 0)


def given_by(response):
    """{question's pk: Given} of a kept response; nothing for one that was not saved yet."""
    if not response.pk:
        return {}
    return {answer.question_id: Given.of(answer) for answer in response.answers.prefetch_related("picks")}


def asked_after(questions, given):
    """Keys of the questions that are asked: those whose condition holds, in turn, by what was given before."""
    asked = set()
    for question in questions:
        before = question.only_if_id
        if before is None or before in asked and set(given.get(before, Given()).numbers) & set(question.only_if_values):
            asked.add(question.pk)
    return asked


def gaps(questions, given):
    """Required questions that are asked and have no answer."""
    asked = asked_after(questions, given)
    return [each for each in questions if each.required and each.pk in asked and not given.get(each.pk)]


def no_key():
    """The database counts."""


def rows_of(response, question, given, key=no_key):
    """(unsaved Answer, its unsaved Picks). The wave of the response must be at hand."""
    several = question.kind == Question.Kind.MANY
    value = given.numbers[0] if given.numbers and not several else None
    answer = Answer(
        pk=key(), response=response, question=question, year_id=response.year_id, wave_id=response.wave_id,
        period_id=response.wave.period_id, competence_id=question.competence_id, value=value,
        score=question.score(value), text=given.text,
    )  # fmt: skip
    return answer, [Pick(pk=key(), answer=answer, number=number) for number in given.numbers if several]


def keep_rows(response, questions, given, key=no_key):
    """Insert what was given to these questions in place of what was kept: a few statements, however many there are."""
    response.answers.filter(question__in=questions).delete()
    rows = [rows_of(response, each, given[each.pk], key) for each in questions if given.get(each.pk)]
    Answer.objects.bulk_create(answer for answer, _picks in rows)
    Pick.objects.bulk_create(pick for _answer, picks in rows for pick in picks)
