"""How a file leaves the portal: as an attachment, never shown inside it, never kept by a cache."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header


def attachment(content, filename, content_type):
    """`filename` may be Russian: it is sent as RFC 5987 asks; what a file system refuses becomes a space."""
    clean = " ".join("".join(" " if c in '/\\:*?"<>|' or not c.isprintable() else c for c in filename).split())
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, clean or "file")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def not_made(title, reason, advice):
    """The page that stands instead of a file that cannot be made; 409, because asking again does not help."""
    page = render_to_string("papers/not_made.html", {"title": title, "reason": reason, "advice": advice})
    return HttpResponse(page, status=409, headers={"Cache-Control": "no-store"})
