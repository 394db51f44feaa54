"""What waits because of the entry questionnaires and of weak competences."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship_portal.today.task import Task, day
from pairs.models import Pair, Plan
from surveys import entry
from surveys.growth import growth_of
from surveys.models import Support


def of_curator(look):
    return [*to_read(look), *asked_for(look)]


def to_read(look):
    """Questionnaires that came and are not analysed, and people who wait for their interview; one query."""
    rows = entry.people(look.year, look.today).filter(entry.IN_STATE["received"]).exclude(entry.IN_STATE["done"])
    found = list(rows.order_by("received_on", "person__sort_key"))
    unread = [part for part in found if not getattr(made_of(part), "analysed_on", None)]
    unheard = [part for part in found if not getattr(made_of(part), "interviewed_on", None)]
    return [*to_analyse(look, unread), *to_interview(look, unheard)]


def made_of(part):
    return getattr(part, "analysis", None)


def to_analyse(look, parts):
    if not parts:
        return []
    words = ngettext("%(n)d entry questionnaire to analyse", "%(n)d entry questionnaires to analyse", len(parts))
    url = look.to("analysis_list", state="to_analyse")
    return [Task(words % {"n": len(parts)}, url, _("Read and take over"), people=tuple(map(named, parts)))]


def to_interview(look, parts):
    if not parts:
        return []
    words = ngettext("%(n)d interview to hold", "%(n)d interviews to hold", len(parts))
    all_of_them = look.to("analysis_list", state="to_interview")
    url = look.to("analysis_interviews")
    people = tuple(map(named, parts))
    return [Task(words % {"n": len(parts)}, url, _("Write down interviews"), people=people, list_url=all_of_them)]


def named(part):
    return (part.person.short_name, reverse("analysis_detail", args=[part.pk]), day(part.received_on))


def asked_for(look):
    """Lines that pairs ask for in their approved plans."""
    plans = Plan.objects.filter(year=look.year, state__in=[*Plan.OPEN, Plan.State.APPROVED])
    working = plans.filter(pair__state=Pair.State.FIXED, pair__is_main=True).values("pair__mentee_id")
    rows = Support.objects.filter(year=look.year, wanted__isnull=False, participation__in=working)
    rows = rows.select_related("participation__person")
    found = {
        row.participation: look.to("person_growth", row.participation.person_id) for row in rows.order_by("on", "pk")
    }
    if not found:
        return []
    words = ngettext(
        "%(n)d pair asks for a line in its approved plan", "%(n)d pairs ask for a line in their approved plans", len(found)
    ) % {"n": len(found)}  # fmt: skip
    people = tuple((part.person.short_name, url, "") for part, url in found.items())
    return [Task(words, people[0][1], _("Read and decide"), people=people)]


def of_mentor(look, cards):
    """Quietly: a mentee's competence that is weak now and against which nothing was accepted yet."""
    parts = {card.pair.mentee_id: card.pair.mentee for card in cards if card.works}
    if not parts:
        return []
    found = []
    for each in growth_of(parts.values(), look.year, with_proposals=False):
        weak = [line.competence.name for line in each.weak if not line.support]
        if weak:
            words = {"name": each.part.person.short_name, "named": ", ".join(weak)}
            url = look.to("person_growth", each.part.person_id)
            found.append(Task(_("Weak with %(name)s: %(named)s") % words, url, _("Propose a line of the plan")))
    return found
