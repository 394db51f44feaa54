"""Small fields that several forms of pairs use."""

from django import forms


def day_field(**kwargs):
    """A date that the browser shows with its own calendar."""
    return forms.DateField(widget=day_input(), **kwargs)


def day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def several_lines(rows=3):
    return forms.Textarea(attrs={"rows": rows})
