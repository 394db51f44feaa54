"""Talks of a council."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import RevisionMixin
from events.models import Talk
from pairs.models import Pair


class TalkForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Talk
        fields = ["pair", "topic", "speaker"]
        widgets = {"speaker": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        event = self.instance.event
        pairs = Pair.objects.filter(year=event.year).fixed_by(event.on).with_people()
        others = event.talks.exclude(pk=self.instance.pk).values("pair_id")
        self.fields["pair"].queryset = pairs.exclude(pk__in=others)
        self.fields["pair"].empty_label = _("choose a pair")
