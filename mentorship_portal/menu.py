"""The menu: what this person may open, in the words of the school. The policy is read from the views themselves."""

from dataclasses import dataclass
from functools import cache

from django.http import Http404
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import PARTICIPANTS, STAFF, Role
from accounts.years import chosen_year, years_of


@dataclass(frozen=True)
class Place:
    name: str  # URL name
    label: object
    icon: str
    group: object = ""
    own_label: object = None  # for people who are only mentor or mentee
    prefix: str = ""  # pages whose address begins so belong to this place


PLACES = (
    Place("home", _("Today"), "layout-dashboard"),
    Place("roadmap", _("Roadmap"), "list-check"),
    Place("registry", _("Participants"), "users"),
    Place("pair_list", _("Pairs"), "users-group", prefix="/pairs/"),
    Place("plan_list", _("Plans"), "clipboard-check"),
    Place("meeting_list", _("Meetings"), "calendar-event"),
    Place("survey_list", _("Diagnostics"), "message-circle"),
    Place("event_list", _("Events"), "presentation"),
    Place("material_list", _("Materials"), "books", prefix="/materials/"),
    Place("document_list", _("Documents"), "file-text"),
    Place("site_desk", _("Rubric on the site"), "external-link", _("Reporting")),
    Place("report_list", _("Reports"), "report-analytics", _("Reporting")),
    Place("person_list", _("People and roles"), "shield-lock", _("Settings")),
    Place("school_edit", _("School"), "school", _("Settings")),
    Place("year_list", _("School years"), "clock", _("Settings")),
    Place("journal_list", _("History of changes"), "history", _("Settings")),
)


@cache
def address_and_roles(name):
    """(URL, roles of its view or None when any signed-in person may open it)."""
    url = reverse(name)
    return url, getattr(resolve(url).func, "roles", None)


def menu_of(user, path, year_query):
    items = []
    for place in PLACES:
        url, roles = address_and_roles(place.name)
        if roles is not None and not user.has_role(*roles):
            continue
        items.append(
            {
                "url": url + (year_query if place.name != "home" else ""),
                "label": own_label(place, user),
                "icon": place.icon,
                "group": place.group,
                "here": path == url or (url != "/" and path.startswith(url)),
            }
        )
    return items


def own_label(place, user):
    if user.has_role(*STAFF):
        return place.label
    if place.name == "pair_list":
        return _("My mentees") if user.has_role(Role.MENTOR) else _("My mentor")
    if place.name == "plan_list" and user.roles & set(PARTICIPANTS) == {Role.MENTEE}:
        return _("My plan")
    return place.label


def shell(request):
    """Context of the frame around every page: menu, years, theme."""
    user = getattr(request, "user", None)
    context = {"theme": theme_of(request)}
    if user is None or not user.is_authenticated or user.school_id is None:
        return context
    asked = request.GET.get("year", "")
    years = years_of(request)
    query = f"?year={asked}" if any(str(year.first_year) == asked for year in years) else ""
    try:
        year = chosen_year(request)
    except Http404:  # the page itself says so
        year = None
    return context | {
        "menu": menu_of(user, request.path, query),
        "years": years,
        "shown_year": year,
        "year_query": query,
    }


def theme_of(request):
    """The cookie of this device, else the profile; empty: as on the device."""
    asked = request.COOKIES.get("theme") or getattr(getattr(request, "user", None), "theme", "")
    return asked if asked in ("light", "dark") else ""
