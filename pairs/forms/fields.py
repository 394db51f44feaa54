"""Small fields that several forms of pairs use."""

from django import forms

from accounts.forms import DateInput


def day_field(**kwargs):
    """A date that the browser shows with its own calendar."""
    return forms.DateField(widget=DateInput(), **kwargs)


def several_lines(rows=3):
    return forms.Textarea(attrs={"rows": rows})
