"""How an attachment is kept and sent: photos drawn anew and shown, everything else only as a download."""

from django.http import Http404, HttpResponse

from accounts import files
from papers import photo
from publications.models import Attachment


def kind_of(upload):
    return Attachment.Kind.PHOTO if photo.is_photo(upload.content_type) else Attachment.Kind.DOCUMENT


def send(attachment, cache="no-store"):
    """A photo for the page, any other file as a download. What was stored as a photo is sent as nothing else."""
    stored = attachment.file
    if not (attachment.is_photo and photo.is_photo(stored.content_type)):
        answer = files.send(stored)
        answer["Cache-Control"] = cache
        return answer
    try:
        with stored.file.open("rb") as content:
            answer = HttpResponse(content.read(), content_type=stored.content_type)
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = cache
    return answer
