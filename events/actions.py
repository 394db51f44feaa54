"""Acts over several models of the events."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import files, journal, workflow
from accounts.clock import today
from accounts.workflow import Refused
from events.models import Attendance, Course, Event, Invited, Talk
from events.models.events import new_code

# ---------------------------------------------------------------- who is invited, who was there


@transaction.atomic
def invite(*, event, people, by):
    """The list of those invited by name becomes `people`. Raises Refused where a fact of somebody taken off is kept."""
    there = {row.person_id: row for row in event.invited_people.select_related("person")}
    chosen = {person.pk for person in people}
    gone = [row for pk, row in there.items() if pk not in chosen]
    marked = set(event.attendances.values_list("person_id", flat=True))
    kept = [row.person.short_name for row in gone if row.person_id in marked or row.result or row.proof_id]
    if kept:
        raise Refused(_("These people stay on the list, for it is known what came of it: %(names)s.") % {
            "names": ", ".join(kept)
        })  # fmt: skip
    new = [person for person in people if person.pk not in there]
    Invited.objects.bulk_create(Invited(year=event.year, event=event, person=person) for person in new)
    event.invited_people.filter(pk__in=[row.pk for row in gone]).delete()
    if gone or new:
        words = [*(f"+ {person.short_name}" for person in new), *(f"− {row.person.short_name}" for row in gone)]
        journal.record(by, gettext_lazy("changed who is invited"), event, comment=", ".join(words))


def why_not_marked(event):
    """The sentence that says why nobody can be marked now, or an empty one."""
    if event.state == Event.State.CANCELLED:
        return _("The event is cancelled.")
    if not event.has_begun:
        return _("Attendance is marked from half an hour before the beginning.")
    return ""


@transaction.atomic
def mark(*, event, person, mark, by, reason="", own=False):
    """Write down whether the person was there; the last word counts. False where it says so already. Raises Refused."""
    if refusal := why_not_marked(event):
        raise Refused(refusal)
    said = {"mark": mark, "reason": reason.strip()}
    if Attendance.objects.filter(event=event, person=person, **said).exists():
        return False
    row, _new = Attendance.objects.update_or_create(
        event=event, person=person, defaults=said | {"year": event.year, "marked_by": by, "checked_in": own}
    )
    # Without the reason, which may tell of an illness: the journal is kept for good.
    journal.record(by, gettext_lazy("checked in") if own else gettext_lazy("marked attendance"), row)
    return True


def why_not_checked_in(event, person):
    """The sentence for somebody who cannot check in with the code on the screen now, or an empty one."""
    if event.state == Event.State.CANCELLED:
        return _("The event is cancelled.")
    if event.year.is_closed or not Event.objects.inviting(person).filter(pk=event.pk).exists():
        return _("You are not on the list of this event. If you should be, tell the person who holds it.")
    if event.is_taking_place:
        return ""
    if event.has_begun:
        return _("The event is over. If you were there, tell the curator: they mark it in the list.")
    return _("It is too early: one checks in from half an hour before the beginning.")


@transaction.atomic
def renew_code(*, event, by):
    """The code that was on the screen stops working."""
    Event.objects.filter(pk=event.pk).update(check_in_code=new_code())
    journal.record(by, gettext_lazy("renewed the code for checking in"), event)


@transaction.atomic
def keep_result(*, form, by):
    """What came of an outside event for one person, with its paper."""
    if proof := files.store(form.cleaned_data["upload"], by=by):
        form.instance.proof = proof
    return journal.save(form, by)


# ---------------------------------------------------------------- talks


@transaction.atomic
def add_talk(*, form, by):
    last = form.instance.event.talks.order_by("position").values_list("position", flat=True).last()
    form.instance.position = 1 if last is None else last + 1
    return journal.save(form, by, gettext_lazy("scheduled a talk"))


@transaction.atomic
def mark_talk(*, talk, spoken, by):
    """They presented, on the day of the council, or they did not after all. Raises Refused before that day."""
    if spoken and (talk.event.on > today() or talk.event.state == Event.State.CANCELLED):
        raise Refused(_("The council has not taken place yet."))
    if Talk.objects.filter(pk=talk.pk, spoken_on__isnull=spoken).update(spoken_on=talk.event.on if spoken else None):
        journal.record(
            by, gettext_lazy("presented at the council") if spoken else gettext_lazy("took the mark back"), talk
        )


@transaction.atomic
def shift_talk(*, talk, step, by):
    """One place earlier (−1) or later (+1); all places are written anew."""
    talks = list(talk.event.talks.select_for_update())
    place = next(number for number, each in enumerate(talks) if each.pk == talk.pk)
    talks.insert(min(max(place + step, 0), len(talks) - 1), talks.pop(place))
    for number, each in enumerate(talks, 1):
        Talk.objects.filter(pk=each.pk).update(position=number)
    journal.record(by, gettext_lazy("changed the order of the talks"), talk.event)


@transaction.atomic
def remove_talk(*, talk, by):
    """A planned talk is taken off; one that was presented stays. Raises Refused."""
    gone, _rows = Talk.objects.filter(pk=talk.pk, spoken_on__isnull=True).delete()
    if not gone:
        raise Refused(_("This pair has presented: the talk stays."))
    journal.record(by, gettext_lazy("took a talk off"), talk.event, comment=str(talk))


# ---------------------------------------------------------------- courses


def plan_courses(*, form, by):
    """A line of the training schedule for each chosen person. Returns (how many, names of those who have it already)."""
    words = {name: form.cleaned_data[name] for name in form.Meta.fields}
    planned, there = 0, []
    for person in form.cleaned_data["people"]:
        try:
            with transaction.atomic():
                line = Course(year=form.instance.year, person=person, scheduled_on=today(), **words)
                line.save()
                journal.record(by, gettext_lazy("put the course into the schedule"), line)
            planned += 1
        except IntegrityError:
            there.append(person.short_name)
    return planned, there


@transaction.atomic
def claim_course(*, form, by):
    """Save a valid claim with its file and take the step; the curator's own entry for another is confirmed at once.

    Returns the course; None with the reason in `form.errors`. Raises Refused when somebody was faster.
    """
    course = form.instance
    if certificate := files.store(form.cleaned_data["upload"], by=by):
        course.certificate = certificate
    course.from_paper = course.person_id != by.pk
    saved = journal.save(form, by)
    if saved is None:
        return None
    workflow.perform(saved, "claim", by)
    if saved.from_paper:
        workflow.perform(saved, "confirm", by)
    return saved
