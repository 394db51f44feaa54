"""What proves an item: added by people, or printed and frozen by the portal."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import files, journal, workflow
from accounts.clock import today
from accounts.workflow import Refused
from papers import pdf
from papers.table import Column, Table
from roadmap.indicators import measure_checkpoint, people
from roadmap.models import Checkpoint, Proof


def why_frozen(checkpoint):
    """The sentence that says why proofs may not change now, or an empty one."""
    if checkpoint.year.is_closed:
        return _("The school year is closed.")
    if checkpoint.state != Checkpoint.State.OPEN:
        return _("This item is closed: reopen it with a reason before changing its proofs.")
    return ""


def open_or_refuse(checkpoint):
    """Held until the end of the transaction, so that nobody closes the item between the look and the change."""
    held = Checkpoint.objects.select_for_update(of=("self",)).select_related("year").get(pk=checkpoint.pk)
    if reason := why_frozen(held):
        raise Refused(reason)


@transaction.atomic
def add_proof(*, checkpoint, form, by):
    """Save a valid ProofForm with its file; None and `form.errors` when it was refused. Raises Refused."""
    open_or_refuse(checkpoint)
    proof = form.instance
    proof.checkpoint, proof.added_on, proof.added_by = checkpoint, today(), by
    proof.file = files.store(form.cleaned_data["upload"], by=by)
    return journal.save(form, by, gettext_lazy("added a proof"))


def print_proof(*, checkpoint, by):
    """Print the item's paper with the figures and names of today, and keep it as its proof.

    Raises PdfUnavailable where no PDF can be made, Refused for an item that is closed or not counted.
    """
    found = measure_checkpoint(checkpoint, today())
    if not found.total:
        raise Refused(_("There is nothing to print yet: the number has no data."))
    content = pdf.render(found.indicator.form, lambda: sheet(found, by))
    with translation.override("ru"):
        day = date_format(today(), "SHORT_DATE_FORMAT")
        title = _("%(paper)s on %(day)s") % {"paper": found.indicator.paper, "day": day}
    upload = SimpleUploadedFile(f"{checkpoint.item.number} {title}.pdf", content, pdf.CONTENT_TYPE)
    with transaction.atomic():
        open_or_refuse(checkpoint)
        proof = Proof.objects.create(
            checkpoint=checkpoint, kind=Proof.Kind.PRINTED, title=title, file=files.store(upload, by=by),
            dated=today(), added_on=today(), added_by=by, note=found.text,
        )  # fmt: skip
        journal.record(by, gettext_lazy("printed a proof"), proof)
    return proof


def sheet(found, by):
    """What stands on the printed proof; called with Russian active."""
    year = found.moment.year
    counted, missing = people(found)
    table = found.indicator.table(found.moment, by) if found.indicator.table else None
    words = found.indicator.words(found.moment, by) if found.indicator.words else {}
    return words | {
        "school": year.school,
        "head": year.school.head(),
        "by": by,
        "found": found,
        "item": found.checkpoint.item,
        "number": found.text,
        "table": table or names(found, counted, missing),
        "missing": missing if table else [],
    }


def names(found, counted, missing):
    """The people behind the number, one row each."""
    indicator = found.indicator
    rows = [
        (name, str(part), words)
        for part, group in ((indicator.counted, counted), (indicator.missing, missing))
        for name, _address, words in group
    ]
    columns = [Column(_("Who, what"), width=40), Column(_("State"), width=24), Column(_("Note"), width=24)]
    with_words = any(words for _name, _part, words in rows)
    rows = [(n, name, part, words)[: 4 if with_words else 3] for n, (name, part, words) in enumerate(rows, 1)]
    return Table(str(indicator.label), [Column("№", width=6), *columns[: 3 if with_words else 2]], rows)


@transaction.atomic
def withdraw_proof(*, proof, reason, by):
    """Take a proof back; it stays in the history. Raises Refused without a reason, or when the item is closed."""
    open_or_refuse(proof.checkpoint)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Write the reason: it stays in the history."))
    if not Proof.objects.in_force().filter(pk=proof.pk).update(withdrawn_on=today(), withdrawn_reason=reason[:300]):
        raise Refused(_("Somebody was faster: this proof is withdrawn already."))
    journal.record(by, gettext_lazy("withdrew a proof"), proof, comment=reason)


@transaction.atomic
def mark_done_before(*, lines, by):
    """Close what was done before the portal was used, all or nothing: `lines` are (checkpoint, paper, its date)."""
    for checkpoint, paper, dated in lines:
        Proof.objects.create(
            checkpoint=checkpoint, kind=Proof.Kind.NOTE, title=paper, note=paper,
            dated=dated, added_on=today(), added_by=by,
        )  # fmt: skip
        workflow.perform(checkpoint, "close_before", by, comment=f"{paper}, {dated:%d.%m.%Y}")
