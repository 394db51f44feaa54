"""A named step between two states, taken by exactly one person.

A model declares `MOVES = {"submit": Move(...), ...}` and a `state` field. `perform` checks role, comment and what is
missing, then updates `WHERE pk AND state = the one we saw`: when two people press at once, one of them is told.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Refused(Exception):
    """The step cannot be taken; the message is a sentence for the person who tried."""


class TooLate(Refused):
    """Somebody was faster: the object is no longer in the state that was seen."""


def nobody_in_particular(obj, user):
    return True


def nothing(obj):
    return []


def no_fields(obj, by, **fields):
    return fields


def no_effect(obj, by):
    return None


@dataclass(frozen=True)
class Move:
    label: str | Promise  # the button
    done: str | Promise  # the journal's verb
    sources: tuple[str, ...]
    target: str
    roles: frozenset | tuple  # standing or yearly roles that may take the step
    may: Callable = nobody_in_particular  # (obj, user) -> bool: narrows the roles to this object's own people
    comment: bool = False  # is a written reason needed
    missing: Callable = nothing  # (obj) -> sentences; a non-empty list refuses the step
    companions: Callable = no_fields  # (obj, by, **fields) -> fields written together with the state
    effect: Callable = no_effect  # (obj, by): what else happens in the same transaction
    tone: str = "quiet"  # primary | quiet | danger


def may_take(obj, move, user):
    return (
        obj.state in move.sources and user.school_id is not None and user.has_role(*move.roles) and move.may(obj, user)
    )


def available(obj, user):
    """[(name, Move)] that this person may take now, in the order of the model's MOVES."""
    return [(name, move) for name, move in obj.MOVES.items() if may_take(obj, move, user)]


def perform(obj, name, by, comment="", **fields):
    """Take the step or say why not.

    Raises `PermissionDenied` for a person who may never take it, `TooLate` when the state has moved on, `Refused` with
    a sentence for a missing comment, missing content or a constraint of the database.
    """
    from accounts import journal  # needs the models, and models need Move

    move = obj.MOVES[name]
    check_allowed(obj, move, by)
    comment = comment.strip()
    if move.comment and not comment:
        raise Refused(_("Write the reason: it stays in the history."))
    if gaps := move.missing(obj):
        raise Refused(" ".join(str(gap) for gap in gaps))
    try:
        with transaction.atomic():
            advance(obj, move, move.companions(obj, by, **fields))
            move.effect(obj, by)
            journal.record(by, move.done, obj, comment=comment)
    except IntegrityError:
        obj.refresh_from_db()
        raise Refused(_("Somebody was faster: this no longer fits with what is saved. Open the page again."))
    return obj


def check_allowed(obj, move, by):
    if by.school_id is None or not by.has_role(*move.roles) or not move.may(obj, by):
        raise PermissionDenied
    if obj.state not in move.sources:
        raise TooLate(already(obj))


def already(obj):
    return _("Somebody was faster: “%(object)s” is now “%(state)s”.") % {
        "object": obj,
        "state": obj.get_state_display(),
    }


def advance(obj, move, companions):
    """Compare-and-set: the state and its companion fields change only if nobody changed the state meanwhile."""
    values = {"state": move.target, **companions}
    if hasattr(obj, "revision"):
        values["revision"] = F("revision") + 1
    if not type(obj)._base_manager.filter(pk=obj.pk, state=obj.state).update(**values):
        obj.refresh_from_db()
        raise TooLate(already(obj))
    obj.refresh_from_db()
