"""What is kept about me: everybody's own page, and the same as a file to take away."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import clock
from mentorship_portal.about_me import about
from papers import excel
from papers.table import about as about_file


def about_me(request):
    chapters = about(request.user)
    context = {
        "chapters": [chapter for chapter in chapters if chapter.parts],
        "empty": [chapter.group.title for chapter in chapters if not chapter.parts],
        "person": request.user,
        "open": "all" in request.GET,
    }
    return render(request, "mentorship_portal/about_me.html", context)


def about_me_file(request):
    """Every row and every word that the person may take away."""
    if request.user.school_id is None:
        raise Http404("belongs to no school")
    tables = [part.table for chapter in about(request.user, whole=True) for part in chapter.parts]
    count = sum(len(table.rows) for table in tables)
    lines = about_file(
        by=request.user.full_name, at=clock.now(), filters=_("everything that is kept about the person"), count=count
    )
    return excel.response(
        f"{_('What is kept about me')} {request.user.short_name}.xlsx", [*tables, excel.about_sheet(lines)]
    )
