"""Questionnaires on Today: whom they wait for, and what came out of them."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship_portal.today.task import Task, until
from pairs.models import Pair, participants_of
from surveys.models import LEAST_NAMELESS, Receipt, Reminder, Response, Wave
from surveys.own import own_waves

ANSWERER = ("wave_id", "participation_id")
FRESH = datetime.timedelta(days=14)  # so long results stand on Today


# ---------------------------------------------------------------- the curator


def for_curator(look):
    """Who has not answered what is open, and what came out of what was closed in the last two weeks."""
    rows = Wave.objects.filter(year=look.year, opens_on__lte=look.today, closes_on__gte=look.today - FRESH)
    waves = list(rows.with_came().select_related("period", "questionnaire", "group"))
    return [*unanswered(look, [wave for wave in waves if wave.is_open]), *results(waves)]


def unanswered(look, waves):
    """Each open wave with those who have not answered: the wave's page reminds just them."""
    if not waves:
        return []
    people = list(participants_of(look.year, look.today).select_related("person").order_by("person__sort_key", "pk"))
    groups = groups_of(look) if any(wave.group_id for wave in waves) else {}
    done, found = done_of(waves), []
    for wave in waves:
        names = tuple(
            (part.person.short_name, "", "")
            for part in people
            if wave.asks(part.side, groups.get(part.pk, ())) and (wave.pk, part.pk) not in done
        )
        found += [unanswered_task(look, wave, names)] if names else []
    return found


def groups_of(look):
    """{participation's key: groups of its pairs}"""
    found = {}
    rows = Pair.objects.of_year(look.year, look.today).filter(groups__holds_all=False)
    for mentor, mentee, group in rows.values_list("mentor_id", "mentee_id", "groups"):
        for part in (mentor, mentee):
            found.setdefault(part, set()).add(group)
    return found


def done_of(waves):
    """{(wave, participation)} of those who have answered, by name or by receipt."""
    named = Response.objects.submitted().filter(wave__in=waves, participation__isnull=False)
    receipts = Receipt.objects.filter(wave__in=waves)
    return set(named.values_list(*ANSWERER).union(receipts.values_list(*ANSWERER)))


def unanswered_task(look, wave, names):
    words = ngettext(
        "%(period)s: %(n)d person has not answered", "%(period)s: %(n)d people have not answered", len(names)
    ) % {"period": f"{wave.period or wave.questionnaire}, {wave.audience_label.lower()}", "n": len(names)}
    left = (wave.closes_on - look.today).days
    tone = "warn" if left <= 3 else "info"
    return Task(words, wave.get_absolute_url(), _("See and remind"), tone, until(wave.closes_on, look.today), names)


def results(waves):
    """What is over and has something to read; nameless answers are mixed first."""
    return [
        result(wave) for wave in waves if not wave.is_open and wave.came >= (LEAST_NAMELESS if wave.anonymous else 1)
    ]


def result(wave):
    title = {"title": f"{wave.title}, {wave.audience_label.lower()}"}
    if wave.anonymous and not wave.shuffled_on:
        return Task(
            _("%(title)s is closed: mix the answers to see the results") % title, wave.get_absolute_url(), _("Mix")
        )
    return Task(_("Results are ready: %(title)s") % title, wave.get_absolute_url(), _("Read them"))


# ---------------------------------------------------------------- a participant


def waiting(look):
    """[Own] of open questionnaires that this person has not submitted; its wave says whether they were reminded."""
    asked = Reminder.objects.filter(wave=OuterRef("pk"), participation__person=look.user)
    rows = Wave.objects.filter(year=look.year).open_on(look.today).annotate(reminded=Exists(asked))
    return [own for own in own_waves(look.user, look.year, rows) if not own.done_on]


def questionnaire(look, own):
    wave = own.wave
    title = {"title": f"{wave.questionnaire}, {wave.period}" if wave.period_id else str(wave.questionnaire)}
    words = _("%(title)s: the curator asks you to answer") if wave.reminded else "%(title)s"
    left = (wave.closes_on - look.today).days
    tone = "bad" if left <= 3 else "warn" if wave.reminded else "info"
    action = _("Go on") if own.is_begun else _("Fill in")
    return Task(words % title, own.fill_url, action, tone, until(wave.closes_on, look.today))
