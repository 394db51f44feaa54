"""Needs × resources on one sheet, and the analytical note."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import journal
from accounts.roles import STAFF, Role, roles_allowed
from accounts.years import chosen_year
from surveys import entry
from surveys.forms.analysis import NoteForm
from surveys.needs import formula, heat_map, needs_of
from surveys.note import Contents


@roles_allowed(*STAFF)
def needs_sheet(request):
    """Who asks, who can give, where it is not enough; and what can be done about it."""
    year = chosen_year(request)
    needs = needs_of(year, year.as_of())
    curates = request.user.has_role(Role.CURATOR)
    context = {
        "year": year,
        "needs": needs,
        "chart": heat_map(needs) if needs else "",
        "formula": formula(),
        "gaps": sum(need.gap > 0 for need in needs),
        "spoken": any(need.asks or need.gives for need in needs),
        "waiting": entry.numbers(entry.people(year, year.as_of()))["to_analyse"] if curates else 0,
        "curates": curates,
        "may_train": curates and not year.is_closed,
    }
    return render(request, "surveys/needs_sheet.html", context)


@roles_allowed(Role.CURATOR)
def analysis_note(request):
    """The curator's own words beside the figures; page, PDF and Excel of the whole are a report."""
    year = chosen_year(request)
    contents = Contents.of(year, year.as_of())
    form = NoteForm(request.POST or None, instance=contents.note)
    if form.is_valid() and not year.is_closed and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('report_detail', args=['note'])}?year={year.first_year}")
    context = {"year": year, "form": form, "contents": contents, "sentences": contents.sentences()}
    return render(request, "surveys/analysis_note.html", context)
