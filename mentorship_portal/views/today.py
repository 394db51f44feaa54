"""Today, and the sign of life."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render

from accounts.clock import today as day_of_school
from accounts.roles import Role
from accounts.years import chosen_year, years_of
from mentorship_portal.today import sections_of


def home(request):
    """What waits for this person in the shown year, role by role."""
    years, day = years_of(request), day_of_school()
    context = {"day": day}
    if years:
        year = chosen_year(request)
        prefetch_related_objects([year], "terms")
        current = next((each for each in years if each.state == year.State.CURRENT), None)
        context |= {
            "year": year,
            "current": current,
            "term": next((term for term in year.terms.all() if term.starts_on <= day <= term.ends_on), None),
            "sections": sections_of(request.user, year, years),
        }
    else:
        context["may_begin"] = request.user.school_id and request.user.has_role(Role.ADMIN, Role.CURATOR)
    return render(request, "mentorship_portal/home.html", context)


@login_not_required
def healthz(request):
    """200 "ok" when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
