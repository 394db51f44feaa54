"""Forms of the waves."""

from django import forms

from accounts.forms import DateInput, RevisionMixin
from surveys.models import Wave


class WaveForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Wave
        fields = ["opens_on", "closes_on"]
        widgets = {"opens_on": DateInput, "closes_on": DateInput}
