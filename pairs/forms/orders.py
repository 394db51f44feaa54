"""Forms of orders and of the consents they need."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import DateInput, RevisionMixin
from pairs.forms.fields import SeveralField
from pairs.models import Order, Pair


class PairsField(SeveralField):
    def label_from_instance(self, pair):
        return f"{pair.mentor.person.full_name} – {pair.mentee.person.full_name}"


class OrderForm(RevisionMixin, forms.ModelForm):
    pairs = PairsField(Pair.objects.none(), label=_("Draft pairs that the order fixes"))

    class Meta:
        model = Order
        fields = ["number", "signed_on", "in_force_from", "until", "basis", "pairs"]
        widgets = {"signed_on": DateInput, "in_force_from": DateInput, "until": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        drafts = Pair.objects.filter(year=self.instance.year, state=Pair.State.DRAFT).with_people()
        mine = drafts.filter(order=self.instance) if self.instance.pk else drafts.none()
        self.fields["pairs"].queryset = drafts.filter(order__isnull=True) | mine
        # Mostly one order fixes whatever is waiting: a new one begins with all of it.
        self.fields["pairs"].initial = mine if self.instance.pk else drafts.filter(order__isnull=True)
        self.fields["number"].help_text = _("May be written later, before signing")

    def clean(self):
        data = super().clean()
        year, day = self.instance.year, data.get("in_force_from")
        if day and not year.starts_on <= day <= year.ends_on:
            self.add_error("in_force_from", _("This day is outside the school year."))
        if day and data.get("until") and data["until"] < day:
            self.add_error("until", _("The end cannot be before the beginning."))
        return data

    def save(self, commit=True):
        order = super().save()
        Pair.objects.filter(order=order, state=Pair.State.DRAFT).update(order=None)
        chosen = [pair.pk for pair in self.cleaned_data["pairs"]]
        Pair.objects.filter(pk__in=chosen, state=Pair.State.DRAFT, order__isnull=True).update(order=order)
        return order


class OrderTextForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Order
        fields = ["text"]
        widgets = {"text": forms.Textarea({"rows": 22})}
