"""Looks at a file before anything opens it; what is refused is refused with a sentence that says what to do."""

import re
import zipfile
from contextlib import contextmanager
from xml.parsers import expat
from zlib import error as ZlibError

from django.utils.translation import gettext as _

MIB = 2**20
SHEET_LIMIT, UPLOAD_LIMIT = 10 * MIB, 20 * MIB
PARTS, UNPACKED = 200, 100 * MIB
KEPT_PARTS = 2000  # of a file that is only kept and sent on: a presentation has hundreds
BIG_PART, RATIO = MIB, 200
CHUNK = 64 * 1024
BROKEN_ZIP = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    IndexError,
    ZlibError,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, .doc, and a new file with a password
MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|dialogsheets/|activex|/basic/|/scripts/", re.I)
OUTSIDE = re.compile(r"externallinks/|xl/connections\.xml|querytables/|webextensions/", re.I)
EMBEDDED = re.compile(r"/embeddings/|oleobject", re.I)

PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ENDINGS = {
    PDF: ".pdf", PNG: ".png", JPEG: ".jpg", WEBP: ".webp", DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx", ODT: ".odt",
}  # fmt: skip


class Refused(Exception):
    """The file is not taken; `str()` of it is a translated sentence for the person who sent it."""


def check_xlsx(file):
    """Return quietly if `file` (seekable, binary) is an .xlsx that may be opened, else raise Refused."""
    refuse_size(file, SHEET_LIMIT)
    head = start(file)
    if head.startswith(OLE):
        raise Refused(
            _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")
        )
    if not head.startswith(b"PK\x03\x04"):
        raise Refused(_("This is not an Excel table. Save the table as .xlsx and try again."))
    with opened(file) as archive:
        refuse_unsafe_package(archive)
        if "xl/workbook.xml" not in archive.namelist():
            raise Refused(_("There is no Excel table in this file. Save the table as .xlsx and try again."))
        refuse_foreign_parts(archive)
        refuse_doctype(archive)
    file.seek(0)


def check_upload(file):
    """The content type of a proof or a scan, told from its content (never from its name); else raise Refused."""
    refuse_size(file, UPLOAD_LIMIT)
    head = start(file, 1024)
    kind = plain_kind(head) or (office_kind(file) if head.startswith(b"PK\x03\x04") else None)
    if not kind:
        raise Refused(what_to_do_instead(head))
    file.seek(0)
    return kind


def plain_kind(head):
    if head.lstrip(b"\xef\xbb\xbf \r\n\t\0").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return None


def office_kind(file):
    with opened(file, KEPT_PARTS) as archive:
        refuse_unsafe_package(archive, KEPT_PARTS)
        refuse_macros(archive)
        names = set(archive.namelist())
        for part, kind in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX)):
            if part in names:
                return kind
        return ODT if odt_says(archive, names) == ODT.encode() else None


def odt_says(archive, names):
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 100:
        return b""
    return archive.read("mimetype").strip()


def what_to_do_instead(head):
    if head.startswith(OLE):
        return _("This is an old Word or Excel file, or one with a password. Save it as .docx, .xlsx or PDF.")
    if head[4:8] == b"ftyp":
        return _("This is a photo or a video that not every computer opens (HEIC). Send a JPEG.")
    return _("Files of this kind are not taken. Send PDF, JPEG, PNG, WebP, .docx, .xlsx, .pptx or .odt.")


def refuse_size(file, limit):
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not size:
        raise Refused(_("The file is empty."))
    if size > limit:
        raise Refused(
            _("The file is larger than %(limit)s MB. Make it smaller or divide it.") % {"limit": limit // MIB}
        )


def start(file, length=8):
    head = file.read(length)
    file.seek(0)
    return head


@contextmanager
def opened(file, parts=PARTS):
    """The zip archive; its parts are counted before its list is read, and any damage becomes a Refused."""
    try:
        refuse_many_parts(file, parts)
        with zipfile.ZipFile(file) as archive:
            yield archive
    except BROKEN_ZIP:
        raise Refused(damaged()) from None


def refuse_many_parts(file, parts=PARTS):
    """Each part costs memory once the list is read, and 10 MiB can name 200,000 of them."""
    file.seek(0)
    content = iter(lambda: file.read(MIB), b"")
    if sum(chunk.count(b"PK\x01\x02") for chunk in content) > parts + 50:
        raise Refused(too_many_parts())
    file.seek(0)


def too_many_parts():
    return _("There are too many parts in this file. Copy the table into a new .xlsx file.")


def damaged():
    return _("The file is damaged. Open it in your office program, save it again and send that.")


def refuse_unsafe_package(archive, most=PARTS):
    """Bounds that hold for what will be read: zipfile never unpacks more than the size that the list declares."""
    parts = archive.infolist()
    if len(parts) > most:
        raise Refused(too_many_parts())
    if sum(part.file_size for part in parts) > UNPACKED or any(is_bomb(part) for part in parts):
        raise Refused(_("The file is far too large when opened. Copy only the filled cells into a new file."))
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(leads_outside(name) for name in names):
        raise Refused(damaged())
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(_("The file is protected by a password. Save it without one."))


def is_bomb(part):
    return part.file_size > BIG_PART and part.file_size > RATIO * max(part.compress_size, 1)


def leads_outside(name):
    return ".." in name.replace("\\", "/").split("/") or name.startswith(("/", "\\")) or ":" in name


def refuse_foreign_parts(archive):
    refuse_macros(archive)
    names = archive.namelist()
    if any(OUTSIDE.search(name) for name in names):
        raise Refused(_("The table takes values from other files. Break these links (Data → Edit links) and save."))
    if any(EMBEDDED.search(name) for name in names):
        raise Refused(_("Other files are embedded in the table. Copy only the cells into a new .xlsx file."))


def refuse_macros(archive):
    names = archive.namelist()
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if any(MACROS.search(name) for name in names) or b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused(_("There are macros in this file. Save it without macros: as .xlsx or .docx."))


def refuse_doctype(archive):
    """A document type may define entities that grow without end; no office program writes one."""
    for part in archive.infolist():
        with archive.open(part) as stream:
            if has_doctype(stream):
                raise Refused(damaged())


class Seen(Exception):
    """Where the prolog of an XML part ended; True for a document type, False for the first element."""


def seen(answer):
    def stop(*args):
        raise Seen(answer)

    return stop


def has_doctype(stream):
    """Reads up to the first element: a document type stands before it, if at all. An unreadable prolog counts too."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = seen(True), seen(False)
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk)
    except Seen as end:
        return end.args[0]
    except expat.ExpatError:  # a picture is no XML; an XML part that hides its prolog is refused
        return is_xml(stream)
    return False


def is_xml(stream):
    return stream.name.lower().endswith((".xml", ".rels"))
