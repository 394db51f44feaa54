"""What the desk of the official site knows of a year: what waits, what must go, what was placed month by month."""

from dataclasses import dataclass

from publications.models import Month, PlacedName, Placement, Publication
from publications.models.people import lacks_consent


@dataclass(frozen=True)
class MonthRow:
    month: Month
    posts: int  # public, told in this month
    waiting: int  # of them, not on the official site
    placed: int  # placed on it in this month, whenever they were written

    @property
    def is_quiet(self):
        return not (self.posts or self.placed)


@dataclass(frozen=True)
class Desk:
    section: Placement | None  # where the section stands on the official site
    waiting: list  # publications
    to_take_down: list  # placements with `unasked` names
    months: list  # MonthRow, the running month first
    last: object  # day of the last placement of a post, or None
    quiet_days: int | None  # since then
    hidden: list  # public, but somebody is named without a consent


def of_year(year, day):
    school = year.school
    publications = Publication.objects.filter(school=school)
    placements = Placement.objects.filter(school=school)
    publications = publications.defer("body", "search_key")
    waiting = list(publications.waiting(day))
    last = placements.of_posts().order_by("-placed_on").values_list("placed_on", flat=True).first()
    return Desk(
        section=placements.of_section().in_force(day).first(),
        waiting=waiting,
        to_take_down=to_take_down(placements, day),
        months=months(year, day, list(publications.public(day)), waiting),
        last=last,
        quiet_days=(day - last).days if last else None,
        hidden=list(publications.hidden(day)),
    )


def to_take_down(placements, day):
    """Placements that must go, the oldest first, each with the names because of which."""
    return with_names(placements.to_take_down(day).order_by("placed_on", "pk"), day)


def with_names(placements, day):
    """Placements as a list, each with `unasked`: people named there without a consent in force; and `in_force`."""
    found = list(placements.select_related("publication", "month", "placed_by"))
    names = PlacedName.objects.filter(lacks_consent(day), placement__in=[row.pk for row in found])
    of_row = {}
    for name in names.select_related("person") if found else ():
        of_row.setdefault(name.placement_id, []).append(name.person)
    for row in found:
        row.unasked, row.in_force = of_row.get(row.pk, []), row.taken_down_on is None
    return found


def months(year, day, public, waiting):
    """The year's months that have begun, the last first."""
    rows = [month for month in year.months.all() if month.starts_on <= day][::-1]
    days = list(Placement.objects.of_year(year).of_posts().values_list("placed_on", flat=True))
    return [
        MonthRow(
            month=month,
            posts=sum(belongs(post, month) for post in public),
            waiting=sum(belongs(post, month) for post in waiting),
            placed=sum(month.starts_on <= each <= month.ends_on for each in days),
        )
        for month in rows
    ]


def belongs(post, month):
    """As `PublicationQuerySet.of_month` says."""
    day = post.dated if post.kind == Publication.Kind.NEWS else post.published_on
    return month.starts_on <= day <= month.ends_on


def neighbours(month):
    """(the month before, the month after) of its year."""
    rows = list(Month.objects.filter(year=month.year))
    place = rows.index(month)
    return (rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None)
