"""The registry as tables: the rows a caller chose and may see, as page, PDF and Excel show them."""

from collections import Counter

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairs.models import Attendance, MenteeReason, Offer, Pair, Request, TeacherCard
from papers.table import Column, Table
from papers.templatetags.ui import months


def mentors(participations, on):
    """`participations`: mentors in the order to show; the number of queries does not depend on theirs."""
    people = with_links(participations, "mentee", offers=in_order(Offer, "competence"))
    columns = [
        *teacher_columns(),
        Column(_("Offers"), width=30),
        Column(_("Places"), "int", width=12),
        Column(_("Taken"), "int", width=13),
        Column(_("Mentees"), width=34),
        *period_columns(),
    ]
    rows = [
        (*teacher(p, on), words(p.offers), p.capacity, p.live_pairs, partners(p, "mentee"), *period(p)) for p in people
    ]
    places = sum(p.free_places for p in people if takes_part(p, on))
    count = ngettext("%(count)s mentor", "%(count)s mentors", len(people)) % {"count": len(people)}
    free = ngettext("%(count)s free place", "%(count)s free places", places) % {"count": places}
    return Table(_("Mentors"), columns, rows, note=f"{count}, {free}.")


def mentees(participations, on):
    """`participations`: mentees in the order to show; the number of queries does not depend on theirs."""
    reasons, requests = in_order(MenteeReason, "reason"), in_order(Request, "competence")
    people = with_links(participations, "mentor", reasons=reasons, requests=requests)
    columns = [
        *teacher_columns(),
        Column(_("Reasons"), width=30),
        Column(_("Requests"), width=30),
        Column(_("Mentors"), width=34),
        *period_columns(),
    ]
    guides = [partners(p, "mentor") for p in people]
    rows = [
        (*teacher(p, on), words(p.reasons), words(p.requests), guide, *period(p))
        for p, guide in zip(people, guides, strict=True)
    ]
    alone = sum(not guide and takes_part(p, on) for p, guide in zip(people, guides, strict=True))
    count = ngettext("%(count)s mentee", "%(count)s mentees", len(people)) % {"count": len(people)}
    without = ngettext("%(count)s without a mentor", "%(count)s without a mentor", alone) % {"count": alone}
    return Table(_("Mentees"), columns, rows, note=f"{count}, {without}.")


def pairs(chosen, on):
    """`chosen`: pairs in the order to show; meetings are counted by `on`, held and not objected to."""
    met = Attendance.objects.counted().filter(pair=OuterRef("pk"), meeting__on__lte=on).order_by()
    met = Coalesce(Subquery(met.values("pair").annotate(n=Count("pk")).values("n")), 0)
    found = list(chosen.with_people().select_related("order").with_shown_state(on).annotate(met=met))
    columns = [
        Column(_("Mentor"), width=30),
        Column(_("Mentee"), width=30),
        Column(_("Form"), width=20, only_in_excel=True),
        Column(_("Kind"), width=20),
        Column(_("State"), width=18),
        Column(_("Order №"), width=12),
        Column(_("Date of the order"), "date"),
        Column(_("Works from"), "date"),
        Column(_("Works until"), "date"),
        Column(_("Meetings"), "int", width=13),
    ]
    states = [str(pair.shown_state.label) for pair in found]
    rows = [pair_row(pair, state) for pair, state in zip(found, states, strict=True)]
    return Table(_("Pairs"), columns, rows, note=pairs_note(states))


def with_links(participations, partner, **links):
    """The list of people with their cards, their live pairs and what `links` names; one query for each of these."""
    side = "mentor" if partner == "mentee" else "mentee"
    live = Prefetch(f"pairs_as_{side}", Pair.objects.live().select_related(f"{partner}__person"), to_attr="live")
    rest = [Prefetch(name, rows) for name, rows in links.items()]
    return list(participations.select_related("person__card").prefetch_related(live, *rest))


def in_order(model, name):
    """Rows of a link with what they name, in the order of the school's list."""
    return model.objects.select_related(name).order_by(f"{name}__position", "pk")


def teacher_columns():
    return [
        Column(_("Full name"), width=32),
        Column(_("E-mail"), width=30, only_in_excel=True),
        Column(_("Post"), width=24),
        Column(_("Subject"), width=20),
        Column(_("Teaching stage"), width=18, only_in_excel=True),
        Column(_("Category"), width=20),
        Column(_("Teaching experience"), width=16),
    ]


def teacher(participation, on):
    person = participation.person
    card = getattr(person, "card", None) or TeacherCard()
    known = card.experience_now(on) if card.experience_months is not None else None
    return (
        person.full_name,
        person.email,
        card.post,
        card.subject,
        card.get_stage_display(),
        card.get_category_display(),
        "" if known is None else months(known),
    )


def words(links):
    """Names of the competences or reasons, one to a line."""
    return "\n".join(str(link) for link in links.all())


def partners(participation, side):
    """Who is on the other side of the pairs that are fixed and not over."""
    return "\n".join(sorted(getattr(pair, side).person.full_name for pair in participation.live))


def takes_part(participation, on):
    return participation.until is None or participation.until >= on


def period_columns():
    return [
        Column(_("Takes part from"), "date", only_in_excel=True),
        Column(_("Takes part until"), "date", only_in_excel=True),
    ]


def period(participation):
    return (participation.since, participation.until)


def pair_row(pair, state):
    order = pair.order
    return (
        pair.mentor.person.full_name,
        pair.mentee.person.full_name,
        pair.get_form_display(),
        pair.get_kind_display(),
        state,
        order.number if order else "",
        order.signed_on if order else None,
        pair.starts_on,
        pair.ended_on or pair.completed_on or pair.until,
        pair.met,
    )


def pairs_note(states):
    """«11 пар: действует 8, завершена 1.»"""
    count = ngettext("%(count)s pair", "%(count)s pairs", len(states)) % {"count": len(states)}
    each = ", ".join(f"{state.lower()} {number}" for state, number in Counter(states).items())
    return f"{count}: {each}." if each else f"{count}."
