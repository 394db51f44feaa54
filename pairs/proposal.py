"""The proposal for the whole school: scores in words, the optimum by `pairs.matching`."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.clock import today
from accounts.models import Participation
from accounts.text import folded
from pairs.matching import assign
from pairs.models import Pair

# What matters in which order is the field's own (domain.md, "Pairs"): request, then subject, stage, experience, building.
REQUEST, SUBJECT, STAGE, BUILDING, EXPERIENCED, LOAD = 25, 30, 10, 5, 5, 6
EXPERIENCED_MONTHS = 10 * 12


@dataclass
class Score:
    total: int = 0
    reasons: list = field(default_factory=list)

    def add(self, points, reason):
        self.total += points
        self.reasons.append(reason)


@dataclass
class Choice:
    mentor: Participation
    score: Score


@dataclass
class Row:
    mentee: Participation
    choices: list  # every possible mentor, best first
    chosen: Choice | None
    why_none: str = ""


def score(mentee, mentor):
    """How well a mentor answers a mentee: points and the reasons in words; None for oneself."""
    if mentee.person_id == mentor.person_id:
        return None
    found = Score()
    met = [
        r.competence for r in mentee.requests.all() if r.competence_id in {o.competence_id for o in mentor.offers.all()}
    ]
    if met:
        found.add(
            REQUEST * len(met), _("answers the request: %(what)s") % {"what": ", ".join(str(c).lower() for c in met)}
        )
    compare_cards(found, getattr(mentee.person, "card", None), getattr(mentor.person, "card", None))
    if mentor.live_pairs:
        found.add(-LOAD * mentor.live_pairs, load_words(mentor))
    return found


def compare_cards(found, one, other):
    if one is None or other is None:
        return
    if one.subject and folded(one.subject) == folded(other.subject):
        found.add(SUBJECT, _("the same subject: %(subject)s") % {"subject": one.subject})
    if one.stage and one.stage == other.stage:
        found.add(STAGE, _("the same teaching stage"))
    if one.building and folded(one.building) == folded(other.building):
        found.add(BUILDING, _("the same building"))
    if (other.experience_now() or 0) >= EXPERIENCED_MONTHS:
        found.add(EXPERIENCED, _("experience over 10 years"))


def load_words(mentor):
    return ngettext(
        "already has %(n)d mentee of %(places)d", "already has %(n)d mentees of %(places)d", mentor.live_pairs
    ) % {"n": mentor.live_pairs, "places": mentor.capacity}


def propose(year):
    """Rows for every mentee of the year without a main mentor or a draft of one. Six queries."""
    mentees, mentors = lonely_mentees(year), free_mentors(year)
    scores = [[score(mentee, mentor) for mentor in mentors] for mentee in mentees]
    found = assign([[s and s.total for s in row] for row in scores], [free_places(mentor) for mentor in mentors])
    return [row_of(mentee, mentors, row, chosen) for mentee, row, chosen in zip(mentees, scores, found, strict=True)]


def lonely_mentees(year):
    having = Pair.objects.filter(year=year, is_main=True, state__in=[Pair.State.DRAFT, Pair.State.FIXED])
    rows = Participation.objects.of_year(year).mentees().on(today()).exclude(pk__in=having.values("mentee_id"))
    return list(rows.select_related("person__card").prefetch_related("requests__competence"))


def free_mentors(year):
    """Mentors with a free place, drafts counted as taken."""

    drafts = Count("pairs_as_mentor", filter=Q(pairs_as_mentor__state=Pair.State.DRAFT))
    rows = Participation.objects.of_year(year).mentors().on(today()).annotate(drafts=drafts)
    rows = rows.select_related("person__card").prefetch_related("offers")
    return [mentor for mentor in rows if free_places(mentor) > 0]


def free_places(mentor):
    return mentor.capacity - mentor.live_pairs - mentor.drafts


def row_of(mentee, mentors, scores, chosen):
    choices = [Choice(mentor, found) for mentor, found in zip(mentors, scores, strict=True) if found]
    best = next((c for c in choices if chosen is not None and c.mentor is mentors[chosen]), None)
    choices.sort(key=lambda choice: -choice.score.total)
    why = "" if best else _("no mentor has a free place: raise somebody's capacity or add a mentor")
    return Row(mentee, choices, best, why)
