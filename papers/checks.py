"""Says at start that PDF cannot be made, without loading the heavy library for it."""

import ctypes
from contextlib import suppress

from django.core.checks import Warning, register

PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "libpangoft2-1.0-0")


def pango_is_there(names=PANGO):
    for name in names:
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False


@register()
def pdf_can_be_made(app_configs, **kwargs):
    if pango_is_there():
        return []
    hint = "Install Pango (Debian: apt-get install libpangoft2-1.0-0). Until then pages and Excel work, PDF does not."
    return [Warning("PDF files cannot be made: the Pango library is missing.", hint=hint, id="papers.W001")]
