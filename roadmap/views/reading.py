"""From a file, or from last year, to a roadmap."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import ImportDraft
from accounts.roles import Role, roles_allowed
from accounts.workflow import Refused
from accounts.years import chosen_year, years_of
from papers.guard import Refused as FileRefused
from roadmap import actions, reading
from roadmap.deadline_words import describe
from roadmap.drafts import content_of, with_year_moved
from roadmap.forms import RoadmapFileForm
from roadmap.models import Roadmap
from roadmap.preview import Preview

KIND = "roadmap"
KEPT_DAYS = 30


@roles_allowed(Role.CURATOR)
def roadmap_import(request):
    """Choose the file; what it says is shown before anything is saved."""
    year = chosen_year(request)
    form = RoadmapFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = draft_of(request.user, year, file.name, file.read())
            return redirect("roadmap_import_preview", draft.pk)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    old = Roadmap.objects.filter(year=year).first()
    context = {"form": form, "year": year, "old": old, "stays": why_it_stays(year, old)}
    return render(request, "roadmap/roadmap_import.html", context)


@roles_allowed(Role.CURATOR)
@require_POST
def roadmap_sample(request):
    """The roadmap that comes with the portal, as a start."""
    draft = draft_of(request.user, chosen_year(request), *actions.sample())
    return redirect("roadmap_import_preview", draft.pk)


def draft_of(user, year, file_name, data):
    """Read the file and keep what it says for the preview; drafts that nobody took up are forgotten after a month."""
    content = content_of(reading.read(file_name, data), year)
    ImportDraft.objects.filter(owner=user, created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    return ImportDraft.objects.create(owner=user, year=year, kind=KIND, file_name=file_name[:255], content=content)


def why_it_stays(year, roadmap):
    """Why this year's roadmap cannot be made anew; empty when it can."""
    if year.is_closed:
        return _("The school year is closed.")
    return actions.why_not_replaced(roadmap) if roadmap else ""


@roles_allowed(Role.CURATOR)
def roadmap_import_preview(request, pk):
    """What was understood, beside the words of the file; saved when it is confirmed, all or nothing."""
    draft = get_object_or_404(
        ImportDraft.objects.select_related("year__school"), pk=pk, owner=request.user, kind=KIND,
        year__school_id=request.user.school_id,
    )  # fmt: skip
    preview = Preview(draft.content, draft.year, request.POST or None)
    if request.method == "POST" and preview.is_valid():
        try:
            return redirect(confirmed(request, draft, preview))
        except Refused as refusal:
            messages.error(request, str(refusal))
    old = Roadmap.objects.filter(year=draft.year).first()
    context = {"draft": draft, "preview": preview, "old": old, "stays": why_it_stays(draft.year, old)}
    return render(request, "roadmap/roadmap_import_preview.html", context)


def confirmed(request, draft, preview):
    with transaction.atomic():
        if not ImportDraft.objects.filter(pk=draft.pk).delete()[0]:  # the other press of the button was faster
            raise Refused(_("This file has just been saved: open the roadmap."))
        roadmap = actions.create_roadmap(
            year=draft.year,
            by=request.user,
            source_name=draft.file_name,
            replace="replace" in request.POST,
            **preview.values(),
        )
    messages.success(request, _("The roadmap is saved as a draft: %(items)s items.") % {"items": roadmap.items.count()})
    return roadmap


@roles_allowed(Role.CURATOR)
def roadmap_copy(request):
    """Use the roadmap of one year for another: dates move, words stay."""
    source = get_object_or_404(
        Roadmap.objects.visible_to(request.user).select_related("year__school"), year=chosen_year(request)
    )
    years = [year for year in years_of(request) if year != source.year and not year.is_closed]
    into = next(
        (year for year in years if str(year.first_year) == request.GET.get("into")), years[0] if years else None
    )
    if into is None:
        return render(request, "roadmap/roadmap_copy.html", {"roadmap": source})
    if request.method == "POST":
        try:
            replace = "replace" in request.POST
            made = actions.copy_roadmap(roadmap=source, year=into, by=request.user, replace=replace)
            messages.success(request, _("The roadmap of %(year)s is saved as a draft.") % {"year": into})
            return redirect(made)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return render(request, "roadmap/roadmap_copy.html", copy_context(source, into, years))


def copy_context(source, into, years):
    old = Roadmap.objects.filter(year=into).first()
    rows = [
        {"item": item, "before": describe(reading), "after": describe(moved)}
        for item, reading, moved in actions.copied(source, into)
    ]
    title = with_year_moved(source.title, into.first_year - source.year.first_year)
    return {
        "roadmap": source, "into": into, "targets": years, "rows": rows, "title": title, "old": old,
        "stays": why_it_stays(into, old),
    }  # fmt: skip
