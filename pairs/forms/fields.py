"""Small fields that several forms of pairs use."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import DateInput
from accounts.text import number_in


def day_field(**kwargs):
    """A date that the browser shows with its own calendar."""
    return forms.DateField(widget=DateInput(), **kwargs)


def several_lines(rows=3):
    return forms.Textarea(attrs={"rows": rows})


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows of a list, ticked one by one; a number that fits no key is no row instead of a database error."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        if isinstance(value, list | tuple):
            for key in value:
                if not number_in(str(key)):
                    raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        return super().clean(value)
