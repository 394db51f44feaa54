"""Letters wait in the database and are sent outside of any transaction, so that no mail server can lose a click."""

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from accounts.models import Letter

TRIES = 5


def queue(*, to, subject, body, school=None):
    """Put a plain-text letter into the outbox and try to send what waits once the transaction is done."""
    letter = Letter.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body, school=school)
    transaction.on_commit(lambda: send(letter))
    return letter


def send(letter):
    """True when the letter left; a failure is written down and `send_letters` tries again later."""
    letter.tries += 1
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
        letter.sent_at, letter.error = timezone.now(), ""
    except Exception as error:
        letter.error = f"{type(error).__name__}: {error}"[:300]
    letter.save(update_fields=["tries", "sent_at", "error"])
    return letter.sent_at is not None


def send_waiting():
    """(sent, failed) of the letters that still wait and were tried fewer than five times."""
    waiting = Letter.objects.filter(sent_at__isnull=True, tries__lt=TRIES)
    results = [send(letter) for letter in waiting]
    return results.count(True), results.count(False)
