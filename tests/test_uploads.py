"""Files that should never be sent, into every form that takes one: a sentence, what was typed kept, nothing stored."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access_acts import address, look, prepare
from tests.access_world import client_of, rows, undone
from tests.posting import form_to, typed
from tests.test_nasty import WITH_FORM, kept_on, sender

pytestmark = pytest.mark.django_db

TABLES = ("registry_import", "roadmap_import")
SENTENCE = re.compile(
    r'class="[^"]*(?:invalid-feedback|alert-danger|text-danger)[^"]*"[^>]*>(.*?)</(?:div|p|span|ul)>', re.S
)
OFFICE = "http://schemas.openxmlformats.org/"
MAIN, KINDS = OFFICE + "spreadsheetml/2006/main", "application/vnd.openxmlformats-officedocument.spreadsheetml."
LINKS, RELATIONS = OFFICE + "officeDocument/2006/relationships", OFFICE + "package/2006/relationships"
TYPES = (
    f'<Types xmlns="{OFFICE}package/2006/content-types"><Default Extension="xml" ContentType="{KINDS}worksheet+xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}sheet.main+xml"/></Types>'
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def link(kind, target):
    to = f'<Relationship Id="r1" Type="{LINKS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{RELATIONS}">{to}</Relationships>'


def book(*lines, filling=""):
    """An .xlsx with these lines of cells, written by hand: fast, and with what no office program would write."""
    cells = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line) for line in lines)
    sheet = "".join(f"<row>{row}</row>" for row in cells)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", link("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", link("worksheet", "worksheets/sheet1.xml"))
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>{filling}</worksheet>',
        )
    return out.getvalue()


def many_names():
    return [["ФИО"], *([f"Орлова Анна {n * 7919:x}"] for n in range(100_000))]


# file name -> content; what no form takes
NEVER = {
    "program.pdf": b"MZ\x90\x00" + b"\x00\xff" * 500,
    "page.html": b"<!doctype html><html><script>alert(1)</script></html>",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "empty.pdf": b"",
    "cut.xlsx": book(["ФИО"])[:200],
    "bomb.xlsx": book(["ФИО"], filling=f"<!--{' ' * 3 * 2**20}-->"),
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "big.pdf": b"%PDF-1.7 " + b"0" * (21 * 2**20),
}
# and what no table may be
NO_TABLE = {
    "rows.csv": "\n".join(row[0] for row in many_names()).encode(),
    "rows.xlsx": book(*many_names()),
    "columns.csv": "Столбец;Ещё один\n1;2\n".encode(),
    "wide.csv": (";".join(["ФИО", *map(str, range(99))]) + "\nОрлова Анна;1\n").encode(),
    "head.csv": "ФИО;Предмет\n".encode(),
    "blank.xlsx": book(),
    "scan.pdf": b"%PDF-1.7 scan",
}


def file_controls(world, name):
    page = look(world, sender(name), name).content.decode()
    form = form_to(page, address(name, world.own))
    return form, [control.name for control in form.files()] if form else []


def from_paper(world):
    type(world.own.meeting).objects.filter(pk=world.own.meeting.pk).update(from_paper=True)


def stored():
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def sent(world, name, file_name, content):
    """(the answer's page, names of typed words that it lost), with the file in the place of a good one."""
    form, controls = file_controls(world, name)
    words = typed(form)
    files = {control: SimpleUploadedFile(file_name, content, "application/pdf") for control in controls}
    answer = client_of(world.keys[sender(name)]).post(address(name, world.own), words | files)
    assert answer.status_code == 200, answer.status_code
    page = answer.content.decode()
    return page, kept_on(page, address(name, world.own), words, [key for key in words if words[key][0]])


def with_files():
    """Forms that take a file; the next test checks that none is missing."""
    return [
        "registry_import", "roadmap_import", "meeting_create", "meeting_edit", "meeting_hold", "plan_approve_paper",
        "plan_item_mark", "survey_paper", "roadmap_record", "proof_create", "attachment_create",
        "consent_create", "consent_record", "course_create", "course_claim", "nominee_edit",
    ]  # fmt: skip


def test_these_are_the_forms_that_take_a_file(world):
    with undone():
        from_paper(world)
        found = [name for name in WITH_FORM if prepared(world, name)[1]]
    assert sorted(found) == sorted(with_files())


def prepared(world, name):
    with undone():
        prepare(name, world)
        return file_controls(world, name)


CASES = [(name, file) for name in with_files() for file in NEVER] + [
    (name, file) for name in TABLES for file in NO_TABLE
]


@pytest.mark.parametrize(("name", "file"), CASES)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(world, name, file):
    with undone():
        from_paper(world)
        prepare(name, world)
        before, files = rows(), stored()
        page, lost = sent(world, name, file, (NEVER | NO_TABLE)[file])
        assert (lost, rows() == before, stored() == files) == ([], True, True)
    said = [re.sub(r"<[^>]+>|\s+", " ", sentence).strip() for sentence in SENTENCE.findall(page)]
    assert [sentence for sentence in said if re.match(r"[«А-ЯЁ].*[а-яё].*\.$", sentence)] != [], said


@pytest.mark.parametrize("name", TABLES)
def test_a_nul_written_as_excel_writes_it_breaks_nothing(world, name):
    line = ["1.1", "Создание_x0000_ базы", "до 02.09.2024"]
    lines = {
        "registry_import": [["ФИО", "Предмет"], ["Орлова_x0000_ Анна", "_x0000_"]],
        "roadmap_import": [["№", "Содержание", "Сроки"], ["1", "Организация", ""], line],
    }
    client = client_of(world.keys["curator"])
    with undone():
        prepare(name, world)
        file = SimpleUploadedFile("t.xlsx", book(*lines[name]))
        answer = client.post(address(name, world.own), {"file": file}, follow=True)
    assert answer.status_code == 200
