"""Settings of the test suite: the portal's own, with what makes tests fast and keeps them off the network."""

from mentorship_portal.settings import *  # noqa: F403
from mentorship_portal.settings import BASE_DIR, DATA_DIR

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = DATA_DIR / "test-files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    OPTIONS = DATABASES["default"]["OPTIONS"]  # noqa: F405
    # Nothing of a test's database has to survive a power cut.
    OPTIONS["init_command"] = OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=OFF")
