"""One-use links by which a person sets a password: invitation (14 days) and reset (24 hours)."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import journal, outbox
from accounts.clock import today
from accounts.models import Invitation
from accounts.roles import Role

INVITATION = datetime.timedelta(days=14)
RESET = datetime.timedelta(hours=24)


def may_invite(by, person):
    """An administrator invites everybody; a curator those without a standing role.

    A slip lets its holder set the password: a curator must not become administrator by printing one.
    """
    if by.school_id is None or by.school_id != person.school_id or not person.is_active or person.is_superuser:
        return False
    return by.has_role(Role.ADMIN) or (by.has_role(Role.CURATOR) and not person.has_standing_role)


@transaction.atomic
def issue(*, person, by, valid=INVITATION):
    """A fresh token's address; earlier unused ones stop working. Only the token's hash is stored."""
    now = timezone.now()
    person.invitations.filter(used_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(person=person, token_hash=digest(token), created_by=by, expires_at=now + valid)
    return settings.SITE_URL + reverse("invitation_accept", args=[token])


def digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


def find(token):
    """The invitation behind a token if it may still be used, else None."""
    return (
        Invitation.objects.filter(
            token_hash=digest(token), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now(),
            person__is_active=True,
        ).select_related("person__school").first()
    )  # fmt: skip


@transaction.atomic
def accept(*, invitation, password):
    """Set the password and spend the invitation; False when somebody used it a moment ago."""
    unused = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, revoked_at__isnull=True)
    if not unused.update(used_at=timezone.now()):
        return False
    person = invitation.person
    person.set_password(password)
    person.save(update_fields=["password"])
    journal.record(person, _("set a password"), person)
    return True


def send_by_mail(*, person, by):
    address = issue(person=person, by=by)
    with override(person.language):
        outbox.queue(
            to=person.email,
            subject=_("Invitation to the mentorship portal"),
            body=_(
                "Good day, %(name)s!\n\n%(school)s invites you to the mentorship portal.\n"
                "Open this link and choose a password; it works once, for 14 days:\n%(address)s\n\n"
                "Your sign-in name: %(username)s"
            )
            % {
                "name": person.full_name,
                "school": person.school.name,
                "address": address,
                "username": person.username,
            },
            school=person.school,
        )
    journal.record(by, _("sent an invitation by e-mail"), person)


def send_reset(*, person):
    address = issue(person=person, by=person, valid=RESET)
    with override(person.language):
        outbox.queue(
            to=person.email,
            subject=_("A new password for the mentorship portal"),
            body=_(
                "Good day, %(name)s!\n\nSomebody, perhaps you, asked for a new password.\n"
                "Open this link within a day:\n%(address)s\n\nIf it was not you, do nothing: the old password stays."
            )
            % {"name": person.full_name, "address": address},
            school=person.school,
        )
    journal.record(person, _("asked for a new password"), person)


def slip(*, person, by):
    """What a printed slip needs: person, address, QR code as SVG markup without style attributes."""
    import segno

    address = issue(person=person, by=by)
    journal.record(by, _("printed an invitation slip"), person)
    code = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return {"person": person, "address": address, "code": code, "valid_until": today() + INVITATION}
