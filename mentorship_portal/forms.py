"""Forms of acts that touch several rooms."""

from django import forms
from django.forms import inlineformset_factory
from django.utils.translation import gettext_lazy as _

from accounts.forms import PeriodForm
from accounts.models import DiagnosticPeriod, SchoolYear

PeriodFormSet = inlineformset_factory(
    SchoolYear, DiagnosticPeriod, PeriodForm, extra=0, can_delete=False, max_num=4, absolute_max=4
)


class NewYearForm(forms.Form):
    first_year = forms.IntegerField(label=_("The year begins on 1 September of"), min_value=2000, max_value=2100)
