"""Settings from the environment: read, or refused by name before anything starts."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mentorship_portal import environment as setting

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "read, value",
    [
        (lambda name: setting.flag(name, True), "maybe"),
        (lambda name: setting.number(name, 0), "-1"),
        (lambda name: setting.number(name, 0), "two"),
        (setting.day, "tomorrow"),
        (setting.day, "2026-02-30"),
        (lambda name: setting.address(name, ""), "mentors.school.example"),
        (lambda name: setting.address(name, ""), "ftp://mentors.school.example"),
        (lambda name: setting.database(name, ""), "mysql://user@host/name"),
        (lambda name: setting.database(name, ""), "portal.sqlite3"),
        (lambda name: setting.email(name, ""), "mail.school.example"),
    ],
)
def test_an_unreadable_value_is_refused_by_its_name(monkeypatch, read, value):
    monkeypatch.setenv("SOME_SETTING", value)
    with pytest.raises(ImproperlyConfigured, match=r"^SOME_SETTING="):
        read("SOME_SETTING")


@pytest.mark.parametrize("value, expected", [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_a_flag_is_read_in_the_usual_spellings(monkeypatch, value, expected):
    monkeypatch.setenv("SOME_SETTING", value)
    assert setting.flag("SOME_SETTING", True) is expected


def test_a_day_is_read_and_may_be_left_out(monkeypatch):
    assert setting.day("SOME_SETTING") is None
    monkeypatch.setenv("SOME_SETTING", "2026-11-23")
    assert setting.day("SOME_SETTING") == datetime.date(2026, 11, 23)


def started_with(tmp_path, **values):
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY", "DEBUG")}
    own |= {"DJANGO_SETTINGS_MODULE": "mentorship_portal.settings", "DATA_DIR": str(tmp_path)} | values
    return subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=own, capture_output=True, text=True, check=False
    )


def test_an_unreadable_value_stops_the_start_and_names_itself(tmp_path):
    started = started_with(tmp_path, SITE_URL="school")
    assert started.returncode == 1
    assert "SITE_URL='school'" in started.stderr


def test_production_does_not_start_without_its_own_secret(tmp_path):
    started = started_with(tmp_path, DEBUG="0")
    assert started.returncode == 1
    assert "SECRET_KEY is not set" in started.stderr
