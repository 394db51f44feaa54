"""2.1, 4.1, 4.2: materials of the groups, the section on the official site, and what was placed there month by month."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pairs.models import Group
from publications.models import Month, Placement, Publication

SORTS = Publication.Sort


def groups_of_year(moment):
    return Group.objects.filter(year=moment.year)


def of_sort(moment, sort):
    """A condition on groups: a material of that kind was published by the day and is addressed to them."""
    rows = Publication.objects.filter(school_id=moment.year.school_id, kind=Publication.Kind.MATERIAL, sort=sort)
    return Exists(rows.published_by(moment.on).for_outer_group())


def with_materials(groups, moment):
    return groups.filter(*(of_sort(moment, sort) for sort in SORTS))


def with_kinds(groups, moment):
    return groups.select_related("year").annotate(**{f"has_{sort}": of_sort(moment, sort) for sort in SORTS})


def missing_kinds(group, moment):
    """«нет: методический»; empty where nothing is missing."""
    gaps = [str(sort.label).lower() for sort in SORTS if not getattr(group, f"has_{sort}")]
    return _("missing: %(kinds)s") % {"kinds": ", ".join(gaps)} if gaps else ""


def sections(moment):
    """The section on the official site, if it stood there on the day."""
    return Placement.objects.filter(school_id=moment.year.school_id).of_section().in_force(moment.on)


def section_beside(moment):
    section = sections(moment).first()
    if section is None:
        return ""
    return _("since %(day)s: %(address)s") % {"day": f"{section.placed_on:%d.%m.%Y}", "address": section.address}


def placed_in_month(moment):
    rows = Placement.objects.filter(school_id=moment.year.school_id).of_posts().order_by()
    return rows.filter(
        placed_on__range=(OuterRef("starts_on"), OuterRef("ends_on")), placed_on__lte=moment.on
    )  # fmt: skip


def months_of(moment, first, last):
    """Ended months between the two days, and the running one once something was placed in it."""
    rows = Month.objects.filter(year=moment.year, starts_on__lte=min(last, moment.on), ends_on__gte=first)
    return rows.filter(Q(ends_on__lt=moment.on) | Exists(placed_in_month(moment)))


def period(moment):
    """From the year's beginning to the end of the roadmap's period."""
    end = moment.roadmap.period_ends_on if moment.roadmap else moment.year.teaching_ends_on
    return moment.year.starts_on, end


def months_due(moment):
    """The months of the checkpoint: one where the item is asked about month by month."""
    first, last = period(moment)
    return months_of(moment, moment.opens or first, moment.due or last)


def updated(months, moment):
    return months.filter(Exists(placed_in_month(moment)))


def whole_period_beside(moment):
    """«за период: 2 из 3 месяцев»."""
    months = months_of(moment, *period(moment))
    found = months.aggregate(all=Count("pk"), met=Count("pk", filter=Q(Exists(placed_in_month(moment)))))
    return _("over the period: %(met)s of %(all)s months") % found if found["all"] else ""


def with_placed(months, moment):
    count = placed_in_month(moment).values("school").annotate(n=Count("pk")).values("n")
    return months.annotate(placed=Coalesce(Subquery(count), 0))


def placed_row(month, moment):
    return _("placed: %(n)s") % {"n": month.placed}
