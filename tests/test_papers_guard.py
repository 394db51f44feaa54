"""The guard looks into a file before anything opens it."""

import zipfile
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook

from papers import guard
from papers.fields import UploadField

TYPES = b"<Types/>"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def workbook(rows=(("ФИО",), ("Ёлкин",))):
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def package(parts, **kwargs):
    """A zip with these parts and what makes it an .xlsx by its names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **kwargs) as archive:
        for name, content in {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>", **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


def refusal(content, check=guard.check_xlsx):
    with pytest.raises(guard.Refused) as refused:
        check(BytesIO(content))
    return str(refused.value)


def test_an_ordinary_workbook_passes_and_stands_at_its_start():
    file = BytesIO(workbook())
    assert (guard.check_xlsx(file), file.tell()) == (None, 0)


def test_a_workbook_with_links_to_mail_addresses_passes():
    book, out = Workbook(), BytesIO()
    book.active["A1"].hyperlink = "mailto:teacher@school.example"
    book.save(out)
    assert guard.check_xlsx(BytesIO(out.getvalue())) is None


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "The file is empty."),
        (guard.OLE + b"0" * 600, "old Excel file"),
        (b"%PDF-1.7", "not an Excel table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not an Excel table"),
        (b"PK\x03\x04" + b"0" * 600, "damaged"),
        (workbook()[:-200], "damaged"),
        (package({"a.xml": b"<a/>"}).replace(b"xl/workbook.xml", b"xl/wordbook.xml"), "no Excel table"),
        (package({f"p{n}.xml": b"<a/>" for n in range(199)}), "too many parts"),
        (package({f"p{n}.xml": b"<a/>" for n in range(400)}), "too many parts"),
        (package({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 30 * guard.MIB}), "far too large"),
        (package({"../evil.xml": b"<a/>"}), "damaged"),
        (package({"/etc/evil.xml": b"<a/>"}), "damaged"),
        (package({"xl/vbaProject.bin": b"1"}), "macros"),
        (
            package({"[Content_Types].xml": b'<Types><Override ContentType="x.sheet.macroEnabled.main+xml"/></Types>'}),
            "macros",
        ),
        (package({"xl/externalLinks/externalLink1.xml": b"<a/>"}), "other files"),
        (package({"xl/connections.xml": b"<a/>"}), "other files"),
        (package({"xl/embeddings/oleObject1.bin": b"1"}), "embedded"),
        (package({"xl/a.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged"),
        (package({"xl/a.xml": b'<?xml version="1.0"?><!--' + b"x" * 200_000 + b"--><!DOCTYPE a><a/>"}), "damaged"),
        (package({"xl/a.bin": '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")}), "damaged"),
        (package({"xl/a.xml": b"no xml at all"}), "damaged"),
    ],
)
def test_what_is_dangerous_or_no_table_is_refused_with_a_sentence(content, words):
    assert words in refusal(content)


def test_many_parts_too_small_to_be_bombs_are_refused_by_their_sum():
    part = b" " * (guard.BIG_PART - 1)
    assert "far too large" in refusal(package({f"xl/media/{n}.bin": part for n in range(101)}))
    assert guard.check_xlsx(BytesIO(package({f"xl/media/{n}.bin": part for n in range(99)}))) is None


def test_too_many_parts_are_seen_before_their_list_is_read():
    with pytest.raises(guard.Refused, match="too many parts"):
        guard.refuse_many_parts(BytesIO(b"PK\x01\x02" * 251))


def test_a_size_that_lies_is_damage_not_memory():
    content = package({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 5 * guard.MIB + b"</a>"}, compresslevel=1)
    true, false = (5 * guard.MIB + 7).to_bytes(4, "little"), (100).to_bytes(4, "little")
    lying = content.replace(true, false)
    assert lying != content
    assert "damaged" in refusal(lying)


def test_more_than_ten_mebibytes_are_refused():
    assert (
        refusal(b"PK\x03\x04" + b"0" * 10 * guard.MIB) == "The file is larger than 10 MB. Make it smaller or divide it."
    )


def test_a_file_with_a_password_is_refused():
    content = bytearray(package({}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "password" in refusal(bytes(content))


def presentation(slides):
    """More parts than a table may have: nobody opens it here."""
    parts = {f"ppt/slides/slide{n}.xml": b"<a/>" for n in range(slides)}
    return package(parts | {"ppt/presentation.xml": b"<a/>"}).replace(b"xl/workbook", b"xl/workbooc")


@pytest.mark.parametrize(
    "content, kind",
    [
        (b"%PDF-1.7 ...", guard.PDF),
        (PNG, guard.PNG),
        (b"\xff\xd8\xff\xe0...", guard.JPEG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", guard.WEBP),
        (workbook(), guard.XLSX),
        (package({"word/document.xml": b"<a/>"}), guard.DOCX),
        (presentation(slides=300), guard.PPTX),
        (
            package({"mimetype": b"application/vnd.oasis.opendocument.text"}).replace(b"xl/workbook", b"xl/workbooc"),
            guard.ODT,
        ),
    ],
)
def test_the_kind_of_an_upload_is_told_from_its_content(content, kind):
    file = BytesIO(content)
    assert (guard.check_upload(file), file.tell()) == (kind, 0)


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "Files of this kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "Files of this kind"),
        (b"<!-- %PDF- --><script>", "Files of this kind"),
        (guard.OLE + b"0" * 100, "old Word or Excel"),
        (b"\x00\x00\x00\x18ftypheic", "JPEG"),
        (package({"a.txt": b"1"}).replace(b"xl/workbook.xml", b"xl/workboox.xml"), "Files of this kind"),
        (package({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"1"}), "macros"),
        (package({"word/document.xml": b" " * 30 * guard.MIB}), "far too large"),
        (b"PK\x03\x04 nothing", "damaged"),
    ],
)
def test_other_uploads_are_refused_with_a_sentence(content, words):
    assert words in refusal(content, guard.check_upload)


class ProofForm(forms.Form):
    proof = UploadField()


def test_the_field_puts_the_true_kind_on_the_file():
    file = SimpleUploadedFile("scan.exe", PNG, content_type="text/html")
    form = ProofForm({}, {"proof": file})
    assert form.is_valid()
    assert form.cleaned_data["proof"].content_type == guard.PNG


def test_the_field_says_why_a_file_is_not_taken():
    form = ProofForm({}, {"proof": SimpleUploadedFile("a.pdf", b"MZ")})
    assert form.errors == {
        "proof": ["Files of this kind are not taken. Send PDF, JPEG, PNG, WebP, .docx, .xlsx, .pptx or .odt."]
    }
    assert ProofForm({}, {}).errors == {"proof": ["Choose a file."]}


def test_every_refusal_has_its_russian_sentence():
    with translation.override("ru"):
        assert refusal(b"") == "Файл пустой."
