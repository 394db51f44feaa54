"""What waits for the rubric: for the curator who writes it, and for the keeper of the official site."""

import datetime
from urllib.parse import urlencode

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, Max, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School, SchoolYear, User
from accounts.roles import Role
from events.models import Event
from mentorship_portal.today.task import Section, Task, days, waited
from publications import desk
from publications.models import PUBLIC, Placement, Publication, Rubric

KIND, STATE = Publication.Kind, Publication.State
FROM_DAY, LATE_DAY = 10, 20  # of a month: from when news is asked for, and from when it is late
QUIET = 30  # days without a placement
RECENT = datetime.timedelta(days=14)  # so long a new material is worth telling about


def section(look):
    """The keeper's own part of the page."""
    waiting = Publication.objects.filter(school=look.user.school).waiting(look.today).defer("body", "search_key")
    tasks = [] if look.year.is_closed else keeper_tasks(look, known(look), list(waiting))
    return Section(Role.SITE.label, "mentorship_portal/today/site.html", tasks)


def keeper_tasks(look, state, waiting):
    placements = Placement.objects.filter(school=look.user.school)
    return [
        *(to_take_down(placements, look.today) if state.has_to_take_down else []),
        *to_place(sorted(waiting, key=lambda post: (post.published_on, post.pk)), look),
        *([] if state.has_section else [no_section()]),
    ]


def to_take_down(placements, day):
    """One task for each page of the official site that must change."""
    found = []
    for placement in desk.to_take_down(placements, day):
        names = tuple((person.short_name, "", _("consent withdrawn")) for person in placement.unasked)
        words = _("Take down from the official site: %(title)s") % {"title": placement}
        url = reverse("placement_take_down", args=[placement.pk])
        waits = waited((day - placement.placed_on).days) if not names else ""
        found.append(Task(words, url, _("Record as taken down"), "bad", waits, names))
    return found


def to_place(found, look):
    """What waits for the official site, the oldest first."""
    if not found:
        return []
    words = ngettext(
        "%(n)d publication waits to be placed on the official site",
        "%(n)d publications wait to be placed on the official site",
        len(found),
    ) % {"n": len(found)}
    oldest = (look.today - found[0].published_on).days
    posts = tuple((post.title, reverse("pack_post", args=[post.pk]), "") for post in found)
    tone = "warn" if oldest > 7 else "info"
    return [Task(words, look.to("site_desk"), _("Take over"), tone, waited(oldest), posts)]


def no_section():
    words = _("The address of the section on the official site is not recorded")
    return Task(words, reverse("placement_create"), _("Record the address"))


def returned(user):
    """What the curator gave back to the mentor who offered it."""
    rows = Publication.objects.filter(school=user.school, offered_by=user, state=STATE.RETURNED)
    words = _("Your material was returned with a comment: %(title)s")
    return [
        Task(words % {"title": row.title}, row.get_absolute_url(), _("Put it right"), "warn")
        for row in rows.defer("body", "search_key").order_by("pk")
    ]


# ---------------------------------------------------------------- the curator's part


def curator_tasks(look, begun):
    """Nothing for a year that is prepared; what the rubric lacks is told once the first pairs work."""
    if look.year.state != SchoolYear.State.CURRENT:
        return []
    rows, state = list(noticed(look)), known(look)
    return [
        *to_check([row for row in rows if row.state == STATE.SUBMITTED]),
        *hidden([row for row in rows if row.is_hidden]),
        *to_tell([row for row in rows if row.is_new and not row.is_told]),
        *(events_to_tell(look) if state.has_events_to_tell else []),
        *(rubric_tasks(look, rows, state) if begun["fixed"] else []),
    ]


def rubric_tasks(look, rows, state):
    return [
        *news_of_month(look, rows),
        *rubric_closed(state),
        *quiet(look, state),
        *([] if state.has_keeper else keeper_tasks(look, state, [row for row in rows if row.is_waiting])),
    ]


def known(look):
    """The school with what one question can tell of its rubric."""
    rubrics = Rubric.objects.filter(school=OuterRef("pk"), is_open=True)
    keepers = User.objects.filter(school=OuterRef("pk"), is_site_keeper=True, is_active=True)
    last = Max("placements__placed_on", filter=Q(placements__publication__isnull=False))
    section = Placement.objects.filter(school=OuterRef("pk")).of_section().in_force(look.today)
    rows = School.objects.annotate(is_open=Exists(rubrics), has_keeper=Exists(keepers), last_placed=last)
    down = Placement.objects.filter(school=OuterRef("pk")).to_take_down(look.today)
    rows = rows.annotate(
        has_section=Exists(section), has_to_take_down=Exists(down), has_events_to_tell=Exists(held_lately(look))
    )
    return rows.get(pk=look.user.school_id)


def noticed(look):
    """What was offered, what is hidden, what is new, and the news of this month; one question for all."""
    own = Publication.objects.filter(school=look.user.school)
    hidden = own.hidden(look.today).filter(pk=OuterRef("pk"))
    told = Publication.objects.filter(school=OuterRef("school"), kind=KIND.NEWS)
    new = Q(kind__in=[KIND.MATERIAL, KIND.PRACTICE], state=STATE.PUBLISHED, published_on__gte=look.today - RECENT)
    now = Q(kind=KIND.NEWS, state=STATE.PUBLISHED, audience=PUBLIC, dated__year=look.today.year,
            dated__month=look.today.month)  # fmt: skip
    waiting = own.waiting(look.today).filter(pk=OuterRef("pk"))
    rows = own.annotate(is_hidden=Exists(hidden), is_waiting=Exists(waiting), is_now=is_true(now), is_new=is_true(new))
    rows = rows.annotate(is_told=Exists(told.filter(source=source_of("material", OuterRef("pk")))))
    asked = Q(state=STATE.SUBMITTED) | Q(is_hidden=True) | Q(is_now=True) | Q(is_new=True) | Q(is_waiting=True)
    return rows.filter(asked).select_related("offered_by").defer("body", "search_key").order_by("pk")


def is_true(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def source_of(name, key):
    """`Publication.source` of news about the row with this key."""
    return Concat(Value(f"{name}:"), Cast(key, CharField()))


def to_check(rows):
    if not rows:
        return []
    words = ngettext("%(n)d material waits for your check", "%(n)d materials wait for your check", len(rows))
    items = tuple((row.title, row.get_absolute_url(), row.offered_by.short_name) for row in rows)
    all_of_them = f"{reverse('material_list')}?state=submitted"
    url = rows[0].get_absolute_url() if len(rows) == 1 else all_of_them
    return [Task(words % {"n": len(rows)}, url, _("Read and publish"), "warn", people=items, list_url=all_of_them)]


def hidden(rows):
    if not rows:
        return []
    words = ngettext(
        "%(n)d publication is hidden from strangers: somebody named in it does not agree",
        "%(n)d publications are hidden from strangers: somebody named in them does not agree",
        len(rows),
    ) % {"n": len(rows)}
    items = tuple((row.title, row.get_absolute_url(), "") for row in rows)
    return [Task(words, rows[0].get_absolute_url(), _("Take the name out"), "warn", people=items)]


def news_of_month(look, rows):
    """From the tenth day of a teaching month on, while nothing public was told of it."""
    day = look.today
    if day.day < FROM_DAY or day > look.year.teaching_ends_on or any(row.is_now for row in rows):
        return []
    words = _("Nothing is told of this month yet: %(month)s") % {"month": date_format(day, "YEAR_MONTH_FORMAT")}
    tone = "warn" if day.day >= LATE_DAY else "info"
    return [Task(words, f"{reverse('publication_create')}?kind=news", _("Write news"), tone)]


def to_tell(rows):
    """News suggested from a material that was published lately."""
    return [draft_about("material", row.pk, _("New material: %(title)s") % {"title": row.title}) for row in rows[:3]]


def events_to_tell(look):
    """News suggested from an event that was held lately."""
    return [draft_about("event", event.pk, event.title) for event in held_lately(look).order_by("-on", "-pk")[:3]]


def held_lately(look):
    """Events of the year that were held in the last two weeks and are told in no news."""
    told = Publication.objects.filter(school=look.user.school, source=source_of("event", OuterRef("pk")))
    return Event.objects.filter(year=look.year).held_by(look.today).filter(~Exists(told), on__gte=look.today - RECENT)


def draft_about(name, key, title):
    """A Task whose link begins the news: what it is about goes with it, so that it is not suggested twice."""
    url = f"{reverse('publication_create')}?{urlencode({'kind': 'news', 'title': title[:200], name: key})}"
    return Task(_("Worth telling on the site: %(title)s") % {"title": title}, url, _("Draft the news"))


def rubric_closed(state):
    if state.is_open:
        return []
    words = _("The public rubric is closed: strangers read nothing about mentoring here")
    return [Task(words, reverse("rubric_edit"), _("Write and open"))]


def quiet(look, state):
    """Days since the last placement, once there are many."""
    since = state.last_placed
    if not state.is_open or (since and (look.today - since).days <= QUIET):
        return []
    words = _("Nothing new on the official site for long") if since else _("Nothing is on the official site yet")
    age = days((look.today - since).days) if since else ""
    return [Task(words, look.to("site_desk"), _("See what waits"), "warn" if since else "info", age)]
