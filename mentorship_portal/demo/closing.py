"""The demo year's roadmap: what was due is proved and closed, with a few items left as schools leave them."""

from django.utils.translation import gettext as _

from accounts import clock, journal, workflow
from mentorship_portal.demo.days import later
from papers.pdf import PdfUnavailable
from roadmap.indicators import measure_checkpoint
from roadmap.models import Checkpoint, Proof
from roadmap.proofs import print_proof

MONTHLY = "4.2"
# Closed with a reason, ten days after the date.
EXPLAINED = {
    ("1.4", 1): "Для трёх наставляемых наставники подбираются: ждём выхода двух педагогов из отпуска",
    ("3.2", 2): "Один педагог был на курсах всё время опроса, ответит в следующем периоде",
}
LATE = {"2.1": (10, 8)}  # met and closed after its date
LEFT = {"1.7", "3.3"}  # one stays overdue, one lacks but its proof


def close_items(days, curator):
    rows = Checkpoint.objects.filter(year=days.year).select_related("item", "year__school")
    for checkpoint in rows.order_by("due_on", "item__position", "number"):
        number, due = checkpoint.item.number, checkpoint.due_on
        if due is None or number in LEFT:
            continue
        if reason := EXPLAINED.get((number, checkpoint.number)):
            explain(days, checkpoint, reason, curator)
        elif number == MONTHLY:
            close_month(days, checkpoint, curator)
        else:
            close_by_number(days, checkpoint, curator)


def explain(days, checkpoint, reason, curator):
    day = later(checkpoint.due_on, 10)
    if day <= days.today:
        with clock.on(day):
            workflow.perform(checkpoint, "explain", curator, reason, explanation=reason)


def close_month(days, checkpoint, curator):
    """What was placed on the site in a month: printed in its middle or at its end, closed when it is over."""
    tries = [later(checkpoint.due_on.replace(day=1), 13), checkpoint.due_on]
    printed = any(day <= days.today and print_if_met(checkpoint, day, curator) for day in tries)
    if printed and checkpoint.due_on < days.today:
        close(checkpoint, checkpoint.due_on, curator)


def print_if_met(checkpoint, day, curator):
    """The portal's own paper of that day as the proof, where the number was there."""
    with clock.on(day):
        if measure_checkpoint(checkpoint, day).is_met is not True:
            return False
        try:
            print_proof(checkpoint=checkpoint, by=curator)
        except PdfUnavailable:
            prove(checkpoint, "note", checkpoint.item.result[:300], "Распечатано и подписано", day, curator)
    return True


def prove(checkpoint, kind, title, content, dated, curator, on=None):
    fields = {"link": content} if kind == "link" else {"note": content}
    with clock.on(on or dated):
        proof = Proof.objects.create(
            checkpoint=checkpoint, kind=kind, title=title, dated=dated, added_on=on or dated, added_by=curator, **fields
        )
        journal.record(curator, _("added a proof"), proof)


def close_by_number(days, checkpoint, curator):
    """Where the number is met on the date, the portal prints the proof and the curator closes the item."""
    late = LATE.get(checkpoint.item.number)
    day = days.on(*late) if late else max(checkpoint.due_on, days.on(8, 30))
    if day > days.today or (checkpoint.item.deadline_kind == "whole_period" and day >= days.today):
        return
    if print_if_met(checkpoint, day, curator):
        close(checkpoint, day, curator)


def close(checkpoint, day, curator):
    with clock.on(day):
        workflow.perform(checkpoint, "close", curator)
