"""What is kept in order outside the code: other people's files, translations, addresses."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import polib
import pytest

from tests.conftest import needs

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
OURS = (
    "accounts",
    "bench",
    "mentorship_portal",
    "pairs",
    "papers",
    "reports",
    "roadmap",
    "surveys",
    "events",
    "publications",
)
OURS += ("templates", "static", "fixtures", "tests", ".ci")
CATALOGUE = ROOT / "locale" / "ru" / "LC_MESSAGES" / "django.po"
# Addresses that a page may name without asking anything of them: XML's names for SVG and its kin, and our own examples.
NAMES_ONLY = re.compile(r"https?://(www\.w3\.org/|127\.0\.0\.1|localhost)")
OTHER_HOST = re.compile(r"(?:https?:)?//[\w.-]+\.\w{2,}|@import")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users|mnt)/\w|\b[A-Z]:\\\\?Users")
BINARY = {".woff2", ".png", ".jpg", ".ico", ".docx", ".xlsx", ".pdf", ".mo", ".pyc", ".gz", ".br"}


@cache
def vendor_files():
    parts = json.loads((STATIC / "vendor" / "manifest.json").read_text())["parts"]
    return {path: digest for part in parts for path, digest in part["files"].items()}


def test_every_vendor_file_is_the_one_of_the_manifest():
    there = {path.relative_to(STATIC).as_posix(): path for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    there.pop("vendor/manifest.json")
    there["LICENSE-tabler-icons"] = STATIC / "LICENSE-tabler-icons"
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    assert digests == vendor_files()


def test_every_part_of_others_has_name_version_and_licence():
    parts = json.loads((STATIC / "vendor" / "manifest.json").read_text())["parts"]
    for part in parts:
        assert all(part[word] for word in ("name", "version", "licence", "from"))
        assert [path for path in part["files"] if "LICENSE" in path], part["name"]


def our_texts():
    """(path from the root, text) of every file that is ours to write."""
    files = [path for folder in OURS for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")]
    for path in sorted(files):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in BINARY and "__pycache__" not in name and not name.startswith("static/vendor/"):
            yield name, path.read_text(encoding="utf-8", errors="replace")


def test_nothing_names_a_place_on_somebodys_machine():
    found = {name: MACHINE_PATH.findall(text) for name, text in our_texts() if name != "tests/test_tidiness.py"}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_pages_ask_nothing_of_another_host():
    """Templates, styles and scripts, ours and the vendors': nothing is fetched from elsewhere."""
    files = [*(ROOT / "templates").rglob("*.html"), *STATIC.rglob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("*.svg")]
    found = {}
    for path in files:
        text = re.sub(r"/\*.*?\*/|\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
        found[path.relative_to(ROOT).as_posix()] = OTHER_HOST.findall(NAMES_ONLY.sub("", text))
    assert {name: hits for name, hits in found.items() if hits} == {}


@pytest.mark.parametrize(
    "line", ['<img src="https://cdn.example/a.png">', '<script src="//cdn.example/a.js">', '@import "a.css"']
)
def test_the_host_test_sees_another_host(line):
    assert OTHER_HOST.search(NAMES_ONLY.sub("", line))


# ---------------------------------------------------------------- translations


@pytest.fixture(scope="module")
def fresh_catalogue(tmp_path_factory):
    """The Russian catalogue as `makemessages` would write it now, made in a copy."""
    needs("msgmerge", "gettext")
    copy = tmp_path_factory.mktemp("portal") / "copy"
    junk = shutil.ignore_patterns(".*", "data", "__pycache__", "tests", "vendor", "bench", "node_modules")
    shutil.copytree(ROOT, copy, ignore=junk)
    (copy / "locale" / "ru" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "-l", "ru", "--no-wrap", "--no-obsolete", "-v0"]
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "mentorship_portal.settings", "DATA_DIR": str(copy / "data")}
    made = subprocess.run(command, cwd=copy, env=own, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return polib.pofile(str(copy / "locale" / "ru" / "LC_MESSAGES" / "django.po"))


def test_every_message_has_its_russian(fresh_catalogue):
    assert len(fresh_catalogue) > 300
    assert sorted(entry.msgid for entry in fresh_catalogue if not entry.translated() or entry.fuzzy) == []


def test_russian_keeps_the_places_for_values(fresh_catalogue):
    """`%(name)s` on one side and not on the other is an error page in one language only."""

    def places(text):
        return set(re.findall(r"%\((\w+)\)", text))

    singular = [entry for entry in fresh_catalogue if entry.translated() and not entry.msgid_plural]
    plural = [entry for entry in fresh_catalogue if entry.translated() and entry.msgid_plural]
    wrong = [entry.msgid for entry in singular if places(entry.msgid) != places(entry.msgstr)]
    wrong += [
        entry.msgid
        for entry in plural
        if any(places(entry.msgid_plural) != places(text) for text in entry.msgstr_plural.values())
    ]
    assert wrong == []


def meaning(catalogue):
    said = {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in catalogue}
    return {key: text for key, text in said.items() if text and (isinstance(text, str) or any(text.values()))}


def test_the_compiled_catalogue_says_the_same():
    assert CATALOGUE.exists()
    written, compiled = polib.pofile(str(CATALOGUE)), polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert meaning(written) == meaning(compiled)


def test_readme_lists_every_setting_of_the_environment():
    code = (ROOT / "mentorship_portal" / "settings.py").read_text(encoding="utf-8")
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = set(re.findall(r'setting\.\w+\("([A-Z_]+)"', code))
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == asked


def test_the_tests_install_whatever_the_portal_needs():
    """The two lists are compiled apart: what is added to one and forgotten in the other fails on a fresh machine alone."""
    portal, tests = ((ROOT / name).read_text().splitlines() for name in ("requirements.txt", "requirements-dev.txt"))
    assert sorted(set(portal) - set(tests)) == []
