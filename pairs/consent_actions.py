"""Acts on consents: given on the screen, recorded from signed sheets, taken back; new wordings."""

import json

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts import journal
from accounts.clock import today
from accounts.models import Consent, ConsentText
from accounts.workflow import Refused, TooLate
from pairs.consent_text import filled


@transaction.atomic
def load_consent_texts(*, school):
    """Version 1 of the four texts; running it again adds only what is missing."""
    texts = json.loads((settings.BASE_DIR / "fixtures" / "consents.json").read_text(encoding="utf-8"))
    there = set(ConsentText.objects.filter(school=school).values_list("kind", flat=True))
    for kind, lines in texts.items():
        if kind not in there:
            ConsentText.objects.create(school=school, kind=kind, number=1, text="\n".join(lines))


def give_on_screen(*, person, text, seen):
    """The person agrees to the text in front of them; `seen` is the version that their page showed.

    Raises Refused with a sentence: the school has written another version meanwhile, the school wants paper, or the
    consent is there already.
    """
    if seen != text.number:
        raise TooLate(_("The school has written a newer version meanwhile: read it, then agree."))
    if text.kind == Consent.Kind.MENTOR_WORK and person.school.mentor_consent_on_paper:
        raise Refused(_("The school takes this consent on paper only: print it, sign it and bring it to the curator."))
    with override("ru"):
        wording = filled(text.text, person)
    consent = Consent(
        person=person, kind=text.kind, text=text, wording=wording, given_on=today(), on_screen=True, recorded_by=person
    )
    return record(consent, person, gettext_lazy("gave a consent on the screen"))


def record(consent, by, verb):
    """Save and journal one consent; one that was given to an older version makes room for it."""
    try:
        with transaction.atomic():
            check_dates(consent)
            replace_older(consent, by)
            consent.save()
            journal.record(by, verb, consent)
    except IntegrityError:
        raise Refused(_("This consent is recorded already.")) from None
    return consent


def replace_older(consent, by):
    """The consent in force ends on the day on which the same person agrees to a newer wording."""
    live = Consent.objects.filter(
        person=consent.person, kind=consent.kind, withdrawn_on__isnull=True, given_on__lte=consent.given_on
    )
    for older in live.filter(text__number__lt=consent.text.number) if consent.text_id else ():
        with override("ru"):
            reason = _("replaced by a consent to a newer version")
        withdraw(consent=older, by=by, on=consent.given_on, reason=reason)


def check_dates(consent):
    """A sheet that is older than the withdrawal does not undo it."""
    ended = Consent.objects.filter(person=consent.person, kind=consent.kind, withdrawn_on__gt=consent.given_on)
    if ended.exists():
        raise Refused(_("The person has withdrawn this consent after that day: only a later one counts."))


def record_many(*, by, chosen, given_on, scan=None):
    """Signed sheets of many people, one date: ([consents made], [(person, kind, why not)]).

    `chosen` is [(person, kind)]; `scan`, a stored file, may show all the sheets.
    """
    made, refused = [], []
    kinds = {kind for _person, kind in chosen}
    texts = {kind: ConsentText.objects.filter(school=by.school, kind=kind).on(given_on) for kind in kinds}
    for person, kind in chosen:
        consent = Consent(
            person=person, kind=kind, text=texts[kind], given_on=given_on, scan=scan, recorded_by=by,
        )  # fmt: skip
        try:
            made.append(record(consent, by, gettext_lazy("recorded a consent")))
        except Refused as reason:
            refused.append((person, kind, str(reason)))
    return made, refused


@transaction.atomic
def withdraw(*, consent, by, on, reason=""):
    """The consent ends, its row stays. Raises TooLate when it has ended already."""
    rows = Consent.objects.filter(pk=consent.pk, withdrawn_on__isnull=True)
    if not rows.update(withdrawn_on=on, withdrawn_by=by, withdrawal_reason=reason):
        raise TooLate(_("This consent is withdrawn already."))
    own, noted = gettext_lazy("withdrew a consent"), gettext_lazy("recorded that a consent was withdrawn")
    journal.record(by, own if by.pk == consent.person_id else noted, consent, comment=reason)


def write_text(*, newest, text, by, seen):
    """The next version, in use from today; None when the words are the same.

    Raises TooLate when somebody wrote a version since `seen` was opened.
    """
    if seen != newest.number:
        raise TooLate(somebody_wrote())
    if text == newest.text:
        return None
    try:
        with transaction.atomic():
            made = ConsentText.objects.create(
                school=newest.school, kind=newest.kind, number=newest.number + 1, text=text, by=by
            )
            journal.record(by, gettext_lazy("wrote a new version of a text"), made)
    except IntegrityError:
        raise TooLate(somebody_wrote()) from None
    return made


def somebody_wrote():
    return _(
        "While this page was open, somebody else wrote a new version. Your text is kept below: compare and save again."
    )
