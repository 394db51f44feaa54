"""One tap: who was there."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.models import Attendance


class MarkForm(forms.Form):
    mark = forms.ChoiceField(choices=Attendance.Mark.choices)
    reason = forms.CharField(max_length=300, required=False)

    def clean(self):
        data = super().clean()
        if data.get("mark") != Attendance.Mark.EXCUSED:
            data["reason"] = ""
        elif not data.get("reason", "").strip():
            raise ValidationError(_("Write why the person was absent."))
        return data
