"""Who did what, when. Views write people's data through here and nowhere else."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from accounts.models import Entry
from accounts.text import number_in

# Never written to the journal, whatever the form: answers, what an interview ended with, private notes, passwords.
SECRET_FIELDS = {"password", "private_note", "conclusion", "declined", "revision", "search_key", "sort_key"}


def record(by, verb, target, *, comment="", changes=()):
    """Append one line. The verb is kept in Russian, the language of the school's records."""
    with override("ru"):
        return Entry.objects.create(
            school=school_of(target) or getattr(by, "school", None),
            at=clock.now(),
            by=by,
            by_label=str(by or ""),
            verb=str(verb)[:200],
            target_type=ContentType.objects.get_for_model(target),
            target_id=target.pk,
            target_label=str(target)[:500],
            target_url=address_of(target),
            comment=comment,
            changes=list(changes),
        )


def save(form, by, verb=None, about=None):
    """Validate fully, refuse when a second tab was faster, save, and journal old and new values.

    A part is told of in the history of its whole: `about` is the whole, and the part is named beside.

    Returns the saved object, or None with the reason in `form.errors`: the view shows the form again.
    """
    obj = form.instance
    seen = form.data.get(form.add_prefix("revision"), "")
    is_new = obj._state.adding
    old = None if is_new else type(obj)._base_manager.get(pk=obj.pk)
    try:
        with transaction.atomic():
            if not is_new and hasattr(obj, "revision"):
                claim_revision(obj, seen)
            form.save()
            changes = [] if is_new else differences(old, obj)
            if is_new or changes or form.has_changed():
                verb = verb or (_("created") if is_new else _("changed"))
                record(by, verb, about or obj, comment=str(obj) if about else "", changes=changes)
    except ValidationError as error:
        form.add_error(None, error)
        if hasattr(obj, "revision") and not is_new:
            show_newest_revision(form)
    except IntegrityError:
        # A constraint that two people reached at once; full_clean names the usual case.
        form.add_error(None, constraint_sentence(obj))
    return None if form.errors else obj


def claim_revision(obj, seen):
    """Compare-and-set on `revision`, so that a second tab does not overwrite the first in silence."""
    current = obj.revision if seen == "" else number_in(seen)
    rows = type(obj)._base_manager.filter(pk=obj.pk, revision=current)
    if not rows.update(revision=models.F("revision") + 1):
        raise ValidationError(
            _(
                "While this page was open, somebody else changed this record. Your text is kept below: compare and save again."
            )
        )
    obj.revision = current + 1


def show_newest_revision(form):
    """After the refusal the person has seen both versions: the next press of the button counts."""
    newest = type(form.instance)._base_manager.filter(pk=form.instance.pk).values_list("revision", flat=True).first()
    if newest is not None and "revision" in form.fields:
        form.data = form.data.copy()
        form.data[form.add_prefix("revision")] = newest


def constraint_sentence(obj):
    try:
        obj.full_clean()
    except ValidationError as error:
        return ValidationError(error.messages)
    return ValidationError(_("Somebody was faster: this no longer fits with what is saved. Open the page again."))


def differences(old, new):
    """Old and new value of each changed field, as people read them."""
    changes = []
    for field in new._meta.concrete_fields:
        if field.name in SECRET_FIELDS or getattr(old, field.attname) == getattr(new, field.attname):
            continue
        changes.append({"field": str(field.verbose_name), "old": readable(old, field), "new": readable(new, field)})
    return changes


def readable(obj, field):
    display = getattr(obj, f"get_{field.name}_display", None)
    value = display() if display else getattr(obj, field.name)
    if value is None or value == "":
        return "—"
    return str(formats.localize(value)) if not isinstance(value, bool) else (_("yes") if value else _("no"))


def school_of(target):
    """The school an object belongs to, found along the usual paths."""
    if target._meta.label == "accounts.School":
        return target
    for path in ("school", "year", "person", "pair", "roadmap", "plan", "wave", "section", "item", "checkpoint"):
        related = getattr(target, path, None)
        if related is not None:
            return related if path == "school" else school_of(related)
    return None


def address_of(target):
    return target.get_absolute_url() if hasattr(target, "get_absolute_url") else ""


def form_error(form):
    """The first general error as a sentence, for messages."""
    errors = form.errors.get(NON_FIELD_ERRORS) or [message for found in form.errors.values() for message in found]
    return errors[0] if errors else ""
