"""Acts of the curator on the entry questionnaires: findings, analyses, the note."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import journal
from accounts.clock import today
from accounts.models import Participation
from pairs.models import Offer, Request
from surveys.entry import readings
from surveys.models import Analysis, Finding

SETS = {Finding.Kind.REQUEST: Request, Finding.Kind.OFFER: Offer}


def kind_of(part):
    """A mentee asks, a mentor gives."""
    return Finding.Kind.OFFER if part.side == Participation.Side.MENTOR else Finding.Kind.REQUEST


@transaction.atomic
def take(*, part, competences, by):
    """Set the person's requests or offers by what they answered; returns how many are new in the registry."""
    kind, new = kind_of(part), []
    for competence in competences:
        _row, is_new = SETS[kind].objects.get_or_create(participation=part, competence=competence)
        finding, is_first = Finding.objects.get_or_create(
            participation=part, competence=competence, kind=kind,
            defaults={"year_id": part.year_id, "by": by, "set_it": is_new},
        )  # fmt: skip
        if is_new and not is_first:  # was taken out of the registry by hand meanwhile
            Finding.objects.filter(pk=finding.pk).update(set_it=True, on=today(), by=by)
        new += [competence] if is_new else []
    if new:
        verb = (
            _("took requests over from the questionnaire")
            if kind == "request"
            else _("took offers over from the questionnaire")
        )
        journal.record(by, verb, part, comment="; ".join(each.name for each in new))
    return len(new)


@transaction.atomic
def take_all(*, parts, competences, limits, by):
    """Everything that the questionnaires of these people say and the registry lacks. Returns (people, findings)."""
    counts = [
        take(part=found.part, competences=[each for each in competences if each.pk in found.to_take], by=by)
        for found in readings(parts, limits)
    ]
    return sum(map(bool, counts)), sum(counts)


@transaction.atomic
def take_back(*, finding, by):
    """The finding goes, and the request or offer that it had set goes with it; what stood there before stays."""
    part, competence = finding.participation, finding.competence
    if finding.set_it:
        SETS[finding.kind].objects.filter(participation=part, competence=competence).delete()
    finding.delete()
    journal.record(by, _("took back what was taken over from the questionnaire"), part, comment=competence.name)


@transaction.atomic
def mark_analysed(*, parts, by):
    """Today's date for those whose questionnaire has come and is not analysed yet; returns how many."""
    count = 0
    for part in parts:
        if part.entry_id is None:
            continue
        analysis, is_new = Analysis.objects.get_or_create(participation=part, defaults=analysed(part) | begun(part, by))
        rows = Analysis.objects.filter(pk=analysis.pk, analysed_on__isnull=True)
        if is_new or rows.update(**analysed(part), revision=F("revision") + 1):
            count += 1
            journal.record(by, _("marked the entry questionnaire as analysed"), part)
    return count


def begun(part, by):
    """Of a new row: a page that was opened before it carries another revision."""
    return {"year_id": part.year_id, "by": by, "revision": 1}


def analysed(part):
    return {"analysed_on": today(), "response_id": part.entry_id}


@transaction.atomic
def write_interviews(*, held, by):
    """`held` are (participation, {"interviewed_on", "conclusion"}); what somebody wrote meanwhile stays. Returns how many."""
    count = 0
    for part, fields in held:
        analysis, is_new = Analysis.objects.get_or_create(participation=part, defaults=fields | begun(part, by))
        rows = Analysis.objects.filter(pk=analysis.pk, interviewed_on__isnull=True)
        if is_new or rows.update(**fields, by=by, revision=F("revision") + 1):
            count += 1
            journal.record(by, _("wrote down the interview"), part)
    return count
