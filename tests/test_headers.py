"""What stands on every answer, errors too; what cookies are told; whose addresses stand in letters and redirects."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from mentorship_portal import menu
from tests import factories
from tests.access_acts import address, address_to
from tests.access_world import client_of, rows, undone
from tests.posting import form_to, typed, without_tokens
from tests.test_access import policy

pytestmark = pytest.mark.django_db
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
EXPECTED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
}
ELSEWHERE = [
    "https://evil.test/",
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "https:evil.test",
    "javascript:alert(1)",
    "=1+1",
]


@pytest.fixture
def curator(world):
    return client_of(world.keys["curator"])


def broken(*args, **kwargs):
    raise RuntimeError("broken on purpose")


# Every kind of answer: name -> (status, how it is got).
ANSWERS = {
    "page": (200, lambda c: c.get("/pairs/")),
    "sign-in page": (200, lambda c: Client().get("/login/")),
    "sign of life": (200, lambda c: c.get("/healthz")),
    "redirect": (302, lambda c: Client().get("/pairs/")),
    "unreadable": (400, lambda c: c.get("/pairs/?q=%00")),
    "too much": (400, lambda c: c.post("/people/new/", {"last_name": "я" * 6_000_000})),
    "too many fields": (400, lambda c: c.post("/people/new/", {f"f{n}": "" for n in range(10_001)})),
    "signed out": (401, lambda c: Client().post("/people/new/", {"last_name": "Орлова"})),
    "forbidden": (403, lambda c: c.get("/people/1/roles/")),
    "from another site": (403, lambda c: Client(enforce_csrf_checks=True).post("/login/", {"username": "a"})),
    "absent": (404, lambda c: c.get("/pairs/99999999/")),
    "no such address": (404, lambda c: c.get("/nothing/here")),
    "no such static file": (404, lambda c: c.get("/static/nothing.css")),
    "another way": (405, lambda c: c.delete("/pairs/")),
    "only sent": (405, lambda c: c.get("/theme/")),
    "keeper's": (302, lambda c: c.get("/keeper/")),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_bears_the_headers(curator, name):
    status, get = ANSWERS[name]
    answer = get(curator)
    assert answer.status_code == status
    assert {header: answer.headers.get(header) for header in EXPECTED} == EXPECTED
    assert ("no-store" in answer.headers.get("Cache-Control", "")) == (name != "no such static file")
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("where", [(menu, "menu_of"), (menu, "theme_of")], ids=["frame", "every page"])
def test_an_error_page_bears_them_too_and_needs_nothing_that_may_be_broken(curator, monkeypatch, where):
    monkeypatch.setattr(*where, broken)
    answer = curator.get("/pairs/")
    assert answer.status_code == 500
    assert "Набранное не сохранено" in answer.content.decode()
    assert {header: answer.headers.get(header) for header in EXPECTED} == EXPECTED


def test_a_static_file_bears_them_and_may_be_kept(settings):
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get("/static/app.css")
    assert answer.status_code == 200
    assert {header: answer.headers.get(header) for header in EXPECTED} == EXPECTED
    assert "no-store" not in answer.headers.get("Cache-Control", "")


def test_a_host_that_is_not_ours_is_refused_with_the_headers(settings):
    settings.ALLOWED_HOSTS = ["school.test"]
    answer = Client().get("/login/", headers={"host": "evil.test"})
    assert answer.status_code == 400
    assert {header: answer.headers.get(header) for header in EXPECTED} == EXPECTED


# ---------------------------------------------------------------- cookies and TLS


def flags(cookie):
    return bool(cookie["httponly"]), cookie["samesite"], bool(cookie["secure"])


@pytest.mark.parametrize("tls", [True, False])
def test_cookies_are_for_this_site_alone(world, settings, tls):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.HTTPS = tls
    client, found = Client(), {}
    with undone():
        sent = {"username": world.own.stranger.username, "password": factories.PASSWORD}
        for answer in (
            client.get("/login/"),
            client.post("/login/", sent),
            client.post("/language/", {"language": "en"}),
            client.post("/theme/", {"theme": "dark"}),
            client.post("/people/new/"),
        ):
            found |= {name: flags(cookie) for name, cookie in answer.cookies.items()}
    assert found == dict.fromkeys(["csrftoken", "sessionid", "django_language", "theme"], (True, "Lax", tls))


def production(**environment):
    """Names of settings -> values, as a production start with this environment makes them."""
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "HTTPS"]
    code = (
        f"import json; from mentorship_portal import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    )
    own = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    own |= {"DEBUG": "0", "SECRET_KEY": "s" * 50, **environment}
    done = subprocess.run([sys.executable, "-c", code], env=own, capture_output=True, text=True, cwd=settings.BASE_DIR)
    assert done.returncode == 0, done.stderr
    return dict(zip(names, json.loads(done.stdout), strict=True))


def test_an_installation_with_tls_asks_for_it_everywhere():
    assert production(SITE_URL="https://mentors.school.example") == {
        "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000, "HTTPS": True,
    }  # fmt: skip


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_next_never_leaves_the_site(world, elsewhere):
    with undone():
        sent = {"username": world.own.stranger.username, "password": factories.PASSWORD, "next": elsewhere}
        found = {
            "login": Client().post(f"/login/?next={elsewhere}", sent)["Location"],
            "signed in": client_of(world.keys["mentor"]).get("/login/", {"next": elsewhere})["Location"],
            "language": Client().post("/language/", {"language": "en", "next": elsewhere})["Location"],
            "theme": Client().post("/theme/", {"theme": "dark", "next": elsewhere})["Location"],
            "no theme": Client().post("/theme/", {"theme": "", "next": elsewhere})["Location"],
            "logout": client_of(world.keys["mentor"]).post("/logout/", {"next": elsewhere})["Location"],
        }
        again = Client().post("/login/", sent | {"kept:topic": "Урок"})
    assert found == dict.fromkeys(["login", "signed in", "language", "theme", "no theme"], "/") | {"logout": "/login/"}
    assert [form.action for form in [form_to(again.content.decode(), "/")]] == ["/"]


def test_next_leads_back_into_the_site(world):
    with undone():
        sent = {"username": world.own.mentor.username, "password": factories.PASSWORD, "next": "/pairs/?page=2"}
        assert Client().post("/login/", sent)["Location"] == "/pairs/?page=2"


LETTERS = ("password_reset", "invitation_send", "wave_remind")


@pytest.mark.parametrize("name", LETTERS)
def test_links_in_letters_come_from_the_setting_and_not_from_the_request(
    world, settings, name, django_capture_on_commit_callbacks
):
    settings.SITE_URL = "https://mentors.school.example"
    with undone(), django_capture_on_commit_callbacks(execute=True):
        client = client_of(world.keys["curator"])
        client.post(address(name, world.own), {"username": world.own.mentor.username}, headers={"host": "evil.test"})
    assert mail.outbox != []
    links = {link for letter in mail.outbox for link in re.findall(r"https?://[^/\s]+", letter.body)}
    assert links == {"https://mentors.school.example"}


def test_a_slip_bears_the_configured_address(world, settings):
    settings.SITE_URL = "https://mentors.school.example"
    with undone():
        sent = {"person": [world.own.stranger.pk]}
        page = client_of(world.keys["curator"]).post("/people/slips/", sent, headers={"host": "evil.test"})
    assert "https://mentors.school.example/invitation/" in page.content.decode()
    assert "evil.test" not in page.content.decode()


# ---------------------------------------------------------------- forms from elsewhere, and sent too late


def test_no_address_takes_a_form_from_another_site(world):
    """Whatever may be sent needs the token of a page of ours."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = world.keys["curator"]
    before = rows()
    found = {name: client.post(address(name, world.own), {"comment": "Так"}).status_code for name in policy()}
    assert found == dict.fromkeys(policy(), 403)
    assert rows() == before


def test_a_form_sent_after_the_session_ended_is_kept_behind_the_sign_in_and_sent_again(world):
    """Nothing is saved before, everything after, whatever characters it holds."""
    client, url = Client(), address_to("person_create", None)
    words = {"last_name": 'Ёлкина "А" <b>', "first_name": "строка\nдругая", "phone": "", "email": "new@school.test"}
    with undone():
        before = rows()
        first = client.post(url, words)
        assert (first.status_code, rows() == before) == (401, True)
        kept = typed(form_to(first.content.decode(), "/login/"))
        wrong = client.post("/login/", kept | {"username": "curator", "password": "wrong"})
        kept = typed(form_to(wrong.content.decode(), "/login/"))
        sent = kept | {"username": world.own.curator.username, "password": factories.PASSWORD}
        second = client.post("/login/", sent)
        again = form_to(second.content.decode(), url)
        assert again.action == url
        assert typed(again) == {name: [value] for name, value in words.items()}
        assert client.post(url, typed(again) | {"first_name": "Анна"}).status_code == 302
        assert type(world.own.curator).objects.filter(last_name=words["last_name"]).count() == 1


def test_a_button_pressed_after_the_session_ended_is_pressed_again_after_the_sign_in(world):
    url, client = reverse("wave_remind", args=[world.own.wave.pk]), Client()
    with undone():
        kept = typed(form_to(client.post(url).content.decode(), "/login/"))
        sent = kept | {"username": world.own.curator.username, "password": factories.PASSWORD}
        assert form_to(client.post("/login/", sent).content.decode(), url).action == url


def test_signing_out_twice_leads_to_the_sign_in(world):
    client = Client()
    assert client.post("/logout/")["Location"] == "/login/"


def test_the_script_that_saves_is_told_that_nobody_is_signed_in(world):
    """A redirect to the sign-in page would look like success to it."""
    assert Client().post(address("survey_save", world.own), {"q1": "3"}).status_code == 401


# ---------------------------------------------------------------- signing in


def wrong(client, name, **extra):
    return client.post("/login/", {"username": name, "password": "wrong wrong"}, **extra)


def test_an_unknown_a_closed_and_a_wrong_sign_in_are_answered_alike(world):
    with undone():
        names = {"mentor": world.own.mentor.username, "off": world.own.off.username, "nobody": "nobody@school.test"}
        pages = {
            who: without_tokens(wrong(Client(), name).content.decode()).replace(name, "") for who, name in names.items()
        }
        right = {"username": world.own.off.username, "password": factories.PASSWORD}
        pages["off, right"] = without_tokens(Client().post("/login/", right).content.decode()).replace(names["off"], "")
    assert len(set(pages.values())) == 1


@pytest.mark.parametrize("door", ["/login/", "/keeper/login/"])
def test_no_header_of_the_visitor_gives_more_tries(world, settings, door):
    settings.AXES_ENABLED = True
    with undone():
        sent = {"username": world.own.mentor.username, "password": "wrong wrong"}
        found = [
            Client()
            .post(door, sent, headers={"x-forwarded-for": f"10.0.0.{n}", "x-real-ip": f"10.0.1.{n}"})
            .status_code
            for n in range(7)
        ]
    assert found == [200, 200, 200, 200, 429, 429, 429]


def test_behind_our_own_proxy_each_visitor_has_their_own_tries(world, settings):
    """The proxy appends the address that it saw; what stands before it the visitor has written."""
    settings.AXES_ENABLED, settings.PROXY_COUNT = True, 1
    with undone():
        name = world.own.mentor.username
        first = [
            wrong(Client(), name, headers={"x-forwarded-for": f"1.1.1.{n}, 20.0.0.1"}).status_code for n in range(6)
        ]
        other = wrong(Client(), name, headers={"x-forwarded-for": "20.0.0.2"}).status_code
    assert (first, other) == ([200, 200, 200, 200, 429, 429], 200)


def test_the_session_is_a_new_one_after_the_sign_in(world):
    client = Client()
    with undone():
        client.cookies["sessionid"] = planted = world.keys["stranger"]
        client.post("/logout/")
        client.cookies["sessionid"] = planted
        client.post("/login/", {"username": world.own.mentor.username, "password": factories.PASSWORD})
        assert client.cookies["sessionid"].value != planted
