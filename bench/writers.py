"""Several mentors write meetings down at the same moment, each request a transaction over four tables and the journal."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client

from accounts.clock import today

WRITERS = 4


@dataclass
class Outcome:
    requests: int = 0
    saved: int = 0
    failures: list = field(default_factory=list)  # what else came back: codes, or errors in words


def write(plot, each=50):
    """Four mentors of one school, each so many meetings, all at once; Outcome."""
    pairs = {pair.mentor_id: pair for pair in plot.pairs if pair.state == "fixed"}
    with ThreadPoolExecutor(WRITERS) as threads:
        answers = list(threads.map(lambda pair: meetings(pair, each), list(pairs.values())[:WRITERS]))
    found = [answer for of_one in answers for answer in of_one]
    return Outcome(len(found), found.count(302), [answer for answer in found if answer != 302])


def meetings(pair, number):
    """Status codes of the answers; an error that Django let through is told in its own words."""
    client = Client()
    client.force_login(pair.mentor.person, backend="accounts.backends.SchoolBackend")
    try:
        return [posted(client, pair) for _ in range(number)]
    finally:
        connection.close()


def posted(client, pair):
    words = {
        "on": today().isoformat(), "minutes": 45, "kind": "talk", "topic": "Разбор урока", "agreed": "Записать приёмы",
        "pairs": [pair.pk], "form_key": secrets.token_hex(16),
    }  # fmt: skip
    try:
        return client.post("/meetings/new/", words).status_code
    except Exception as error:
        return f"{type(error).__name__}: {error}"
