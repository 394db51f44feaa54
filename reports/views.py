"""Reports: the same tables as a page, a PDF and an Excel file."""

from django.http import Http404
from django.shortcuts import render

from accounts.roles import STAFF, roles_allowed
from accounts.years import chosen_year
from papers import excel, pdf
from reports.kinds import KINDS, Scope


@roles_allowed(*STAFF)
def report_list(request):
    return render(request, "reports/report_list.html", {"kinds": KINDS, "year": chosen_year(request)})


@roles_allowed(*STAFF)
def report_detail(request, slug):
    kind, scope = asked(request, slug)
    return render(request, "reports/report_detail.html", contents(kind, scope) | {"slug": slug})


@roles_allowed(*STAFF)
def report_pdf(request, slug):
    kind, scope = asked(request, slug)
    return pdf.response(kind.file_name(scope, "pdf"), kind.paper, lambda: contents(kind, scope))


@roles_allowed(*STAFF)
def report_xlsx(request, slug):
    kind, scope = asked(request, slug)
    parts = kind.parts(scope)
    sheets = [table for table, _chart in parts]
    return excel.response(kind.file_name(scope, "xlsx"), [*sheets, excel.about_sheet(scope.about(parts))])


def asked(request, slug):
    """(report, what it is about); 404 for a report, a year or a period that is not there."""
    if slug not in KINDS:
        raise Http404("no such report")
    kind = KINDS[slug]
    return kind, Scope.of(request.user, chosen_year(request), request.GET, kind)


def contents(kind, scope):
    """What page and paper show alike."""
    parts, more = kind.whole(scope) if kind.whole else (kind.parts(scope), {})
    return {"kind": kind, "scope": scope, "parts": parts, "about": scope.about(parts)} | more
