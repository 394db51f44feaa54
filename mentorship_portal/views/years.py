"""Acts on a year that every room takes part in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import journal
from accounts.models import SchoolYear
from accounts.roles import Role, roles_allowed
from mentorship_portal.forms import NewYearForm, PeriodFormSet
from mentorship_portal.starting import open_year
from roadmap.actions import follow_periods
from surveys.actions import sync_waves


@roles_allowed(Role.ADMIN, Role.CURATOR)
def year_create(request):
    newest = SchoolYear.objects.visible_to(request.user).first()
    form = NewYearForm(request.POST or None, initial={"first_year": newest.first_year + 1 if newest else None})
    if form.is_valid():
        try:
            return redirect(open_year(school=request.user.school, by=request.user, **form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
    return render(request, "mentorship_portal/year_create.html", {"form": form})


@roles_allowed(Role.ADMIN, Role.CURATOR)
def year_periods(request, pk):
    """The four diagnostic periods; their waves and the roadmap's checkpoints move with them."""
    year = get_object_or_404(SchoolYear.objects.visible_to(request.user), pk=pk)
    formset = PeriodFormSet(request.POST or None, instance=year)
    if formset.is_bound and formset.is_valid():
        save_periods(formset, year, request.user)
        messages.success(request, _("Saved."))
        return redirect(year)
    return render(request, "mentorship_portal/year_periods.html", {"formset": formset, "object": year})


@transaction.atomic
def save_periods(formset, year, by):
    if not formset.has_changed():
        return
    formset.save()
    sync_waves(year=year)
    follow_periods(year=year)
    journal.record(by, _("changed the diagnostic periods"), year)
