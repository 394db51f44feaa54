"""Filling a questionnaire in: every kind of question, with and without script."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.fields import UploadField
from surveys.given import Given, choices_of
from surveys.models import Question

LONGEST_LINE, LONGEST_TEXT = 300, 4000


@dataclass(frozen=True)
class Part:
    """Questions under one heading."""

    title: str
    hint: str
    rows: list


@dataclass(frozen=True)
class Row:
    """One question as it is shown: its fields, its number, and when it is asked."""

    question: Question
    number: int
    field: object
    other: object  # the line beside «другое», or None
    mark: object
    condition: str

    @property
    def kind(self):
        return self.question.kind

    @property
    def condition_values(self):
        return " ".join(map(str, self.question.only_if_values))


class AnswersForm(forms.Form):
    """All questions of a questionnaire, from `questions_of`; nothing is required until the person submits.

    `given` is what is kept, {question's pk: Given}. A hidden mark beside each question says what the page was shown
    with: so a page that stood open for long changes only what was changed on it.
    """

    def __init__(self, *args, questions, given=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.kept = questions, given or {}
        self.clashes, self.gaps = [], []
        for question in questions:
            found = self.kept.get(question.pk, Given())
            name = self.name(question)
            self.fields[name] = field_of(question, found)
            self.fields[f"{name}_mark"] = forms.CharField(
                max_length=16, required=False, initial=found.mark, widget=forms.HiddenInput
            )
            if question.with_other and question.kind in Question.CHOICES:
                self.fields[f"{name}_other"] = forms.CharField(
                    label=_("What else"), max_length=LONGEST_LINE, required=False, initial=found.text
                )

    @staticmethod
    def name(question):
        return f"q{question.pk}"

    def given(self, question):
        """What was posted to the question, as a Given; of a valid form."""
        posted = self.cleaned_data.get(self.name(question))
        if question.kind in Question.TEXTS:
            return Given((), posted)
        words = self.cleaned_data.get(f"{self.name(question)}_other", "")
        numbers = sorted({int(number) for number in ([posted] if isinstance(posted, str) else posted) if number})
        if words and Question.OTHER not in numbers and (not numbers or question.kind == Question.Kind.MANY):
            numbers = [Question.OTHER, *numbers]  # who writes what else means it
        return Given(tuple(numbers), words if Question.OTHER in numbers else "")

    def mark(self, question):
        """The mark that the page was shown with, None when it was sent without marks."""
        name = f"{self.name(question)}_mark"
        return self.cleaned_data[name] if self.add_prefix(name) in self.data else None

    def shown(self):
        """{question's pk: Given} as the page shows it: what was posted where it can be read, else what is kept."""
        if not self.is_bound:
            return self.kept
        read = [each for each in self.questions if self.is_valid() or self.name(each) in self.cleaned_data]
        return self.kept | {each.pk: self.given(each) for each in read}

    def show_newest(self, given, clashes=()):
        """Show what is kept now; where another window answered differently the person's own words stay to be pressed again."""
        data = self.data.copy()
        for question in self.questions:
            found, name = given.get(question.pk, Given()), self.name(question)
            data[f"{name}_mark"] = found.mark
            if question not in clashes:
                data.setlist(name, [str(n) for n in found.numbers] or [found.text])
                data[f"{name}_other"] = found.text
        self.data, self.kept = data, given
        self.full_clean()
        self.clashes = [(each, given[each.pk].words(each) if given.get(each.pk) else "—") for each in clashes]

    def sentences(self):
        return [message for messages in self.errors.values() for message in messages]

    def parts(self):
        """The questions under their headings: the sections, or the competences where there are no sections."""
        numbered = {question.pk: number for number, question in enumerate(self.questions, 1)}
        has_sections, found = any(question.section_id for question in self.questions), {}
        for question in self.questions:
            heading = question.section if has_sections else question.competence
            found.setdefault(heading, []).append(self.row(question, numbered))
        return [part_of(heading, has_sections, rows) for heading, rows in found.items()]

    def row(self, question, numbered):
        name = self.name(question)
        other = f"{name}_other"
        return Row(
            question=question,
            number=numbered[question.pk],
            field=self[name],
            other=self[other] if other in self.fields else None,
            mark=self[f"{name}_mark"],
            condition=condition_of(question, numbered),
        )


def field_of(question, found):
    if question.kind == Question.Kind.LINE:
        return forms.CharField(label=question.text, max_length=LONGEST_LINE, required=False, initial=found.text)
    if question.kind == Question.Kind.TEXT:
        widget = forms.Textarea({"rows": 4})
        return forms.CharField(
            label=question.text, max_length=LONGEST_TEXT, required=False, initial=found.text, widget=widget
        )
    options = {"label": question.text, "required": False, "choices": [(str(n), w) for n, w in choices_of(question)]}
    if question.kind == Question.Kind.MANY:
        chosen = [str(number) for number in found.numbers]
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, initial=chosen, **options)
    chosen = str(found.numbers[0]) if found.numbers else None
    return forms.ChoiceField(widget=forms.RadioSelect, initial=chosen, **options)


def condition_of(question, numbered):
    """«Если выше, в вопросе 3, выбрано: да», for those who read without script; nothing for what is always asked."""
    if question.only_if_id not in numbered:
        return ""
    words = dict(choices_of(question.only_if))
    chosen = [words[number] for number in question.only_if_values if number in words]
    return gettext("If you chose in question %(number)s above: %(values)s") % {
        "number": numbered[question.only_if_id],
        "values": ", ".join(f"«{word}»" for word in chosen) or "—",
    }


def part_of(heading, has_sections, rows):
    if has_sections:
        return Part(heading.title if heading else "", heading.hint if heading else "", rows)
    if heading:
        return Part(heading.name, "", rows)
    texts = all(row.kind in Question.TEXTS for row in rows)
    return Part(gettext("In your own words") if texts else gettext("General questions"), "", rows)


class PaperForm(forms.Form):
    scan = UploadField(label=_("Scan of the paper questionnaire"), required=False)
