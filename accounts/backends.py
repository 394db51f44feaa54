"""Sign-in by e-mail or by the name the school gave."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from accounts.models import User

SIGN_IN_LIMIT = 150


class SchoolBackend(ModelBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        name = attempted_name(request, {"username": username})
        if not name or password is None:
            return None
        user = User.objects.filter(Q(username=name) | Q(email=name)).order_by("pk").first()
        if user is None:
            # The same work for an unknown name, so that time tells nothing.
            make_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_user(self, user_id):
        user = User.objects.select_related("school").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


def attempted_name(request, credentials):
    """The name as it is stored: one spelling per person, also for the throttle."""
    return (credentials or {}).get("username", "").strip().lower()[:SIGN_IN_LIMIT]


def address_of_visitor(request):
    """The address of the connection, or what the outermost of our own PROXY_COUNT proxies saw.

    Whatever stands further left in the header was written by the visitor.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.PROXY_COUNT
    return seen[-count] if count and len(seen) >= count else request.META.get("REMOTE_ADDR", "")
