"""Whom the indicators count: each verb belongs to the app that owns the fact, here they are put together."""

from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Participation, User
from pairs.models import Declined, Pair, PlanItem, TeacherCard, participants_of
from pairs.models.pairing import GRACE, paused_on
from roadmap.models import Checkpoint, Roadmap

# ---------------------------------------------------------------- 1.1, 1.2: the two bases


def side_of_year(moment, side):
    """Who joined that side of the year by the day, those who left meanwhile too."""
    return Participation.objects.filter(year=moment.year, side=side, since__lte=moment.on)


def decided(people, moment):
    mentees = side_of_year(moment, "mentee")
    declined = Declined.objects.filter(year=moment.year, on__lte=moment.on)
    return people.filter(Q(pk__in=mentees.values("person_id")) | Q(pk__in=declined.values("person_id")))


def teachers_who_qualify(moment):
    """Teachers under the school's threshold of experience on that day, and everybody about whom it was decided."""
    people = User.objects.filter(school_id=moment.year.school_id, card__isnull=False)
    young = young_cards(moment).values("person_id")
    return people.filter(Q(pk__in=young, is_active=True) | Q(pk__in=decided(people, moment).values("pk"))).exclude(
        pk__in=side_of_year(moment, "mentor").values("person_id")
    )


def young_cards(moment):
    """Cards whose experience, counted on from the day it was written down, is under the threshold. Full months."""
    on, since = moment.on, "experience_on"
    passed = (
        on.year * 12
        + on.month
        - ExtractYear(since, output_field=IntegerField()) * 12
        - ExtractMonth(since, output_field=IntegerField())
    )
    cards = TeacherCard.objects.filter(school_id=moment.year.school_id, experience_months__isnull=False)
    return cards.annotate(
        experience=F("experience_months") + Coalesce(passed, 0), day=Coalesce(ExtractDay(since), 0)
    ).filter(
        Q(experience__lt=moment.year.school.young_years * 12)
        | Q(experience=moment.year.school.young_years * 12, day__gt=on.day)
    )


def mentees_now(moment):
    """«12 за год, сейчас 11»: whom the system covers."""
    rows = side_of_year(moment, "mentee")
    return _("mentees this year: %(all)s, now: %(now)s") % {"all": rows.count(), "now": rows.on(moment.on).count()}


def mentors_of_year(moment):
    return side_of_year(moment, "mentor").on(moment.on)


def places(moment):
    """(places that the mentors offer, mentees of the year) on the day."""
    people = Participation.objects.filter(year=moment.year).on(moment.on).order_by()
    found = people.aggregate(
        offered=Sum("capacity", filter=Q(side="mentor")), wanted=Count("pk", filter=Q(side="mentee"))
    )
    return found["offered"] or 0, found["wanted"]


def enough_places(total, met, moment):
    offered, wanted = places(moment)
    return bool(met) and offered >= wanted


def places_beside(moment):
    offered, wanted = places(moment)
    return _("places: %(places)s, mentees: %(mentees)s") % {"places": offered, "mentees": wanted}


# ---------------------------------------------------------------- 1.4 to 1.8: the pairs


def mentees_of_year(moment):
    return side_of_year(moment, "mentee").on(moment.on)


def fixed_pairs(moment):
    return Pair.objects.filter(year=moment.year).fixed_by(moment.on)


def with_main_pair(mentees, moment):
    return mentees.filter(pk__in=fixed_pairs(moment).filter(is_main=True).values("mentee_id"))


def pairs_beside(moment):
    count = fixed_pairs(moment).count()
    return ngettext("%(count)s pair fixed by an order", "%(count)s pairs fixed by an order", count) % {"count": count}


def pairs_of_year(moment):
    return Pair.objects.of_year(moment.year, moment.on)


def pairs_due(moment):
    """Pairs of the year; once the item's date has passed, a pair is due 14 days after its order at the earliest."""
    pairs = pairs_of_year(moment)
    return pairs.filter(fixed_on__lte=moment.on - GRACE) if moment.is_late else pairs


def not_counted_beside(moment):
    """«не считаются: на паузе 1, прекращены досрочно 1», or nothing."""
    still_fixed = Q(state=Pair.State.FIXED) | Q(ended_on__gt=moment.on)
    found = Pair.objects.filter(year=moment.year, fixed_on__lte=moment.on).aggregate(
        paused=Count("pk", filter=still_fixed & Q(paused_on(moment.on))),
        ended=Count("pk", filter=Q(state=Pair.State.ENDED, ended_on__lte=moment.on)),
    )
    parts = [_("paused %(n)s") % {"n": found["paused"]}] if found["paused"] else []
    parts += [_("ended early %(n)s") % {"n": found["ended"]}] if found["ended"] else []
    return _("not counted: %(parts)s") % {"parts": ", ".join(parts)} if parts else ""


def items_beside(moment):
    """«мероприятий плана в срок: 30 из 36»."""
    due = PlanItem.objects.filter(
        year=moment.year, due_on__lte=moment.on, plan__pair__in=pairs_of_year(moment).values("pk")
    )
    found = due.aggregate(due=Count("pk"), done=Count("pk", filter=Q(done_on__lte=moment.on)))
    return _("plan items due and done: %(done)s of %(due)s") % found


def met_first(pairs, moment):
    return pairs.with_step_held("acquaintance", moment.on).with_plan_submitted(moment.on)


def approved_by_date(moment):
    if not moment.due:
        return ""
    day = min(moment.due, moment.on)
    count = pairs_due(moment).with_plan_approved(day).count()
    return _("by the date: %(count)s") % {"count": count}


def delivered_row(pair, moment):
    if not pair.items_total:
        return _("no plan")
    done, due = (pair.items_done, pair.items_total) if moment.at_the_end else (pair.items_done_of_due, pair.items_due)
    return _("%(done)s of %(due)s") % {"done": done, "due": due}


# ---------------------------------------------------------------- 3.3: the participants


def participants(moment):
    return participants_of(moment.year, moment.on)


def with_card(people, moment):
    return people.filter(person__card__completed_on__lte=moment.on)


def card_gaps(participation, moment):
    card = getattr(participation.person, "card", None)
    return ", ".join(card.missing()) if card else _("no card")


# ---------------------------------------------------------------- 5.1, 5.3: the roadmap itself


def checkpoints_due(moment):
    """Checkpoints whose date is here, without those of this very item."""
    return Checkpoint.objects.filter(year=moment.year, due_on__lte=moment.on).exclude(item__indicator="roadmap-control")


def done_by(checkpoints, moment):
    return checkpoints.filter(state=Checkpoint.State.DONE).filter(
        Q(closed_on__lte=moment.on) | Q(done_before=True, due_on__lte=moment.on)
    )


def explained_beside(moment):
    count = checkpoints_due(moment).filter(state=Checkpoint.State.EXPLAINED, closed_on__lte=moment.on).count()
    return _("closed with an explanation, not counted as done: %(count)s") % {"count": count} if count else ""


def checkpoint_row(checkpoint, moment):
    return _("due %(day)s") % {"day": f"{checkpoint.due_on:%d.%m.%Y}"}


def roadmap_of_year(moment):
    return Roadmap.objects.filter(year=moment.year)


def approved(roadmaps, moment):
    return roadmaps.filter(state=Roadmap.State.APPROVED, approved_on__lte=moment.on)


def approval_beside(moment):
    plan = moment.roadmap
    if plan is None or not plan.approved_on:
        return ""
    return _("approved on %(day)s") % {"day": f"{plan.approved_on:%d.%m.%Y}"}
