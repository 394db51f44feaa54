"""What a questionnaire lacks before people may be asked with it: the to-do list on its page and the refusal to publish."""

from django.utils.translation import gettext as _

from surveys.given import choices_of, questions_of
from surveys.models import Question


def missing(form, questions=None):
    """Sentences. `questions`: those of `questions_of`, where the page has them already."""
    questions = questions_of(form) if questions is None else questions
    if not questions:
        return [_("There is no question yet.")]
    return [*empty_sections(form, questions), *short_choices(questions), *wrong_conditions(questions)]


def empty_sections(form, questions):
    used = {each.section_id for each in questions}
    for section in form.sections.all():
        if section.pk not in used:
            yield _("The section “%(section)s” is empty: add a question or remove it.") % {"section": section}


def short_choices(questions):
    for number, each in enumerate(questions, 1):
        if each.kind in Question.CHOICES and len(each.choices.all()) < 2:
            yield _("Question %(number)s, “%(text)s”, offers fewer than two choices.") % named(number, each)


def wrong_conditions(questions):
    """A condition looks back, at answers that the earlier question offers."""
    numbers = {each.pk: number for number, each in enumerate(questions, 1)}
    for number, each in enumerate(questions, 1):
        before = each.only_if_id
        if before is None:
            continue
        if numbers.get(before, number) >= number:
            yield _(
                "Question %(number)s, “%(text)s”, waits for an answer to a question that does not stand before it."
            ) % named(number, each)
        elif not set(each.only_if_values) or set(each.only_if_values) - {
            key for key, _words in choices_of(each.only_if)
        }:
            yield _("Question %(number)s, “%(text)s”, waits for an answer that question %(before)s does not offer.") % (
                named(number, each) | {"before": numbers[before]}
            )


def named(number, question):
    return {"number": number, "text": question.text[:80]}
