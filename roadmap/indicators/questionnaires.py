"""2.2: questionnaires that both sides of every group can be asked with."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairs.audience import Audience
from surveys.models import Questionnaire

SIDES = (Audience.MENTORS, Audience.MENTEES)


def in_use(moment):
    """Diagnostic ones, published by the day and still in use on it."""
    return Questionnaire.objects.filter(school_id=moment.year.school_id).diagnostic().in_force(moment.on)


def with_forms(groups, moment):
    return groups.filter(*(in_use(moment).for_outer_group(side) for side in SIDES))


def with_sides(groups, moment):
    return groups.select_related("year").annotate(
        **{f"for_{side}": in_use(moment).for_outer_group(side) for side in SIDES}
    )


def missing_sides(group, moment):
    """«нет анкеты: наставники»; empty where nothing is missing."""
    gaps = [str(side.label).lower() for side in SIDES if not getattr(group, f"for_{side}")]
    return _("no questionnaire: %(sides)s") % {"sides": ", ".join(gaps)} if gaps else ""


def in_use_beside(moment):
    count = in_use(moment).count()
    return ngettext("%(count)s questionnaire in use", "%(count)s questionnaires in use", count) % {"count": count}
