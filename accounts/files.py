"""Scans and proofs: kept under a random name, sent only by views that found the object which carries them."""

import hashlib

from django.http import Http404

from accounts.models import StoredFile
from papers.download import attachment


def store(upload, *, by):
    """Keep a file that `papers.fields.UploadField` has looked into; one digest per content. None for no file."""
    if not upload:
        return None
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return StoredFile.objects.create(
        school=by.school,
        file=upload,
        name=upload.name[-255:],
        content_type=upload.content_type,
        size=upload.size,
        digest=digest.hexdigest(),
        uploaded_by=by,
    )


def send(stored):
    """The file as a download. 404 for an object that carries none, or a file that is no longer on the disk."""
    if stored is None:
        raise Http404("no file")
    try:
        with stored.file.open("rb") as content:
            return attachment(content.read(), stored.name, stored.content_type)
    except FileNotFoundError:
        raise Http404("the file is gone") from None
