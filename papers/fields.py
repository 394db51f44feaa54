from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from papers import guard


class UploadField(forms.FileField):
    """A proof or a scan: its kind is told from its content, put on the file as `content_type`. Stores nothing."""

    default_error_messages = {"missing": _("Choose a file."), "required": _("Choose a file.")}

    def __init__(self, *, max_length=200, **kwargs):
        kwargs.setdefault(
            "help_text", _("PDF, photo or scan (JPEG, PNG, WebP), .docx, .xlsx, .pptx or .odt, up to 20 MB.")
        )
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ",".join(guard.ENDINGS.values())}

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        try:
            file.content_type = guard.check_upload(file)
        except guard.Refused as refused:
            raise ValidationError(str(refused), code="refused") from None
        return file
