"""Somebody who opens pages: requests go through the portal's WSGI application, all its middleware included."""

import io
from contextlib import contextmanager

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

BACKEND = "accounts.backends.SchoolBackend"
APPLICATION = None


def application():
    global APPLICATION
    APPLICATION = APPLICATION or get_wsgi_application()
    return APPLICATION


class Visitor:
    """A signed-in person, or nobody."""

    def __init__(self, user=None):
        self.cookie = f"sessionid={session_of(user)}" if user else ""

    def get(self, path):
        """The body of the answer; anything but 200 is an error of the benchmark."""
        told = {}
        path, _, query = path.partition("?")
        body = application()(environ(path, query, self.cookie), lambda status, headers: told.update(status=status))
        content = b"".join(body)
        body.close()
        if not told["status"].startswith("200"):
            raise RuntimeError(f"{path}: {told['status']}")
        return content

    def queries(self, path):
        """SQL of the queries that the page made, the frame's included; transactions are not counted."""
        with CaptureQueriesContext(connection) as found, queries_outlive_the_request():
            self.get(path)
        return [query["sql"] for query in found.captured_queries if not query["sql"].startswith(("BEGIN", "COMMIT"))]


@contextmanager
def queries_outlive_the_request():
    """A new request forgets the queries of the last one; here they are still wanted."""
    from django.core.signals import request_started

    request_started.disconnect(reset_queries)
    try:
        yield
    finally:
        request_started.connect(reset_queries)


def session_of(user):
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key


def environ(path, query, cookie):
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "HTTP_COOKIE": cookie,
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.version": (1, 0),
    }  # fmt: skip
