"""One question of a draft: its words, its choices, and when it is asked."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.forms import RevisionMixin
from pairs.models import Competence
from surveys.given import choices_of, questions_of
from surveys.models import Question

SPARE_ROWS, MOST_CHOICES = 3, 60
# What belongs to some kinds only, and what it is for the others.
OF_KINDS = {
    "highest": ((Question.Kind.SCALE,), 5),
    "low_label": ((Question.Kind.SCALE,), ""),
    "high_label": ((Question.Kind.SCALE,), ""),
    "competence": (Question.SCORED, None),
    "lower_is_better": (Question.SCORED, False),
    "with_other": (Question.CHOICES, False),
}


def competences_of(school_id, *kept):
    """Those in use, and those that a row has already."""
    return Competence.objects.filter(Q(archived=False) | Q(pk__in=kept), school_id=school_id)


class EarlierQuestion(forms.ModelChoiceField):
    """Questions with their numbers, as they stand on the page."""

    numbers = {}

    def label_from_instance(self, obj):
        return f"{self.numbers.get(obj.pk, '')}. {Truncator(obj.text).chars(80)}"


class QuestionForm(RevisionMixin, forms.ModelForm):
    """`only_if` offers the closed questions before this one, `only_if_values` the answers of the one that is chosen."""

    only_if = EarlierQuestion(Question.objects.none(), label=_("Asked"), required=False, empty_label=_("always"))
    only_if_values = forms.TypedMultipleChoiceField(
        label=_("is one of"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Question
        fields = [
            "kind", "section", "text", "hint", "required", "highest", "low_label", "high_label", "competence",
            "lower_is_better", "with_other", "only_if", "only_if_values",
        ]  # fmt: skip
        widgets = {"text": forms.Textarea({"rows": 2, "maxlength": 500}), "kind": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        whole = self.instance.questionnaire
        self.fields["section"].queryset = whole.sections.all()
        self.fields["section"].required = True
        self.fields["section"].empty_label = None
        self.fields["competence"].queryset = competences_of(whole.school_id, self.instance.competence_id)
        self.fields["competence"].empty_label = _("not chosen")
        self.offer_conditions(whole)
        for name in ("highest", "low_label", "high_label"):
            self.fields[name].required = False
        self.offer_values()

    def offer_conditions(self, whole):
        """Closed questions that stand before this one; for a new one, those up to the end of its section."""
        numbered = dict(enumerate(questions_of(whole), 1))
        own = next((number for number, each in numbered.items() if each.pk == self.instance.pk), None)
        if own is None:
            last = self.instance.section.position
            own = 1 + sum(each.section is None or each.section.position <= last for each in numbered.values())
        closed = {n: each for n, each in numbered.items() if n < own and each.kind not in Question.TEXTS}
        self.before = {each.pk: each for each in closed.values()}
        self.fields["only_if"].numbers = {each.pk: number for number, each in closed.items()}
        self.fields["only_if"].queryset = whole.questions.filter(pk__in=self.before)
        if not self.before:
            del self.fields["only_if"], self.fields["only_if_values"]

    def offer_values(self):
        if not self.before:
            self.condition = None
            return
        chosen = self["only_if"].value()
        self.condition = self.before.get(int(chosen)) if str(chosen).isdecimal() and len(str(chosen)) < 18 else None
        self.fields["only_if_values"].choices = choices_of(self.condition) if self.condition else []
        if self.is_bound:  # answers of a question that was chosen before are no longer meant
            offered = {str(number) for number, _words in self.fields["only_if_values"].choices}
            name = self.add_prefix("only_if_values")
            self.data = self.data.copy()
            self.data.setlist(name, [each for each in self.data.getlist(name) if each in offered])

    def unjudged(self):
        """Shown again as it was typed, before the person is done: nothing is wrong yet."""
        self._errors = ErrorDict()
        return self

    def clean_highest(self):
        return self.cleaned_data["highest"] or 5

    def clean(self):
        super().clean()
        typed, kind = self.cleaned_data, self.cleaned_data.get("kind")
        for name, (kinds, otherwise) in OF_KINDS.items():
            if kind and kind not in kinds:
                typed[name] = otherwise
        if "only_if" in self.fields:
            self.clean_condition(typed)

    def clean_condition(self, typed):
        if not typed.get("only_if"):
            typed["only_if_values"] = []
        elif not typed.get("only_if_values") and "only_if_values" not in self.errors:
            self.add_error("only_if_values", _("Tick the answers after which this question is asked."))


class ChoiceForm(forms.Form):
    """A row without words is no choice. `number` is the one that it had, so that conditions follow it."""

    number = forms.IntegerField(required=False, min_value=1, max_value=MOST_CHOICES, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Choice"), max_length=200, required=False)
    competence = forms.ChoiceField(label=_("Competence"), required=False)


class ChoiceRows(forms.BaseFormSet):
    """Rows of choices. What the person asked for by a button, another row or another order, is shown and not saved yet."""

    def __init__(self, data=None, *, question, **kwargs):
        given = list(question.choices.all()) if question.pk else []
        kept = [each.competence_id for each in given if each.competence_id]
        found = competences_of(question.questionnaire.school_id, *kept)
        self.competences = {str(each.pk): each for each in found}
        rows = [{"number": each.number, "text": each.text, "competence": each.competence_id} for each in given]
        super().__init__(data, prefix="choices", initial=rows, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.empty_permitted = False
        form.fields["competence"].choices = [("", _("no competence")), *self.competences.items()]

    def asked_for(self, posted):
        """The same rows as the pressed button wants them: `more` adds some, `raise` moves one up."""
        data, total = self.data.copy(), self.total_form_count()
        if "more" in posted:
            data["choices-TOTAL_FORMS"] = str(min(total + SPARE_ROWS, MOST_CHOICES))
        place = posted.get("raise", "")
        if place.isdecimal() and len(place) < 4 and 0 < int(place) < total:
            for name in ("number", "text", "competence"):
                one, other = f"choices-{int(place) - 1}-{name}", f"choices-{int(place)}-{name}"
                data[one], data[other] = data.get(other, ""), data.get(one, "")
        self.data = data
        self.__dict__.pop("forms", None)
        self.__dict__.pop("management_form", None)

    def rows(self):
        """[{"number", "text", "competence"}] of those with words, of a valid set; a number that comes twice counts once."""
        found, seen = [], set()
        for typed in (form.cleaned_data for form in self.forms):
            if not typed.get("text"):
                continue
            number = typed.get("number")
            competence = self.competences.get(typed.get("competence"))
            found.append(
                {"number": None if number in seen else number, "text": typed["text"], "competence": competence}
            )
            seen.add(number)
        return found

    def clean(self):
        if self.data.get("kind") not in Question.CHOICES:
            return
        texts = [row["text"].casefold() for row in self.rows()]
        if len(texts) != len(set(texts)):
            raise ValidationError(_("Two choices have the same words."))


ChoiceSet = forms.formset_factory(
    ChoiceForm, formset=ChoiceRows, extra=SPARE_ROWS, max_num=MOST_CHOICES, absolute_max=MOST_CHOICES
)
