"""Forms shared by all rooms, and those of people and years."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """The reason given with a step; checked like any other text."""

    comment = forms.CharField(label=_("Comment"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))


class RevisionMixin:
    """Carries the revision that was seen, so that a second tab cannot overwrite in silence (see journal.save)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=self.instance.revision
        )
