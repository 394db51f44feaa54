"""Photos and documents of a publication."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pairs.forms.fields import SeveralField
from papers import guard, photo
from papers.fields import UploadField
from publications.models import Attachment

PEOPLE_HELP = _("Strangers see the photo only while each of them agrees to publication")


class MaterialFileField(UploadField):
    """A photo comes out of it drawn anew: smaller, without the camera's notes, and nothing but a picture."""

    def to_python(self, data):
        file = super().to_python(data)
        if file is None or not photo.is_photo(file.content_type):
            return file
        try:
            return photo.redrawn(file)
        except guard.Refused as refused:
            raise ValidationError(str(refused), code="refused") from None


class CaptionForm(forms.ModelForm):
    people = SeveralField(User.objects.none(), label=_("Who is in the photo"), required=False, help_text=PEOPLE_HELP)

    class Meta:
        model = Attachment
        fields = ["caption"]
        help_texts = {"caption": _("What is seen in the photo, or what the document is called")}

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        if self.instance.pk:
            self.fields["people"].initial = [shown.person_id for shown in self.instance.shown.all()]
        if people.query.is_empty() or (self.instance.pk and not self.instance.is_photo):
            del self.fields["people"]


class AttachmentForm(CaptionForm):
    upload = MaterialFileField(label=_("File"))
    field_order = ["upload", "caption", "people"]
