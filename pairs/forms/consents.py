"""Forms of consents and their texts."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput
from accounts.models import Consent, ConsentText, Participation
from pairs.consent_text import unknown_places
from pairs.consents import KINDS, SHORT, State
from papers.fields import UploadField

EARLIEST = datetime.date(2000, 1, 1)


class PastDayField(forms.DateField):
    """The day of a fact: not one that is still to come."""

    widget = DateInput

    def validate(self, value):
        super().validate(value)
        if value and value > today():
            raise ValidationError(_("This day has not come yet."))
        if value and value < EARLIEST:
            raise ValidationError(_("Check the year of the date."))


class ConsentFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    side = forms.ChoiceField(label=_("Who"), required=False, choices=[("", _("All")), *Participation.Side.choices])
    kind = forms.ChoiceField(
        label=_("Consent"), required=False, choices=[("", _("All")), *((kind, SHORT[kind]) for kind in KINDS)]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), ("lacking", _("Missing or withdrawn")), *State.choices],
    )  # fmt: skip


class TextField(forms.ModelChoiceField):
    def label_from_instance(self, text):
        day = date_format(text.since, "SHORT_DATE_FORMAT")
        words = _("%(kind)s: version %(number)d of %(day)s")
        return words % {"kind": SHORT[text.kind], "number": text.number, "day": day}


class ConsentForm(forms.Form):
    """The signed sheet of one person."""

    kind = forms.ChoiceField(label=_("Consent"), choices=Consent.Kind.choices)
    given_on = PastDayField(label=_("Signed on"))
    text = TextField(
        ConsentText.objects.none(), label=_("Version of the text"), required=False, empty_label=_("The one of that day"),
        help_text=_("Stands at the foot of the printed sheet"),
    )  # fmt: skip
    text_version = forms.CharField(
        label=_("Or other wording"), max_length=60, required=False,
        help_text=_("If the sheet was not printed here: its name, date or version"),
    )  # fmt: skip
    scan = UploadField(label=_("Photo or scan of the signed sheet"), required=False)

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].queryset = ConsentText.objects.filter(school=school)

    def clean(self):
        data = super().clean()
        kind, text = data.get("kind"), data.get("text")
        if text and kind and text.kind != kind:
            self.add_error("text", _("This is the text of another consent."))
        elif kind and not text and not data.get("text_version") and data.get("given_on"):
            data["text"] = self.fields["text"].queryset.filter(kind=kind).on(data["given_on"])
        return data


class ManyConsentsForm(forms.Form):
    """Signed sheets of many people: which, of what day, and one scan for all of them."""

    given_on = PastDayField(label=_("Signed on"))
    scan = UploadField(
        label=_("Photo or scan, one for all"), required=False,
        help_text=_("PDF, photo or scan (JPEG, PNG, WebP), .docx, .xlsx or .odt, up to 20 MB."),
    )  # fmt: skip
    give = forms.MultipleChoiceField(
        error_messages={
            "required": _("Tick at least one consent."),
            "invalid_choice": _("Some of what was ticked is recorded already or is not in this list: look again."),
        }
    )

    def __init__(self, *args, offered, **kwargs):
        """`offered`: {key: line}"""
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["give"].choices = [(key, key) for key in offered]

    def chosen(self):
        """[(person, kind)]"""
        return [(self.offered[key].person, self.offered[key].kind) for key in self.cleaned_data["give"]]

    @property
    def ticked(self):
        return set(self.data.getlist("give")) if self.is_bound else set()


class ConsentTextForm(forms.Form):
    """The next version of a text; `seen` is the version that was open."""

    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea({"rows": 18}))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_text(self):
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if unknown := unknown_places(text):
            raise ValidationError(
                _("The portal does not know what to put here: %(places)s")
                % {"places": ", ".join(f"{{{place}}}" for place in unknown)}
            )
        return text


class OnScreenForm(forms.Form):
    """The person agrees: a tick and a button; `seen` is the version that the page shows."""

    agree = forms.BooleanField(
        label=_("I have read the text and agree"),
        error_messages={"required": _("Tick that you agree, or leave the page.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class WithdrawForm(forms.Form):
    withdrawn_on = PastDayField(label=_("Withdrawn on"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args, consent, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent = consent
        if consent.person_id == by.pk:  # one's own word works at once
            del self.fields["withdrawn_on"]
            self.fields["reason"].help_text = _("You need not give one")
        else:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _("For instance: a written statement of 12 November")

    def clean_withdrawn_on(self):
        day = self.cleaned_data["withdrawn_on"]
        if day < self.consent.given_on:
            raise ValidationError(_("The end cannot be before the beginning."))
        return day
