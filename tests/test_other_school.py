"""Nothing of another school is ever shown, sent or written; files leave only through views that ask who wants them.

Every text of the second school bears a mark. Whatever the people of the first one may open is read for it: pages,
searches, Excel files, papers, and every row that their acts write, letters and journal among them.
"""

import zipfile
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.conf import settings

from accounts.journal import school_of
from accounts.models import StoredFile
from tests import access_world
from tests.access_acts import PAGES, address, address_to, data_for, look, pages_of, prepare
from tests.access_world import addresses, client_of, has_mark, rows, undone
from tests.test_access import policy

pytestmark = pytest.mark.django_db

INSIDERS = ("curator", "admin", "head", "mentor", "mentee", "stranger")
# Filters of the lists, asked for what another school has, and for a word that people of both bear.
ASKED = (
    "q=петрова&subject=математика&mentor={mentor_part.pk}&pair={pair.pk}&person={curator.pk}&group={group.pk}"
    "&reason={reason.pk}&mentee={mentee_part.pk}&competence={competence.code}&section={section.pk}&next={order.pk}"
)
FILES = ("meeting_scan", "plan_scan", "plan_item_proof", "roadmap_scan", "proof_file", "nominee_file", "course_file")
MADE = ("order_pdf", "plan_pdf", "report_pdf", "report_xlsx", "registry_export", "registry_sample",
        "attendance_pdf", "attendance_xlsx", "attendance_blank", "event_ics")  # fmt: skip


def text_of(answer):
    """All that a person can read of an answer: the page, the parts of an Excel file, the name of a file."""
    content = answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return unquote(f"{answer.headers}\n{content.decode('utf-8', errors='replace')}")


def readable(name):
    return [person for person in INSIDERS if policy()[name][0][person] == "200"]


def shown_to(world, person, name):
    """(how it was asked, what this person reads), without the code that the question itself names."""
    client, url = client_of(world.keys[person]), address(name, world.own)
    asked = url + ("&" if "?" in url else "?") + ASKED.format(**vars(world.other))
    for question in (url, asked, asked + "&side=mentee"):
        yield question, text_of(client.get(question)).replace(world.other.competence.code, "")
    if policy()[name][1][person] != "no":
        yield "sent", text_of(client.post(url, {"sent": "1"}))


@pytest.mark.parametrize("name", [name for name in policy() if readable(name)])
def test_no_page_search_or_file_shows_another_school(world, name, paper_is_html):
    for person in readable(name):
        with undone():
            prepare(name, world)
            found = [question for question, text in shown_to(world, person, name) if has_mark(text)]
        assert (person, found) == (person, [])


@pytest.mark.parametrize("slug", ["registry", "roadmap", "diagnostics", "events", "trainings"])
@pytest.mark.parametrize("name", ["report_detail", "report_pdf", "report_xlsx"])
def test_no_report_shows_another_school(world, name, slug, paper_is_html):
    answer = client_of(world.keys["head"]).get(address_to(name, {"slug": slug}))
    assert answer.status_code == 200
    assert not has_mark(text_of(answer))


@pytest.mark.parametrize("name", [name for name, (_look, send) in policy().items() if "ok" in send.values()])
def test_no_act_writes_anything_of_another_school(world, name, paper_is_html):
    """Rows that were written or changed: letters, journal, copies, drafts."""
    person = next(person for person in (*INSIDERS, "anonymous") if policy()[name][1][person] == "ok")
    with undone():
        prepare(name, world)
        page = look(world, person, PAGES.get(name, name))
        data = data_for(name, world, pages_of({person: page}))[person]
        before = rows()
        client_of(world.keys[person]).post(address(name, world.own), data)
        written = [
            values for table, found in rows().items() for values in found.values() if values not in kept(before, table)
        ]
    assert written != []
    assert [values for values in written if has_mark(str(values))] == []


def kept(before, table):
    return list(before[table].values())


def test_the_reader_of_marks_finds_them_where_they_belong(world, paper_is_html):
    """The same walk, by the curator of the second school through their own addresses."""
    found = []
    for name in policy():
        with undone():
            prepare(name, world)
            answer = client_of(world.keys["other"]).get(address(name, world.other))
            found += [name] if answer.status_code == 200 and has_mark(text_of(answer)) else []
    assert len(found) > 60
    assert {"registry_export", "report_xlsx", "plan_pdf", "order_pdf", "journal_list", "meeting_scan"} <= set(found)


def test_every_text_of_the_second_school_bears_the_mark(world):
    """A new model or field is marked without anybody remembering it."""
    unmarked = set()
    for model in access_world.our_models():
        for row in model._base_manager.all():
            if school_of(row) == world.other.school:
                unmarked |= {f"{model._meta.label}.{name}" for name in access_world.unmarked(row)}
    assert unmarked == set()


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("name", [*FILES, *MADE])
def test_a_file_leaves_as_an_attachment_that_runs_nothing(world, name, paper_is_html):
    answer = client_of(world.keys["curator"]).get(address(name, world.own))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"


def test_a_stored_file_has_no_address_of_its_own(world):
    stored = StoredFile.objects.filter(school=world.own.school).first()
    client = client_of(world.keys["admin"])
    places = ["/", "/media/", "/files/", "/data/files/", settings.STATIC_URL, settings.STATIC_URL + "../"]
    assert stored.name not in stored.file.name
    assert {place: client.get(place + stored.file.name).status_code for place in places} == dict.fromkeys(places, 404)


def test_a_file_that_is_gone_is_not_there(world):
    with undone():
        StoredFile.objects.filter(school=world.own.school).update(file="aa/gone")
        answer = client_of(world.keys["curator"]).get(address("proof_file", world.own))
    assert answer.status_code == 404


def test_an_object_without_a_file_has_none_to_send(world):
    with undone():
        type(world.own.plan).objects.filter(pk=world.own.plan.pk).update(approval_scan=None)
        assert client_of(world.keys["curator"]).get(address("plan_scan", world.own)).status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_files_of_the_second_school_are_reached_by_its_own_curator_alone(world, name):
    url = address_to(name, addresses(world.other)[name])
    who = {person: client_of(world.keys[person]).get(url).status_code for person in ("curator", "other")}
    assert who == {"curator": 404, "other": 200}
