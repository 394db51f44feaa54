"""The state of a checkpoint, derived from its date, its number and its proof; never stored."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ItemState(models.TextChoices):
    """In the order in which they are told on a page."""

    OVERDUE = "overdue", pgettext_lazy("item state", "Overdue")
    NO_PROOF = "no_proof", pgettext_lazy("item state", "Proof is missing")
    READY = "ready", pgettext_lazy("item state", "Ready to close")
    RUNNING = "running", pgettext_lazy("item state", "In progress")
    NOT_DUE = "not_due", pgettext_lazy("item state", "Not due yet")
    DONE = "done", pgettext_lazy("item state", "Done")
    DONE_LATE = "done_late", pgettext_lazy("item state", "Done late")
    EXPLAINED = "explained", pgettext_lazy("item state", "Closed with an explanation")


CLOSED = (ItemState.DONE, ItemState.DONE_LATE, ItemState.EXPLAINED)


def state_of(checkpoint, *, on, is_met, has_proof):
    """The first state that fits. `is_met` is None where nothing can be counted: then the proof alone tells.

    A passed date is "overdue" only while the number is missing: who has done the work and lacks the paper reads which.
    """
    if checkpoint.state == checkpoint.State.EXPLAINED:
        return ItemState.EXPLAINED
    if checkpoint.state == checkpoint.State.DONE:
        return ItemState.DONE if checkpoint.was_on_time else ItemState.DONE_LATE
    if has_proof and is_met is not False:
        return ItemState.READY
    if is_met and not still_runs(checkpoint, on):
        return ItemState.NO_PROOF
    if checkpoint.due_on and checkpoint.due_on < on:
        return ItemState.OVERDUE
    if checkpoint.opens_on and checkpoint.opens_on > on:
        return ItemState.NOT_DUE
    return ItemState.RUNNING


def still_runs(checkpoint, on):
    """An item over the whole period is measured until its end: a good number in November asks for no paper yet."""
    kind = checkpoint.item.deadline_kind
    return (
        kind == checkpoint.item.DeadlineKind.WHOLE_PERIOD and checkpoint.due_on is not None and on < checkpoint.due_on
    )
