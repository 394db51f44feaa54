"""Filling a questionnaire in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.fields import UploadField
from surveys.models import Answer, Question


class AnswersForm(forms.Form):
    """All questions of a questionnaire; nothing is required until the person submits."""

    def __init__(self, *args, questions, response=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        given = {a.question_id: a for a in response.answers.all()} if response and response.pk else {}
        for question in questions:
            self.fields[self.name(question)] = self.field_of(question, given.get(question.pk))

    @staticmethod
    def name(question):
        return f"q{question.pk}"

    def field_of(self, question, answer):
        if question.kind == Question.Kind.TEXT:
            return forms.CharField(
                label=question.text, max_length=4000, required=False, initial=answer.text if answer else "",
                widget=forms.Textarea({"rows": 4}),
            )  # fmt: skip
        choices = [(str(n), str(n)) for n in range(1, question.highest + 1)]
        return forms.ChoiceField(
            label=question.text, choices=choices, required=False, widget=forms.RadioSelect,
            initial=str(answer.value) if answer and answer.value else None,
        )  # fmt: skip

    def unanswered(self):
        """Required questions without an answer in what was posted."""
        return [q for q in self.questions if q.required and not self.cleaned_data.get(self.name(q))]

    def answers(self, response):
        """Unsaved Answer rows for what was filled in."""
        for question in self.questions:
            value = self.cleaned_data.get(self.name(question))
            if value:
                scale = question.kind == Question.Kind.SCALE
                yield Answer(
                    response=response, question=question, year_id=response.year_id, period_id=response.wave.period_id,
                    wave_id=response.wave_id, competence_id=question.competence_id, value=int(value) if scale else None,
                    score=question.score(int(value)) if scale else None,
                    text="" if scale else value,
                )  # fmt: skip

    def sections(self):
        """[(competence or None, [(question, bound field)])] in the order of the questionnaire."""
        found = {}
        for question in self.questions:
            found.setdefault(question.competence, []).append((question, self[self.name(question)]))
        return list(found.items())


class PaperForm(forms.Form):
    scan = UploadField(label=_("Scan of the paper questionnaire"), required=False)
