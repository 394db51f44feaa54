"""A database of our own for one run: a file in a temporary folder, or a new database on the server of DATABASE_URL."""

import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def throwaway():
    """Sets the environment and Django up for an empty migrated database, gone at the end. Call it once per process."""
    folder = tempfile.mkdtemp(prefix="portal-bench-")
    try:
        with new_database(os.environ.get("DATABASE_URL", ""), folder) as url:
            set_up(url, folder)
            yield
            from django.db import connections

            connections.close_all()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(url, folder):
    """The address of an empty database; on a server it is made beside the one that was named, and dropped again."""
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import psycopg

    name = f"portal_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def new_file(path):
    """The same for a SQLite file that stays; one that is there already is left alone."""
    if os.path.exists(path):
        raise SystemExit(f"{path} is there already: name a new file.")
    folder = tempfile.mkdtemp(prefix="portal-bench-")
    try:
        set_up(f"sqlite:///{os.path.abspath(path)}", folder)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def set_up(url, folder):
    os.environ |= {
        "DATABASE_URL": url,
        "DATA_DIR": folder,
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_hex(32),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    os.makedirs(os.path.join(folder, "static"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
