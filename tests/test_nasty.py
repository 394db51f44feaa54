"""Whatever is typed into whatever form: no error page, what is taken reads back as typed, what is refused is kept.

Runs on SQLite and on PostgreSQL, which differ in what they bear.
"""

import pytest
from django.test import Client

from tests import nasty
from tests.access_acts import EXTRA, PAGES, address, look, prepare
from tests.access_world import client_of, rows, undone
from tests.posting import form_to
from tests.test_access import policy

pytestmark = pytest.mark.django_db

SENDERS = ("curator", "admin", "head", "mentor", "mentee", "anonymous")
FORM = "application/x-www-form-urlencoded"
# Answered with the same page whatever is typed.
ALIKE = {"password_reset"}
# Read into something else than their words: months, dates, a choice.
READ_INTO = {"experience"}
# What the address says by itself; the page is found before anything that is typed.
READABLE = [name for name, (looking, _sending) in policy().items() if "200" in looking.values()]


def sender(name):
    return next(person for person in SENDERS if policy()[name][1][person] == "ok")


WITH_FORM = [
    name
    for name, (looking, sending) in policy().items()
    if "ok" in sending.values() and looking[sender(name)] == "200" and name not in PAGES
]
WITHOUT_PAGE = [
    name for name, (_look, sending) in policy().items() if "ok" in sending.values() and name not in WITH_FORM
]


def form_of(world, name):
    url, person = address(name, world.own), sender(name)
    return form_to(look(world, person, name).content.decode(), url)


def send(world, name, data):
    client = client_of(world.keys[sender(name)])
    return client.post(address(name, world.own), nasty.sent_as(data), content_type=FORM)


def texts(before, after):
    """Every text that stands in rows that are new or changed."""
    found = set()
    for table, kept in after.items():
        for key, values in kept.items():
            if before[table].get(key) != values:
                found |= {nasty.plain(value) for value in values if isinstance(value, str)}
    return found


def kept_on(page, url, data, names):
    """Names of fields whose words the page does not show again as they were typed."""
    form, shown = form_to(page, url), {}
    for control in form.controls if form else ():
        if control.value is not None:
            shown.setdefault(control.name, []).append(nasty.plain(control.value))
    return [
        name for name in names if shown.get(name, [""]) != [nasty.plain(nasty.received(text)) for text in data[name]]
    ]


@pytest.mark.parametrize("name", [name for name in WITH_FORM if name not in ALIKE])
def test_nasty_words_are_taken_as_they_are_or_refused_and_kept(world, name):
    lost, broken = {}, {}
    with undone():
        prepare(name, world)
        form = form_of(world, name)
        names = [each for each in nasty.words_of(form) if each not in READ_INTO]
        before = rows()
        for what, value in nasty.WORDS.items() if names else ():
            data = nasty.in_words(form, value)
            with undone():
                answer = send(world, name, data)
                if answer.status_code not in (200, 302):
                    broken[what] = answer.status_code
                elif answer.status_code == 200:
                    lost[what] = kept_on(answer.content.decode(), address(name, world.own), data, names)
                elif nasty.plain(value):
                    stored = {text.casefold() for text in texts(before, rows())}
                    lost[what] = [] if nasty.plain(nasty.received(value)).casefold() in stored else ["not stored"]
    assert broken == {}
    assert {what: fields for what, fields in lost.items() if fields} == {}


@pytest.mark.parametrize("name", WITH_FORM)
def test_nasty_values_in_everything_that_is_sent_break_nothing(world, name):
    with undone():
        prepare(name, world)
        form, found = form_of(world, name), {}
        for what, value in nasty.VALUES.items():
            with undone():
                found[what] = send(world, name, nasty.everywhere(form, value)).status_code
    assert {what: status for what, status in found.items() if status not in (200, 302)} == {}


@pytest.mark.parametrize("name", WITH_FORM)
def test_a_megabyte_in_a_field_is_refused_with_a_page(world, name):
    with undone():
        prepare(name, world)
        answer = send(world, name, nasty.in_first_word(form_of(world, name), "a" * 1_000_000))
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("name", WITHOUT_PAGE)
def test_nasty_words_with_a_step_break_nothing(world, name, paper_is_html):
    offered, found = EXTRA.get(name, lambda w: {})(world.own), {}
    names = {*offered, "comment", "next", "form_key", "revision", "person", "plan", "answer", "objection"}
    with undone():
        prepare(name, world)
        for what, value in (nasty.WORDS | nasty.VALUES | {"long": "a" * 100_000}).items():
            with undone():
                found[what] = send(world, name, {field: [value] for field in names}).status_code
            with undone():
                found[what, "said"] = send(
                    world, name, offered | {"comment": [value], "objection": [value]}
                ).status_code
    assert {what: status for what, status in found.items() if status not in (200, 302, 422)} == {}


ASKED = (
    "q", "page", "sort", "state", "side", "subject", "mentor", "pair", "person", "group", "reason", "mentee",
    "since", "until", "kind", "shown", "on", "period", "into", "section", "competence", "topic", "next", "role", "paired",
    "as", "from", "to", "code", "wave", "item", "tab",
)  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_nasty_words_in_an_address_break_nothing(world, name, paper_is_html):
    person = next(each for each in (*SENDERS, "stranger") if policy()[name][0][each] == "200")
    found, values = {}, [value for what, value in (nasty.WORDS | nasty.VALUES).items() if what != "nul"]
    with undone():
        prepare(name, world)
        client, url = client_of(world.keys[person]), address(name, world.own).split("?")[0]
        for turn in range(0, len(values), 2):
            asked = {key: values[(turn + place) % len(values)] for place, key in enumerate(ASKED)}
            found[turn] = client.get(f"{url}?{nasty.sent_as(asked)}").status_code
        found["year"] = client.get(f"{url}?{nasty.sent_as({'year': '²'})}").status_code
        found["nul"] = client.get(f"{url}?q=%00").status_code
    assert found.pop("nul") == 400
    assert {turn: status for turn, status in found.items() if status not in (200, 302, 404)} == {}


@pytest.mark.parametrize(
    "path",
    [
        "/pairs/0/", "/pairs/²/", "/pairs/-1/", f"/pairs/{'9' * 18}/", f"/pairs/{'9' * 400}/", "/pairs/%00/",
        "/pairs/%ED%A0%80/", "/invitation/%00/", "/invitation/👩/", f"/invitation/{'a' * 9000}/", "/reports/%2e%2e/",
        "/pairs/1/move/%00/", "/roadmap/proofs/999999999999999999/file/", "/static/%00", "/static/../manage.py",
    ],
)  # fmt: skip
def test_a_nasty_address_is_not_there(world, path):
    assert client_of(world.keys["curator"]).get(path).status_code in (400, 404)


@pytest.mark.parametrize("cookie", ["sessionid", "theme", "django_language", "csrftoken", "messages"])
@pytest.mark.parametrize("value", ["9" * 4000, "../../etc", '"aaaaaaaa\\000b"', "{{ 7 }}", "\xc2\xb2"])
def test_a_nasty_cookie_breaks_nothing(world, cookie, value):
    client = Client(raise_request_exception=False)
    client.cookies[cookie] = value
    assert {path: client.get(path).status_code for path in ("/login/", "/pairs/")} == {"/login/": 200, "/pairs/": 302}
