"""The entry for a WSGI server: `gunicorn mentorship_portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship_portal.settings")
application = get_wsgi_application()
