"""Meetings: the list, writing one down in under a minute, the mentee's word."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import files, journal, moves, workflow
from accounts.lists import page_of
from accounts.models import Entry, Participation
from accounts.roles import EVERYONE, Role, roles_allowed
from accounts.text import number_in
from accounts.views.sign_in import back
from accounts.years import chosen_year
from pairs.forms.meetings import AnswerForm, MeetingFilter, MeetingSheet
from pairs.meeting_actions import pairs_to_choose, write_down
from pairs.models import Attendance, Meeting, Pair, PlanItem, Shown, Step

USUAL_MINUTES = 45


@roles_allowed(*EVERYONE)
def meeting_list(request):
    year, user = chosen_year(request), request.user
    pairs = list(Pair.objects.visible_to(user).filter(year=year).with_people())
    asked = MeetingFilter(request.GET, pairs=pairs)
    found = asked.apply(Meeting.objects.visible_to(user).filter(year=year).with_shown_state(year))
    counts, shown = found.counts(), shown_states(asked.cleaned_data.get("shown"))
    rows = found.filter(shown__in=shown)
    number = sum(of for state, (of, _minutes) in counts.items() if state in shown)
    page = page_of(request, rows.select_related("mentor__person"), count=number)
    name_pairs(page.object_list, {pair.pk: pair for pair in pairs})
    return render(
        request,
        "pairs/meeting_list.html",
        {
            "year": year,
            "page": page,
            "filter": asked,
            "tabs": [(state, label, counts.get(state, (0, 0))[0]) for state, label in Shown.choices],
            "total": sum(of for of, _minutes in counts.values()),
            "hours": hours_of(counts),
            "may_write": writes_in(user, year),
            "is_mentor": user.has_role(Role.MENTOR),
            "from_paper": user.is_curator,
            "one_mentor": "mentor" not in asked.fields,
        },
    )


def shown_states(asked):
    if asked == "took_place":
        return [Shown.HELD, Shown.CONFIRMED]
    return [asked] if asked else Shown.values


def name_pairs(meetings, pairs):
    """Puts the pairs that this person may see on each meeting; one query for the page."""
    meetings = list(meetings)
    there = {}
    for row in Attendance.objects.filter(meeting__in=[meeting.pk for meeting in meetings], pair__in=pairs):
        there.setdefault(row.meeting_id, []).append(pairs[row.pair_id])
    for meeting in meetings:
        meeting.seen_pairs = there.get(meeting.pk, [])


def hours_of(counts):
    """Hours that count: held, confirmed or not yet answered; objected ones are left out."""
    return sum(counts.get(state, (0, 0))[1] for state in (Shown.HELD, Shown.CONFIRMED)) / 60


def writes_in(user, year):
    return not year.is_closed and user.has_role(Role.MENTOR, Role.CURATOR)


@roles_allowed(Role.MENTOR, Role.CURATOR)
def meeting_create(request):
    year = chosen_year(request)
    if year.is_closed:
        messages.error(request, _("The school year %(year)s is closed.") % {"year": year})
        return redirect("meeting_list")
    mentor = mentor_of(request, year)
    if mentor is None:
        return choose_mentor(request, year)
    meeting = Meeting(year=year, mentor=mentor, entered_by=request.user)
    meeting.from_paper = mentor.person_id != request.user.pk
    if request.POST.get("state") == Meeting.State.PLANNED:
        meeting.state = Meeting.State.PLANNED
    return sheet_page(request, meeting, initial_of(request, meeting))


def mentor_of(request, year):
    """Whose meeting it is: one's own; a curator names the mentor with `?mentor=`, or by the pair. None: choose first."""
    mentors, user = Participation.objects.filter(year=year).mentors().select_related("person"), request.user
    if not user.is_curator:
        return get_object_or_404(mentors, person=user)
    asked, pair = request.GET.get("mentor", ""), request.GET.get("pair", "")
    if asked:
        return get_object_or_404(mentors.visible_to(user), pk=number_in(asked))
    if pair:
        return get_object_or_404(mentors.visible_to(user), pairs_as_mentor=number_in(pair))
    return None if "paper" in request.GET else mentors.filter(person=user).first()


def choose_mentor(request, year):
    rows = Participation.objects.visible_to(request.user).filter(year=year).mentors().select_related("person")
    return render(request, "pairs/meeting_create.html", {"year": year, "mentors": rows})


def initial_of(request, meeting):
    """What the form knows beforehand: the pair, the usual duration, the topic of a link."""
    pairs = pairs_to_choose(meeting).live()
    chosen = [pair.pk for pair in pairs if str(pair.pk) == request.GET.get("pair")] or (
        [pairs[0].pk] if len(pairs) == 1 else []
    )
    last = Meeting.objects.filter(mentor=meeting.mentor).held().values_list("minutes", flat=True).first()
    topic = request.GET.get("topic", "")[:200]
    return {"pairs": chosen, "minutes": last or USUAL_MINUTES, "topic": topic}


@roles_allowed(Role.MENTOR, Role.CURATOR)
def meeting_edit(request, pk):
    meeting = kept(request, pk)
    if meeting.state == Meeting.State.CANCELLED:
        messages.error(request, workflow.already(meeting))
        return redirect(meeting)
    return sheet_page(request, meeting, own_pairs(meeting))


@roles_allowed(Role.MENTOR, Role.CURATOR)
def meeting_hold(request, pk):
    meeting = kept(request, pk)
    if meeting.state != Meeting.State.PLANNED:
        messages.error(request, workflow.already(meeting))
        return redirect(meeting)
    return sheet_page(request, meeting, own_pairs(meeting), hold=True)


def kept(request, pk):
    """The meeting, for those who write in it: 404 if it is not seen, 403 if it is another mentor's."""
    rows = Meeting.objects.visible_to(request.user).select_related("mentor__person", "year")
    meeting = get_object_or_404(rows, pk=pk)
    if not meeting.is_kept_by(request.user):
        raise PermissionDenied
    return meeting


def own_pairs(meeting):
    return {"pairs": list(meeting.attendances.values_list("pair_id", flat=True))}


def sheet_page(request, meeting, initial, hold=False):
    """Show the page of a meeting, or save what was posted."""
    held = hold or meeting.state == Meeting.State.HELD
    options = {
        "meeting": meeting,
        "by": request.user,
        "pairs": pairs_to_choose(meeting),
        "held": held,
        "initial": initial,
    }
    if request.method != "POST":
        return show_sheet(request, MeetingSheet(**options), hold)
    if first := sent_before(request):
        return redirect(first)
    sheet = MeetingSheet(request.POST, request.FILES, **options)
    saved = save_sheet(request, sheet, hold) if sheet.is_valid() else None
    return redirect(saved) if saved else show_sheet(request, sheet, hold)


def sent_before(request):
    """The meeting that the first click of a double click has saved."""
    key = request.POST.get("form_key", "")[:32]
    return Meeting.objects.filter(form_key=key, entered_by=request.user).first() if key.isalnum() else None


def save_sheet(request, sheet, hold):
    try:
        meeting = write_down(sheet=sheet, by=request.user, hold=hold)
    except workflow.Refused as refusal:
        sheet.form.add_error(None, str(refusal))
        return None
    if meeting is None:
        return sent_before(request)
    for pair in sheet.form.early_pairs():
        messages.warning(
            request,
            _("%(pair)s: this day is before the pair began (%(day)s).")
            % {"pair": pair, "day": f"{pair.starts_on:%d.%m.%Y}"},
        )
    messages.success(request, _("The meeting is recorded.") if sheet.held else _("The meeting is planned."))
    return meeting


def show_sheet(request, sheet, hold):
    meeting = sheet.meeting
    page = "pairs/meeting_edit.html" if meeting.pk else "pairs/meeting_create.html"
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "meeting": meeting,
        "topics": topics_of(meeting.mentor),
        "steps_held": steps_held(sheet.form.pair_list),
        "hold": hold,
    }
    return render(request, "pairs/meeting_hold.html" if hold else page, context)


def topics_of(mentor):
    """Suggestions for the topic: the next plan lines, then the last own topics."""
    lines = PlanItem.objects.in_work().filter(plan__pair__mentor=mentor).values_list("what", flat=True)[:8]
    topics = Meeting.objects.filter(mentor=mentor).values_list("topic", flat=True)[:20]
    return list(dict.fromkeys([line[:200] for line in lines] + list(topics)))[:14]


def steps_held(pairs):
    """Ids of the steps that all these pairs have behind them."""
    rows = Step.objects.filter(meetings__attendances__in=Attendance.objects.counted().filter(pair__in=pairs))
    taken = set(rows.values_list("pk", "meetings__attendances__pair_id"))
    return [step for step in {pk for pk, _pair in taken} if all((step, pair.pk) in taken for pair in pairs)]


@roles_allowed(*EVERYONE)
def meeting_detail(request, pk):
    rows = Meeting.objects.visible_to(request.user).with_shown_state()
    rows = rows.select_related("mentor__person", "year", "entered_by", "scan")
    meeting, user = get_object_or_404(rows, pk=pk), request.user
    there = attendances_for(meeting, user)
    keeps = meeting.is_kept_by(user)
    items = meeting.plan_items.filter(plan__pair__in=[row.pair_id for row in there]).select_related("plan")
    return render(
        request,
        "pairs/meeting_detail.html",
        {
            "meeting": meeting,
            "attendances": there,
            "items": items,
            "steps": meeting.steps.all(),
            "may_cancel": "cancel" in dict(workflow.available(meeting, user)),
            "keeps": keeps,
            "entries": Entry.objects.about(meeting),
        },
    )


def attendances_for(meeting, user):
    """The pairs at a meeting as this person may read them: the note by its pair, the mentee's words not by others."""
    rows = Attendance.objects.visible_to(user).filter(meeting=meeting)
    there = list(rows.select_related("pair__mentor__person", "pair__mentee__person"))
    for row in there:
        row.meeting = meeting
        row.note_for_reader = row.private_note if row.pair.has_member(user) else ""
        row.reads_note = row.pair.has_member(user)
        row.answers = row.pair.mentee.person_id == user.pk and meeting.state == Meeting.State.HELD
        row.answers = row.answers and not meeting.year.is_closed
    return there


@roles_allowed(Role.MENTOR, Role.CURATOR)
@require_POST
def meeting_cancel(request, pk):
    meeting = kept(request, pk)
    return moves.take(request, meeting, "cancel", cancel_reason=request.POST.get("comment", "").strip())


@roles_allowed(Role.MENTEE)
@require_POST
def meeting_answer(request, pk):
    """The mentee of the pair confirms, or objects with a word; `pk` is the attendance's."""
    rows = Attendance.objects.visible_to(request.user).select_related(
        "meeting__year", "pair__mentor__person", "pair__mentee__person"
    )
    row = get_object_or_404(rows, pk=pk)
    if row.pair.mentee.person_id != request.user.pk:
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if row.meeting.state != Meeting.State.HELD or row.meeting.year.is_closed:
        messages.error(request, workflow.already(row.meeting))
    elif not form.is_valid():
        messages.error(request, journal.form_error(form))
    else:
        give_answer(request, row, **form.cleaned_data)
    return back(request) if "next" in request.POST else redirect(row.meeting)


VERBS = {"confirmed": gettext_lazy("confirmed the meeting"), "objected": gettext_lazy("objected to the meeting")}


def give_answer(request, row, answer, objection):
    if row.take_answer(answer, objection):
        journal.record(request.user, VERBS[answer], row, comment=objection)
    messages.success(request, _("Thank you, your answer is recorded."))


@roles_allowed(*EVERYONE)
def meeting_scan(request, pk):
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("scan"), pk=pk)
    return files.send(meeting.scan)
