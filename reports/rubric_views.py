"""The public rubric: everybody may read it, nothing is asked of them; no script, no cookie, always in Russian."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.clock import today
from accounts.roles import STAFF, Role, roles_allowed
from papers import pdf
from publications import files
from publications.models import Attachment, Rubric
from reports import rubric as pages

FRESH = "no-cache"  # may be kept, but is asked for again: a name must go at once
NAMELESS = "public, max-age=300"


def shown(template, context, cache=FRESH):
    """The page in Russian, whatever the visitor's cookie says. `context` may be a function, called with Russian active."""
    with translation.override("ru"):
        page = render_to_string(template, context() if callable(context) else context)
    return HttpResponse(page, headers={"Cache-Control": cache, "Content-Language": "ru"})


@login_not_required
def rubric(request):
    """The only school's rubric, or the schools to choose from."""
    schools = list(Rubric.objects.opened().select_related("school", "contact").order_by("school__name", "pk"))
    if len(schools) == 1:
        return shown("reports/rubric_school.html", lambda: pages.front(schools[0]))
    return shown("reports/rubric.html", {"rubrics": schools})


@login_not_required
def rubric_school(request, pk):
    return shown("reports/rubric_school.html", lambda: pages.front(pages.opened(pk)))


@login_not_required
def rubric_roadmap(request, pk):
    return shown("reports/rubric_roadmap.html", lambda: pages.roadmap(pages.opened(pk)), NAMELESS)


@login_not_required
def rubric_month(request, pk, month):
    return shown("reports/rubric_month.html", lambda: pages.month(pages.opened(pk), month))


@login_not_required
def rubric_post(request, pk, post):
    return shown("reports/rubric_post.html", lambda: pages.post(pages.opened(pk), post))


@login_not_required
def rubric_file(request, pk, file):
    """A photo or a document of a public post; not there as soon as one of those shown takes the consent back."""
    school = pages.opened(pk).school
    rows = Attachment.objects.public(today()).filter(publication__school=school).select_related("file")
    return files.send(get_object_or_404(rows, pk=file), FRESH)


@roles_allowed(*STAFF, Role.SITE)
def rubric_pdf(request):
    """The dated print of what strangers read today."""
    found = get_object_or_404(Rubric.objects.visible_to(request.user).select_related("school", "contact"))
    name = _("Rubric on the site, %(day)s") % {"day": f"{today():%d.%m.%Y}"}
    return pdf.response(f"{name}.pdf", "reports/rubric_pdf.html", lambda: pages.whole(found))
