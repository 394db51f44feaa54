"""What waits for a mentor and for a mentee: both meet the same pairs, from two sides."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Participation
from accounts.roles import STAFF, Role
from mentorship_portal.today import analysis, consents, events, site, surveys
from mentorship_portal.today.task import NAMED, Section, Task, day, until
from pairs.models import Attendance, Meeting, Pair, Plan, PlanItem, Step
from pairs.models.pairing import GRACE
from pairs.models.plans import percent_of

MENTOR, MENTEE = Participation.Side.MENTOR, Participation.Side.MENTEE
PAGES = {MENTOR: "mentorship_portal/today/mentor.html", MENTEE: "mentorship_portal/today/mentee.html"}


def sections(look):
    """One section for each side on which the person takes part this year."""
    mine = Mine(look)
    sides = [side for side in (MENTOR, MENTEE) if side in mine.sides]
    if not sides and not look.user.has_role(*STAFF):
        sides = [MENTOR if look.user.has_role(Role.MENTOR) else MENTEE]  # of another year: says that there is nothing
    found = [section(look, mine, side) for side in sides]
    if found and mine.sides and not look.year.is_closed:
        found[0].add(consents.waiting(look))
    if found and not look.year.is_closed:
        found[0].add(events.of_participant(look))  # of the person, not of a side: told once
    return found


def section(look, mine, side):
    cards = mine.cards(side)
    facts = {"cards": cards, "takes_part": side in mine.sides, "log_url": look.to("meeting_create")}
    tasks = [] if look.year.is_closed else TASKS[side](look, mine, cards)
    return Section(side.label, PAGES[side], tasks, facts)


@dataclass
class Card:
    """A pair as one of its two people looks at it."""

    pair: Pair
    other: object  # the person on the other side
    step: object  # the first of the five steps that was not taken, or None
    items: list  # lines of the plan that are to be done, by date
    planned: object  # the next planned meeting, or None
    today: object
    log_url: str

    @property
    def plan(self):
        return getattr(self.pair, "plan", None)

    @property
    def item(self):
        return self.items[0] if self.items else None

    @property
    def late_items(self):
        return [item for item in self.items if item.due_on < self.today]

    @property
    def step_is_late(self):
        return bool(self.step) and self.today > max(self.step.due_on, self.pair.fixed_on + GRACE)

    @property
    def works(self):
        """Is there somebody to meet: the pair is fixed, not over and not paused."""
        return self.pair.state == Pair.State.FIXED and not self.pair.paused

    @property
    def part_of_due(self):
        return percent_of(self.pair.items_done_of_due, self.pair.items_due) if self.is_measured else None

    @property
    def part_of_whole(self):
        return percent_of(self.pair.items_done, self.pair.items_total) if self.is_measured else None

    @property
    def is_measured(self):
        """Delivery is counted from the first approval on."""
        return bool(self.plan and self.plan.first_approved_on)


class Mine:
    """The pairs of the person who looks, with all that is told about them; the same queries for one pair and for many."""

    def __init__(self, look):
        self.look = look

    @cached_property
    def sides(self):
        rows = Participation.objects.filter(year=self.look.year, person=self.look.user)
        return set(rows.values_list("side", flat=True))

    @cached_property
    def pairs(self):
        me, on = self.look.user, self.look.on
        own = Pair.objects.filter(Q(mentor__person=me) | Q(mentee__person=me), year=self.look.year)
        rows = own.filter(state__in=[Pair.State.FIXED, Pair.State.COMPLETED]).with_shown_state(on)
        people = ("mentor__person__card", "mentee__person__card", "plan")
        rows = rows.select_related(*people).with_plan_figures(on).with_last_meeting(on)
        return sorted(rows, key=lambda pair: (pair.state != Pair.State.FIXED, pair.mentee.person.sort_key))

    @cached_property
    def attendances(self):
        """What is planned, and what was held and lacks the mentee's agreement; the earliest first."""
        open_held = Q(meeting__state=Meeting.State.HELD) & ~Q(answer=Attendance.Answer.CONFIRMED)
        rows = Attendance.objects.filter(pair__in=self.pairs)
        rows = rows.filter(Q(meeting__state=Meeting.State.PLANNED) | open_held).select_related("meeting")
        return list(rows.order_by("meeting__on", "pk"))

    @cached_property
    def items(self):
        return list(PlanItem.objects.in_work().filter(plan__pair__in=self.pairs).select_related("plan"))

    @cached_property
    def steps(self):
        return list(self.look.year.steps.all())

    @cached_property
    def steps_taken(self):
        """{(step, pair)} by their ids."""
        held = Attendance.objects.counted().filter(pair__in=self.pairs)
        rows = Step.objects.filter(meetings__attendances__in=held)
        return set(rows.values_list("pk", "meetings__attendances__pair_id"))

    @cached_property
    def questionnaires(self):
        return surveys.waiting(self.look)

    def cards(self, side):
        own = [pair for pair in self.pairs if getattr(pair, side).person_id == self.look.user.pk]
        return [self.card(pair, MENTEE if side == MENTOR else MENTOR) for pair in own]

    def card(self, pair, other):
        planned = [row.meeting for row in self.attendances if row.pair_id == pair.pk and is_ahead(row, self.look.today)]
        return Card(
            pair=pair,
            other=getattr(pair, other).person,
            step=next((step for step in self.steps if (step.pk, pair.pk) not in self.steps_taken), None),
            items=[item for item in self.items if item.plan.pair_id == pair.pk],
            planned=planned[0] if planned else None,
            today=self.look.today,
            log_url=self.look.to("meeting_create", pair=pair.pk),
        )


def is_ahead(row, today):
    return row.meeting.state == Meeting.State.PLANNED and row.meeting.on >= today


def mentor_tasks(look, mine, cards):
    of_cards = {card.pair.pk: card for card in cards}
    rows = [row for row in mine.attendances if row.pair_id in of_cards]
    return [
        *objections(rows, of_cards),
        *site.returned(look.user),
        *passed_meetings(look, rows, of_cards),
        *about_plans(look, cards),
        *questionnaires(look, mine, MENTOR, cards),
        *analysis.of_mentor(look, cards),
    ]


def objections(rows, cards):
    """One task a mentee's objection: its words, and the way to settle it."""
    return [
        Task(
            _("%(name)s objects to the meeting of %(day)s: “%(words)s”")
            % {"name": cards[row.pair_id].other.short_name, "day": day(row.meeting.on), "words": row.objection},
            row.meeting.get_absolute_url(),
            _("Put it right"),
            "bad",
        )
        for row in rows
        if row.answer == Attendance.Answer.OBJECTED
    ]


def passed_meetings(look, rows, cards):
    """One task a planned meeting whose day has passed, whoever was to be there."""
    found = {}
    for row in rows:
        if row.meeting.state == Meeting.State.PLANNED and row.meeting.on < look.today:
            found.setdefault(row.meeting, []).append(cards[row.pair_id].other.short_name)
    return [
        Task(
            _("Was the meeting of %(day)s held? %(names)s") % {"day": day(meeting.on), "names": ", ".join(names)},
            reverse("meeting_hold", args=[meeting.pk]),
            _("Record it"),
            "warn",
            list_url=meeting.get_absolute_url(),
        )
        for meeting, names in found.items()
    ]


def about_plans(look, cards):
    return [task for card in cards if card.works for task in about_plan(look, card)]


def about_plan(look, card):
    """What the pair owes: a plan, its submission, the lines whose date has passed."""
    plan, name = card.plan, {"name": card.other.short_name}
    due = card.pair.fixed_on + GRACE
    tone, left = ("warn" if due < look.today else "info"), until(due, look.today)
    if plan is None:
        url = look.to("plan_create", pair=card.pair.pk)
        return [Task(_("No individual plan yet: %(name)s") % name, url, _("Start the plan"), tone, left)]
    url = plan.get_absolute_url()
    if plan.state == Plan.State.RETURNED:
        return [Task(_("The plan was returned for changes: %(name)s") % name, url, _("Put it right"), "bad")]
    if plan.state == Plan.State.DRAFT:
        return [Task(_("The plan is still a draft: %(name)s") % name, url, _("Finish and submit"), tone, left)]
    return late_lines(card, url)


def late_lines(card, url):
    number = len(card.late_items)
    if not number:
        return []
    words = ngettext("%(n)d line of the plan is late: %(name)s", "%(n)d lines of the plan are late: %(name)s", number)
    lines = tuple((item.what, url, day(item.due_on)) for item in card.late_items)
    return [
        Task(words % {"n": number, "name": card.other.short_name}, url, _("Mark what is done"), "warn", people=lines)
    ]


def questionnaires(look, mine, side, cards):
    """Those who have a pair of the year are asked; a paused pair is not."""
    if not any(card.pair.fixed_on <= look.today and not card.pair.paused for card in cards):
        return []
    return [surveys.questionnaire(look, own) for own in mine.questionnaires if own.side == side]


def mentee_tasks(look, mine, cards):
    pairs = {card.pair.pk for card in cards}
    held = [row for row in mine.attendances if row.pair_id in pairs and waits_for_word(row)]
    return [
        *(confirmation(row) for row in held[::-1][:NAMED]),
        *about_plans(look, cards),
        *questionnaires(look, mine, MENTEE, cards),
    ]


def waits_for_word(row):
    return row.meeting.state == Meeting.State.HELD and row.answer == Attendance.Answer.NONE


def confirmation(row):
    """One tap; to object, the meeting's page asks for a word."""
    meeting = row.meeting
    words = _("Was it so? %(day)s, %(minutes)d min: %(topic)s") % {
        "day": day(meeting.on), "minutes": meeting.minutes, "topic": meeting.topic
    }  # fmt: skip
    posts = (("answer", Attendance.Answer.CONFIRMED.value), ("next", reverse("home")))
    url = reverse("meeting_answer", args=[row.pk])
    return Task(words, url, _("Yes, it was so"), list_url=meeting.get_absolute_url(), posts=posts)


TASKS = {MENTOR: mentor_tasks, MENTEE: mentee_tasks}
