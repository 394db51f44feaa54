"""What happens when a meeting is written down."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import journal, workflow
from accounts.clock import today
from accounts.files import store
from pairs.forms.meetings import PlanLineForm
from pairs.models import Attendance, Meeting, Pair
from pairs.plan_actions import mark_item

# What a mentee has answered to: when one of these changes, they are asked again.
ANSWERED_TO = {"on", "minutes", "kind", "topic", "agreed"}


class AlreadyAnswered(workflow.Refused):
    """A mentee who has answered, or has a note, is not taken off a meeting."""


def pairs_to_choose(meeting):
    """Pairs of this meeting's mentor that may be at it: those ever fixed by an order."""
    rows = Pair.objects.filter(mentor=meeting.mentor).exclude(state__in=[Pair.State.DRAFT, Pair.State.WITHDRAWN])
    return rows.with_people().order_by("mentee__person__sort_key", "pk")


def write_down(*, sheet, by, hold=False):
    """Save a valid sheet with all it says: who was there, lines worked on and done, notes, the next meeting.

    Returns the meeting; None with the reason in `sheet.form.errors`. Raises `workflow.Refused` when it cannot be
    (somebody was faster, or a mentee who has answered would be taken off).
    """
    form = sheet.form
    scan = store(form.cleaned_data.get("paper"), by=by)
    if scan:
        form.instance.scan = scan
    with transaction.atomic():
        meeting = journal.save(form, by)
        if meeting is None:
            return None
        if hold:
            workflow.perform(meeting, "hold", by)
        set_pairs(meeting, form.cleaned_data["pairs"], by)
        ask_again(meeting, set(form.changed_data), by)
        for part in sheet.chosen_parts():
            write_part(meeting, part, by)
        if "next_on" in form.changed_data:
            plan_next(meeting, form.cleaned_data["pairs"], by)
    return meeting


def set_pairs(meeting, pairs, by):
    there = {row.pair_id: row for row in meeting.attendances.select_related("pair")}
    chosen = {pair.pk for pair in pairs}
    gone = [row for pk, row in there.items() if pk not in chosen]
    if any(row.answer or row.private_note for row in gone):
        raise AlreadyAnswered(_("A mentee who has answered or has a note stays in the meeting: cancel it instead."))
    new = [pair for pair in pairs if pair.pk not in there]
    Attendance.objects.bulk_create(Attendance(year=meeting.year, meeting=meeting, pair=pair) for pair in new)
    meeting.attendances.filter(pk__in=[row.pk for row in gone]).delete()
    if there and (gone or new):
        words = ", ".join([*(f"+ {pair}" for pair in new), *(f"− {row.pair}" for row in gone)])
        journal.record(by, gettext_lazy("changed who was at the meeting"), meeting, comment=words)


def ask_again(meeting, changed, by):
    answered = meeting.attendances.exclude(answer=Attendance.Answer.NONE)
    if changed & ANSWERED_TO and answered.update(answer=Attendance.Answer.NONE, objection="", answered_on=None):
        journal.record(by, gettext_lazy("changed the meeting after the answer: the mentee is asked again"), meeting)


def write_part(meeting, part, by):
    if part.note and part.note.has_changed():
        # Past the journal on purpose: a private note is read by its pair alone.
        note = part.note.cleaned_data["private_note"]
        meeting.attendances.filter(pair=part.pair).update(private_note=note)
    for line in part.lines:
        touched = line.cleaned_data["touched"]
        (meeting.plan_items.add if touched else meeting.plan_items.remove)(line.item)
        if touched == PlanLineForm.DONE or (touched and "result" in line.changed_data):
            mark_item(
                item=line.item,
                by=by,
                done_on=meeting.on if touched == PlanLineForm.DONE else None,
                result=line.cleaned_data["result"],
                from_paper=meeting.from_paper,
            )


def plan_next(meeting, pairs, by):
    """A planned meeting on the day agreed, unless it has passed or something is planned with them for it."""
    if not meeting.next_on or meeting.next_on < today():
        return
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED, on=meeting.next_on, mentor=meeting.mentor)
    if planned.filter(attendances__pair__in=pairs).exists():
        return
    following = Meeting.objects.create(
        year=meeting.year,
        mentor=meeting.mentor,
        on=meeting.next_on,
        minutes=meeting.minutes,
        kind=meeting.kind,
        topic=_("Next meeting of the pair"),
        state=Meeting.State.PLANNED,
        entered_by=by,
    )
    Attendance.objects.bulk_create(Attendance(year=meeting.year, meeting=following, pair=pair) for pair in pairs)
    journal.record(by, gettext_lazy("planned a meeting"), following)
