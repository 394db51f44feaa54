"""The portal's own settings as in production, with one page more: the one that says hello."""

import datetime

from mentorship_portal.settings import *  # noqa: F403

# A Wednesday in the third term: the figures do not depend on the day of the run.
TODAY = datetime.date(2025, 3, 5)

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver"]
# Names of files without their digest: no need to collect them, and the same work for a page.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
