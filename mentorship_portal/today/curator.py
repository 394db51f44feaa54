"""What waits for the curator."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Participation, SchoolYear
from accounts.roles import Role
from mentorship_portal.today import analysis, consents, events, site, surveys
from mentorship_portal.today.task import Section, Step, Task, day, since, until, waited
from pairs.models import Attendance, Pair, Plan, Shown, mentees_without_mentor
from pairs.models.plans import may_approve
from roadmap.models import Checkpoint, Roadmap
from roadmap.states import ItemState

SOON = datetime.timedelta(days=30)
DEADLINES = 6  # shown; the rest is on the page of the roadmap


def section(look):
    begun = beginnings(look.year)
    steps, due = first_steps(look, begun), deadlines(look)
    return Section(
        Role.CURATOR.label,
        "mentorship_portal/today/curator.html",
        [] if look.year.is_closed else tasks(look, begun),
        {"steps": steps, "glance": look.glance, "deadlines": due[:DEADLINES], "later": len(due[DEADLINES:])},
    )


def tasks(look, begun):
    return [
        *about_roadmap(look),
        *plans_to_approve(look),
        *silent_pairs(look),
        *lonely_mentees(look, begun),
        *drafts(look, begun),
        *consents.missing(look),
        *surveys.for_curator(look),
        *analysis.of_curator(look),
        *meetings(look),
        *events.of_curator(look),
        *finished_pairs(look),
        *site.curator_tasks(look, begun),
        *other_years(look),
    ]


def beginnings(year):
    """Which of the year's first steps are taken, and how many drafts wait; one query."""
    parts = Participation.objects.filter(year=OuterRef("pk"))
    pairs = Pair.objects.filter(year=OuterRef("pk"), fixed_on__isnull=False)
    drafts = Count("pairs", filter=Q(pairs__state=Pair.State.DRAFT))
    rows = SchoolYear.objects.filter(pk=year.pk).annotate(people=Exists(parts), fixed=Exists(pairs), drafts=drafts)
    return rows.values("people", "fixed", "drafts").get()


def first_steps(look, begun):
    """How a year begins; empty once the roadmap is there, people take part and pairs are fixed."""
    plan = look.roadmap
    if (plan and begun["people"] and begun["fixed"]) or look.year.is_closed:
        return []
    return [
        Step(_("Load the roadmap"), _("The school's own file, a Word or Excel table; a sample is there too"),
             look.to("roadmap_import"), bool(plan)),
        Step(_("Load the teachers"), _("From Excel; a preview shows every row before anything is saved"),
             look.to("registry_import"), begun["people"]),
        Step(_("Form the pairs"), _("The portal proposes, you decide; an order fixes them"),
             look.to("pair_match"), begun["fixed"]),
        Step(_("Check the four diagnostic periods"), _("The questionnaires open and close by these dates"),
             reverse("year_periods", args=[look.year.pk]), False),
    ]  # fmt: skip


def about_roadmap(look):
    plan, url = look.roadmap, look.to("roadmap")
    if plan is None:
        return []  # the first steps say so
    if plan.state == Roadmap.State.RETURNED:
        return [Task(_("The head returned the roadmap with a comment"), url, _("Open the roadmap"), "bad")]
    if plan.state == Roadmap.State.DRAFT:
        return [Task(_("The roadmap is a draft: submit it for approval"), url, _("Open the roadmap"), "warn")]
    if plan.state == Roadmap.State.SUBMITTED:
        waits = _("The roadmap waits for the head's approval")
        return [Task(waits, url, _("Open the roadmap"), age=since(plan.submitted_on))]
    return []


def plans_to_approve(look):
    """Submitted plans that this person may decide, the oldest first."""
    rows = Plan.objects.filter(year=look.year).waiting().select_related("pair__mentor__person", "pair__mentee__person")
    found = []
    for plan in rows:
        plan.year = look.year
        found += [plan] if may_approve(plan, look.user) else []
    if not found:
        return []
    oldest = max(plan.waiting_days for plan in found)
    words = ngettext("%(n)d plan waits for approval", "%(n)d plans wait for approval", len(found)) % {"n": len(found)}
    people = tuple((p.pair.mentee.person.short_name, p.get_absolute_url(), waited(p.waiting_days)) for p in found)
    all_of_them = look.to("plan_list", state="submitted", sort="waiting")
    url = found[0].get_absolute_url() if len(found) == 1 else all_of_them
    tone = "bad" if oldest > 7 else "warn"
    return [Task(words, url, _("Read and approve"), tone, waited(oldest), people, list_url=all_of_them)]


def silent_pairs(look):
    rows = Pair.objects.silent(look.year, look.on).with_people().with_last_meeting(look.on)
    found = list(rows.order_by("last_meeting", "pk"))
    if not found:
        return []
    words = ngettext(
        "%(n)d pair has not met for three weeks", "%(n)d pairs have not met for three weeks", len(found)
    ) % {"n": len(found)}  # fmt: skip
    people = tuple((str(pair), pair.get_absolute_url(), last_met(pair)) for pair in found)
    return [Task(words, look.to("pair_list", state="silent"), _("See the pairs"), "warn", people=people)]


def last_met(pair):
    return _("last on %(day)s") % {"day": day(pair.last_meeting)} if pair.last_meeting else _("not once")


def lonely_mentees(look, begun):
    if not begun["people"]:
        return []
    found = list(mentees_without_mentor(look.year, look.on).select_related("person"))
    if not found:
        return []
    words = ngettext("%(n)d mentee has no mentor", "%(n)d mentees have no mentor", len(found)) % {"n": len(found)}
    people = tuple((part.person.short_name, part.get_absolute_url(), "") for part in found)
    all_of_them = look.to("registry", side="mentee", paired="lonely")
    return [Task(words, look.to("pair_match"), _("Propose pairs"), "warn", people=people, list_url=all_of_them)]


def drafts(look, begun):
    number = begun["drafts"]
    if not number:
        return []
    words = ngettext("%(n)d draft pair waits for an order", "%(n)d draft pairs wait for an order", number)
    all_of_them = look.to("pair_list", state="draft")
    return [Task(words % {"n": number}, look.to("order_create"), _("Make the order"), list_url=all_of_them)]


def meetings(look):
    """Held meetings that a mentee objects to, and planned ones whose day has passed."""
    objected, passed = [], []
    for row in troubled(look.year, look.today):
        (objected if row.answer == Attendance.Answer.OBJECTED else passed).append(row)
    found = []
    if number := len({row.meeting_id for row in objected}):
        words = ngettext("%(n)d meeting is objected to", "%(n)d meetings are objected to", number) % {"n": number}
        url = look.to("meeting_list", shown=Shown.OBJECTED.value)
        found.append(Task(words, url, _("Read and settle"), "bad", people=tuple(map(met, objected))))
    if number := len({row.meeting_id for row in passed}):
        words = ngettext(
            "The day of %(n)d planned meeting has passed", "The day of %(n)d planned meetings has passed", number
        ) % {"n": number}
        last = look.today - datetime.timedelta(days=1)
        url = look.to("meeting_list", shown=Shown.PLANNED.value, until=last.isoformat())
        found.append(Task(words, url, _("Held or cancelled?"), people=tuple(map(met, passed))))
    return found


def troubled(year, today):
    """Attendances of meetings that somebody must settle: objected to, or planned for a day that has passed."""
    found = Attendance.objects.objected() | Attendance.objects.planned_before(today)
    rows = found.filter(year=year)  # beside the "or", not in both of its halves: then the year's index is used
    return rows.select_related("meeting__mentor__person", "pair__mentee__person").order_by("meeting__on", "pk")


def met(row):
    """«Белых Д. О.», the meeting's page, its day."""
    return (row.pair.mentee.person.short_name, row.meeting.get_absolute_url(), day(row.meeting.on))


def finished_pairs(look):
    found = list(Pair.objects.filter(year=look.year).time_is_up(look.today).with_people())
    if not found:
        return []
    words = ngettext(
        "The time of %(n)d pair is up: complete it", "The time of %(n)d pairs is up: complete them", len(found)
    ) % {"n": len(found)}
    people = tuple((str(pair), pair.get_absolute_url(), "") for pair in found)
    return [Task(words, look.to("pair_list", state="over"), _("See the pairs"), people=people)]


def other_years(look):
    """A year that is over, one to be prepared, or one being prepared beside the current."""
    year = look.year
    if year.state != SchoolYear.State.CURRENT:
        return []
    preparing = next((each for each in look.years if each.state == SchoolYear.State.PREPARATION), None)
    if look.today > year.ends_on:
        words = _("The school year %(year)s is over: close it, then the next one can begin") % {"year": year}
        return [Task(words, year.get_absolute_url(), _("To the school year"), "bad")]
    if preparing:
        words = _("The school year %(year)s is being prepared") % {"year": preparing}
        return [Task(words, f"{reverse('home')}?year={preparing.first_year}", _("What is left to do"))]
    if look.today > year.teaching_ends_on:
        return [Task(_("Prepare the next school year"), reverse("year_create"), _("Prepare"))]
    return []


@dataclass(frozen=True)
class Deadline:
    """An open checkpoint with its date: what it waits for, and how loud that is."""

    checkpoint: Checkpoint
    words: str
    tone: str


def deadlines(look):
    """Open checkpoints due within a month, the longest overdue first."""
    if look.roadmap is None or look.year.is_closed:
        return []
    rows = Checkpoint.objects.filter(year=look.year, state=Checkpoint.State.OPEN, due_on__lte=look.today + SOON)
    states = {found.checkpoint.pk: found.state for found in look.measured.values()}
    found = rows.select_related("item").order_by("due_on", "item__position")
    return [deadline(look, row, states.get(row.pk)) for row in found]


def deadline(look, checkpoint, state):
    """A passed date is loud only where the work is missing: who lacks but the paper, or the last press, reads that."""
    due = checkpoint.due_on
    if state in (ItemState.NO_PROOF, ItemState.READY):
        return Deadline(checkpoint, f"{state.label}, {until_or_was(due, look.today)}", "warn")
    return Deadline(checkpoint, until(due, look.today), "bad" if due < look.today else "")


def until_or_was(due, today):
    return until(due, today) if due >= today else _("was due on %(day)s") % {"day": day(due)}
