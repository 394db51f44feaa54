"""Who may open which screen."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    KEEPER = "keeper", _("Keeper of the installation")
    ADMIN = "admin", _("Administrator")
    HEAD = "head", _("Head of the school")
    CURATOR = "curator", _("Curator")
    SITE = "site", _("Site keeper")
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


STAFF = (Role.ADMIN, Role.HEAD, Role.CURATOR)
PARTICIPANTS = (Role.MENTOR, Role.MENTEE)
EVERYONE = STAFF + PARTICIPANTS


def roles_allowed(*roles):
    """403 for a signed-in person who holds none of the roles, or belongs to no school.

    `view.roles` carries the policy, so that the menu and the tests read it from one place.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.user.school_id is None or not request.user.has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)
        return guarded

    return decorate
