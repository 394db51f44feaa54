"""3.1: who handed the entry questionnaire in, whose was analysed, who was interviewed."""

from django.db.models import Q
from django.utils.translation import gettext as _

from pairs.models import participants_of
from roadmap.indicators.populations import pairs_due
from surveys.entry import entry_responses
from surveys.models import Analysis
from surveys.note import Contents, paper_of, people_table


def participants_due(moment):
    """Mentors and mentees of the year's pairs; once the date has passed, of pairs that are due (14 days after the order)."""
    people = participants_of(moment.year, moment.on)
    if not moment.is_late:
        return people
    pairs = pairs_due(moment)
    return people.filter(Q(pk__in=pairs.values("mentor_id")) | Q(pk__in=pairs.values("mentee_id")))


def analysed(people, moment):
    done = Analysis.objects.filter(year=moment.year).finished_by(moment.on)
    return people.filter(pk__in=done.values("participation_id"))


def received_beside(moment):
    came = entry_responses(moment.year).filter(submitted_on__lte=moment.on).order_by()
    people = participants_due(moment).filter(pk__in=came.values("participation_id"))
    return _("questionnaires received: %(n)s") % {"n": people.count()}


def with_analysis(people, moment):
    return people.select_related("person", "analysis")


def lacks(part, moment):
    """«нет собеседования»; empty for those who lack nothing."""
    made = getattr(part, "analysis", None)
    days = {_("not analysed"): made and made.analysed_on, _("not interviewed"): made and made.interviewed_on}
    return ", ".join(words for words, day in days.items() if not day or day > moment.on)


def table(moment, user):
    return people_table(moment.year, moment.on)


def words(moment, user):
    return paper_of(Contents.of(moment.year, moment.on), user)
