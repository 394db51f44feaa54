"""A photo is drawn anew before it is kept: at most so large, without the camera's notes on place, day and person.

What else a file may have carried behind its picture is left behind with it. Pillow is loaded with the first photo.
"""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from papers import guard

LONGEST = 1600  # pixels of the longer side
PIXELS = 50_000_000  # a picture of more is refused before it is unpacked
FORMATS = {guard.JPEG: "JPEG", guard.PNG: "PNG", guard.WEBP: "WEBP"}


def is_photo(content_type):
    return content_type in FORMATS


def redrawn(upload):
    """The photo (an upload whose `content_type` the guard has told) as a new file of its kind. Raises guard.Refused."""
    from PIL import Image, ImageOps

    upload.seek(0)
    try:
        with Image.open(upload, formats=[FORMATS[upload.content_type]]) as picture:
            if picture.width * picture.height > PIXELS:
                raise guard.Refused(_("The photo is too large when opened. Make it smaller."))
            picture.draft("RGB", (LONGEST, LONGEST))
            turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((LONGEST, LONGEST))
            content = saved(turned, FORMATS[upload.content_type])
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise guard.Refused(_("This photo cannot be opened. Save it again as JPEG and send that.")) from None
    return SimpleUploadedFile(upload.name, content, upload.content_type)


def saved(picture, kind):
    """The bytes of the picture alone: nothing of what the file said besides is written."""
    out = BytesIO()
    mode = "RGBA" if kind != "JPEG" and ("A" in picture.mode or "transparency" in picture.info) else "RGB"
    bare = picture.convert(mode)
    bare.info = {}
    bare.save(out, kind, **({"quality": 85, "optimize": True} if kind != "PNG" else {"optimize": True}))
    return out.getvalue()
