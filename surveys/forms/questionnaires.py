"""The words of a questionnaire, the filter of their list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import RevisionMixin
from pairs.audience import Audience
from pairs.models import Group
from surveys.models import Questionnaire, Section
from surveys.models.questionnaires import State


class GroupField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj} ({obj.year})"


class QuestionnaireForm(RevisionMixin, forms.ModelForm):
    group = GroupField(Group.objects.none(), label=_("Group of pairs"), required=False, empty_label=_("not chosen"))

    class Meta:
        model = Questionnaire
        fields = ["title", "purpose", "audience", "group", "intro", "minutes", "anonymous", "mentor_reads_texts"]
        widgets = {"intro": forms.Textarea({"rows": 4})}
        help_texts = {"intro": _("Stands above the questions: what it is for and what becomes of the answers")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # «Все пары» is everybody: a group of its own is what has its own questionnaire.
        rows = Group.objects.filter(year__school_id=self.instance.school_id, holds_all=False)
        self.fields["group"].queryset = rows.select_related("year").order_by("-year__first_year", "name")
        if not rows.exists():
            self.fields["audience"].choices = [pair for pair in Audience.choices if pair[0] != Audience.GROUP]

    def clean(self):
        super().clean()
        typed = self.cleaned_data
        if typed.get("audience") == Audience.GROUP:
            if not typed.get("group") and "group" not in self.errors:
                self.add_error("group", _("Name the group."))
        else:
            typed["group"] = None
        if typed.get("anonymous") and typed.get("purpose") in Questionnaire.DIAGNOSTIC:
            self.add_error("anonymous", _("Diagnostics feed the roadmap: they are named."))


class SectionForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Section
        fields = ["title", "hint"]
        help_texts = {"hint": _("One line under the heading: how to answer what follows")}


class QuestionnaireFilter(forms.Form):
    """`?purpose=&audience=&state=`; a value that is not one is left out."""

    purpose = forms.ChoiceField(
        label=_("What it is for"), required=False, choices=[("", _("All")), *Questionnaire.Purpose.choices]
    )
    audience = forms.ChoiceField(label=_("For whom"), required=False, choices=[("", _("All")), *Audience.choices])
    state = forms.ChoiceField(required=False, choices=[("", ""), *State.choices], widget=forms.HiddenInput)
