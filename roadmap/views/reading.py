"""From a file, or from last year, to a roadmap."""

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import ImportDraft, SchoolYear
from accounts.roles import Role, roles_allowed
from accounts.workflow import Refused
from accounts.years import chosen_year
from papers.guard import Refused as FileRefused
from roadmap import actions, reading
from roadmap.drafts import content_of
from roadmap.forms import RoadmapFileForm
from roadmap.models import Roadmap
from roadmap.preview import Preview

KIND = "roadmap"


@roles_allowed(Role.CURATOR)
def roadmap_import(request):
    """Choose the file; what it says is shown before anything is saved."""
    year = chosen_year(request)
    form = RoadmapFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect(draft_of(request.user, year, file.name, file.read()))
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    old = Roadmap.objects.filter(year=year).first()
    context = {"form": form, "year": year, "old": old, "stays": old and actions.why_not_replaced(old)}
    return render(request, "roadmap/roadmap_import.html", context)


@require_POST
@roles_allowed(Role.CURATOR)
def roadmap_sample(request):
    """The roadmap that comes with the portal, as a start."""
    return redirect(draft_of(request.user, chosen_year(request), *actions.sample()))


def draft_of(user, year, file_name, data):
    """Read the file and keep what it says for the preview; the address of that page."""
    content = content_of(reading.read(file_name, data), year)
    with transaction.atomic():
        ImportDraft.objects.filter(owner=user, kind=KIND).delete()
        return ImportDraft.objects.create(owner=user, year=year, kind=KIND, file_name=file_name[:255], content=content)
