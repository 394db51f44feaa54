"""Forms of the analysis of entry questionnaires."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from accounts.models import Participation
from surveys.models import Analysis, Note, Support, Thresholds

IN_FUTURE = _("This day is still ahead: write down what has happened.")


class AnalysisFilter(forms.Form):
    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    side = forms.ChoiceField(
        label=_("Role in the year"), choices=[("", _("All")), *Participation.Side.choices], required=False
    )


class FirstOrNextMixin(RevisionMixin):
    """For what is there once or not at all: who began it in another window meanwhile is not overwritten either."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.revision = 1  # the page of nothing yet carries 0


class InterviewMixin:
    """The two dates are days of facts; an interview leaves a conclusion."""

    def clean_interviewed_on(self):
        return not_ahead(self.cleaned_data["interviewed_on"])

    def clean_analysed_on(self):
        return not_ahead(self.cleaned_data["analysed_on"])

    def clean(self):
        data = super().clean()
        held, words = data.get("interviewed_on"), (data.get("conclusion") or "").strip()
        if held and not words:
            self.add_error("conclusion", _("Write the conclusion: what was agreed, what is needed."))
        if words and not held and "interviewed_on" not in self.errors:
            self.add_error("interviewed_on", _("Give the day of the interview."))
        return data


def not_ahead(day):
    if day and day > today():
        raise forms.ValidationError(IN_FUTURE)
    return day


class AnalysisForm(InterviewMixin, FirstOrNextMixin, forms.ModelForm):
    class Meta:
        model = Analysis
        fields = ["interviewed_on", "conclusion", "analysed_on"]
        widgets = {
            "interviewed_on": DateInput,
            "analysed_on": DateInput,
            "conclusion": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "conclusion": _("Read by the curator; the person sees it on “What is kept about me”"),
            "analysed_on": _("Fill it in when the answers are read and requests or offers are set"),
        }

    def clean_analysed_on(self):
        day = super().clean_analysed_on()
        if day and self.instance.response is None:
            raise forms.ValidationError(_("The entry questionnaire has not been received yet."))
        if day and day < self.instance.response.submitted_on:
            raise forms.ValidationError(_("The questionnaire came later than that."))
        return day


class InterviewForm(InterviewMixin, forms.Form):
    """One line of the list of interviews: left empty it says nothing."""

    interviewed_on = forms.DateField(label=_("Day of the interview"), required=False, widget=DateInput)
    conclusion = forms.CharField(
        label=_("Conclusion"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    @property
    def is_filled(self):
        return bool(self.cleaned_data.get("interviewed_on"))


class ThresholdsForm(FirstOrNextMixin, forms.ModelForm):
    class Meta:
        model = Thresholds
        fields = ["weak_up_to", "strong_from"]
        help_texts = {
            "weak_up_to": _("Of 1 to 5; usual is 2.8"),
            "strong_from": _("Of 1 to 5; usual is 4"),
        }


class NoteForm(FirstOrNextMixin, forms.ModelForm):
    class Meta:
        model = Note
        fields = ["conclusions", "proposals"]
        widgets = {"conclusions": forms.Textarea({"rows": 7}), "proposals": forms.Textarea({"rows": 7})}
        help_texts = {
            "conclusions": _("Stands in the note after the figures; no answers of single people here"),
            "proposals": _("Trainings, changes of pairs, materials: one a line"),
        }


class MaterialForm(forms.ModelForm):
    """A material accepted against a weak competence: by its title and address, whatever room keeps it."""

    class Meta:
        model = Support
        fields = ["material", "address"]
        help_texts = {"address": _("A page of this portal or of another site: copy it from the address line")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["material"].required = self.fields["address"].required = True

    def clean_address(self):
        """Only what a link may lead to: no script, no other program."""
        address = self.cleaned_data["address"].strip()
        is_own = address.startswith("/") and not address.startswith("//") and "\\" not in address
        if not is_own:
            URLValidator(["http", "https"])(address)
        return address
