"""Keeping answers as they are given, and handing a questionnaire in: by name, or without a name and a receipt apart."""

import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import journal
from accounts.clock import now, today
from accounts.workflow import Refused, TooLate
from surveys.given import Given, asked_after, gaps, given_by, keep_rows, questions_of
from surveys.models import Answer, Pick, Receipt, Response, Wave


class Unanswered(Refused):
    """Required questions have no answer."""

    def __init__(self, questions):
        super().__init__(_("Everything is saved. Before it can be submitted, answer these:"))
        self.questions = questions


@dataclass(frozen=True)
class Kept:
    """What is kept now, {question's pk: Given}, and the questions that another window answered differently meanwhile."""

    given: dict
    clashes: list


@transaction.atomic
def keep_answers(*, wave, part, form, by, every=False, from_paper=False, scan=None):
    """Keep what was changed on the page, or with `every` all that the form holds; what other windows gave stays.

    Raises Refused when the wave is closed, TooLate when the questionnaire was submitted already.
    """
    if not wave.is_open and not from_paper:
        raise Refused(_("The questionnaire is open from %(a)s to %(b)s. What you filled in stays as it was.") % {
            "a": f"{wave.opens_on:%d.%m.%Y}", "b": f"{wave.closes_on:%d.%m.%Y}"
        })  # fmt: skip
    draft = draft_of(wave, part)
    kept = given_by(draft)
    changed, clashes = (form.questions, []) if every else told_apart(form, kept)
    posted = {each.pk: form.given(each) for each in changed}
    keep_rows(draft, changed, posted)
    fields = {} if wave.anonymous else {"updated_at": now()}
    fields |= {"from_paper": True, "entered_by": by, "scan": scan or draft.scan} if from_paper else {}
    Response.objects.filter(pk=draft.pk).update(**fields or {"year": wave.year})
    return Kept(kept | posted, clashes)


def draft_of(wave, part):
    """The person's draft, begun if need be and locked; TooLate if it was handed in."""
    found, _new = Response.objects.get_or_create(wave=wave, participation=part, defaults={"year": wave.year})
    draft = Response.objects.select_for_update().filter(pk=found.pk).first()
    handed_in = draft is None or draft.submitted_on
    if handed_in or wave.anonymous and Receipt.objects.filter(wave=wave, participation=part).exists():
        raise TooLate(_("This questionnaire is submitted already: it is submitted once."))
    draft.wave = wave
    return draft


def told_apart(form, kept):
    """(changed on this page, changed here and in another window differently): by the marks that the page came with."""
    changed, clashes = [], []
    for question in form.questions:
        posted, seen = form.given(question).mark, form.mark(question)
        now_kept = kept.get(question.pk, Given()).mark
        if posted == now_kept or posted == (seen or ""):
            continue
        (changed if seen in (None, now_kept) else clashes).append(question)
    return changed, clashes


@transaction.atomic
def hand_in(*, wave, part, by):
    """Submitted once: of two presses the second one is told. Raises Unanswered, TooLate, Refused."""
    draft = Response.objects.select_for_update().filter(
        wave=wave, participation=part, submitted_on__isnull=True
    ).first()  # fmt: skip
    if draft is None:
        raise TooLate(_("This questionnaire is submitted already: it is submitted once."))
    draft.wave = wave
    questions, given = questions_of(wave.questionnaire), given_by(draft)
    if missing := gaps(questions, given):
        raise Unanswered(missing)
    asked = asked_after(questions, given)
    if wave.anonymous:
        hand_in_nameless(draft, [each for each in questions if each.pk in asked], given)
    else:
        draft.answers.exclude(question__in=asked).delete()
        Response.objects.filter(pk=draft.pk).update(submitted_on=min(today(), wave.closes_on))
        journal.record(by, _("submitted the questionnaire"), wave)


# ---------------------------------------------------------------- without a name


def random_key():
    """A key of a nameless row: it tells nothing of the order. Below zero, where no counter of the database comes."""
    return -1 - secrets.randbelow(2**62)


def hand_in_nameless(draft, questions, given):
    """The draft with its name goes; what stays are answers of nobody, and apart from them that this person has answered.

    Nothing is written to the journal: it knows the minute.
    """
    wave = Wave.objects.select_for_update(no_key=True).get(pk=draft.wave_id)
    if not wave.is_open or wave.shuffled_on:
        raise Refused(_("The questionnaire is closed."))
    try:
        with transaction.atomic():
            Receipt.objects.create(
                pk=random_key(), year_id=wave.year_id, wave=wave, participation_id=draft.participation_id, on=today()
            )
    except IntegrityError:
        raise TooLate(_("This questionnaire is submitted already: it is submitted once.")) from None
    draft.delete()
    nameless = Response.objects.create(
        pk=random_key(), year_id=wave.year_id, wave=wave, submitted_on=wave.closes_on
    )  # fmt: skip
    keep_rows(nameless, questions, given, random_key)


@transaction.atomic
def shuffle(*, wave):
    """Write a closed nameless wave anew in another order: neither place nor key nor the database's own traces tell when.

    Drafts that nobody handed in go. False when it is open still or was done already.
    """
    due = Wave.objects.filter(pk=wave.pk).to_shuffle(today())
    if not due.update(shuffled_on=today()):
        return False
    Response.objects.filter(wave=wave, participation__isnull=False).delete()
    rows = list(Response.objects.filter(wave=wave).prefetch_related("answers__picks"))
    receipts = list(Receipt.objects.filter(wave=wave))
    Response.objects.filter(wave=wave).delete()
    Receipt.objects.filter(wave=wave).delete()
    rewrite(rows, wave)
    for receipt in receipts:
        receipt.pk = random_key()
    Receipt.objects.bulk_create(in_any_order(receipts), batch_size=500)
    return True


def in_any_order(rows):
    rows = list(rows)
    secrets.SystemRandom().shuffle(rows)
    return rows


def rewrite(rows, wave):
    """The same answers under new keys, in another order."""
    responses, answers, picks = [], [], []
    for old in rows:
        new = Response(pk=random_key(), year_id=wave.year_id, wave=wave, submitted_on=wave.closes_on)
        responses.append(new)
        for answer in old.answers.all():
            found = list(answer.picks.all())
            answer.pk, answer.response = random_key(), new
            answers.append(answer)
            picks += [Pick(pk=random_key(), answer=answer, number=pick.number) for pick in found]
    for model, made in ((Response, responses), (Answer, answers), (Pick, picks)):
        model.objects.bulk_create(in_any_order(made), batch_size=500)
