"""Which school year a page shows: `?year=2026` (its first calendar year), else the current one."""

from django.http import Http404

from accounts.models import SchoolYear


def years_of(request):
    """All years of the person's school, newest first; one query per request."""
    if not hasattr(request, "_years"):
        school_id = request.user.school_id
        request._years = list(SchoolYear.objects.filter(school_id=school_id)) if school_id else []
        for year in request._years:
            year.school = request.user.school
    return request._years


def chosen_year(request):
    """The year this request is about. 404 for a year the school does not have.

    Without `?year=`: the current year, else the one in preparation, else the newest.
    """
    years = years_of(request)
    asked = request.GET.get("year", "")
    if asked:
        found = [year for year in years if str(year.first_year) == asked]
    else:
        order = [SchoolYear.State.CURRENT, SchoolYear.State.PREPARATION, SchoolYear.State.CLOSED]
        found = sorted(years, key=lambda year: (order.index(year.state), -year.first_year))
    if not found:
        raise Http404("no such school year")
    return found[0]
