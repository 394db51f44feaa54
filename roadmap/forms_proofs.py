"""Forms of proofs, and of what was done before the portal was used."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput
from papers.fields import UploadField
from roadmap.models import Proof


class ProofForm(forms.ModelForm):
    """A file, a link or a note; its kind follows from what is given."""

    upload = UploadField(label=_("File"), required=False)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    field_order = ["title", "dated", "upload", "link", "note"]

    class Meta:
        model = Proof
        fields = ["title", "dated", "link", "note"]
        widgets = {"dated": DateInput, "note": forms.Textarea({"rows": 3})}
        help_texts = {
            "title": _("As the paper is called: «Order № 45 on the pairs»"),
            "note": _("Where the paper is kept, or what was decided"),
        }

    def clean_dated(self):
        dated = self.cleaned_data["dated"]
        if dated and dated > today():
            raise forms.ValidationError(_("The document cannot be of a later day than today."))
        return dated

    def clean(self):
        data = super().clean()
        given = [kind for kind, name in KINDS if data.get(name)]
        if not given and not any(name in self.errors for _kind, name in KINDS):
            raise forms.ValidationError(_("Add a file, a link or a note."))
        self.instance.kind = given[0] if given else ""
        return data


KINDS = ((Proof.Kind.FILE, "upload"), (Proof.Kind.LINK, "link"), (Proof.Kind.NOTE, "note"))


class DoneBeforeForm(forms.Form):
    """One line of «выполнено до начала работы в портале»: the tick, the paper and its date."""

    done = forms.BooleanField(label=_("Done"), required=False)
    paper = forms.CharField(label=_("Paper"), max_length=300, required=False)
    dated = forms.DateField(label=_("Date of the paper"), required=False, widget=DateInput)

    def clean(self):
        data = super().clean()
        if not data.get("done"):
            return data
        if not data.get("paper"):
            self.add_error("paper", _("Write which paper shows it."))
        if "dated" not in self.errors and not data.get("dated"):
            self.add_error("dated", _("Write the date of the paper."))
        if data.get("dated") and data["dated"] > today():
            self.add_error("dated", _("The document cannot be of a later day than today."))
        return data

    @property
    def is_done(self):
        return self.cleaned_data["done"]
