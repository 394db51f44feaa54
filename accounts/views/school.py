"""The school, its years, terms and diagnostic periods; the journal."""

from django.contrib import messages
from django.db.models import Q
from django.forms import inlineformset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import journal, moves, workflow
from accounts.forms import JournalFilterForm, SchoolForm, TermForm, YearForm
from accounts.lists import page_of
from accounts.models import Entry, SchoolYear, Term
from accounts.roles import Role, roles_allowed

TermFormSet = inlineformset_factory(SchoolYear, Term, TermForm, extra=2, max_num=20, absolute_max=20)


@roles_allowed(Role.ADMIN, Role.CURATOR)
def school_edit(request):
    form = SchoolForm(request.POST or None, instance=request.user.school)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect("school_edit")
    return render(request, "accounts/school_edit.html", {"form": form})


@roles_allowed(Role.ADMIN, Role.CURATOR)
def year_list(request):
    return render(request, "accounts/year_list.html", {"rows": SchoolYear.objects.visible_to(request.user)})


@roles_allowed(Role.ADMIN, Role.CURATOR)
def year_detail(request, pk):
    year = get_object_or_404(SchoolYear.objects.visible_to(request.user).select_related("school"), pk=pk)
    context = {
        "object": year,
        "moves": workflow.available(year, request.user),
        "entries": Entry.objects.visible_to(request.user).about(year)[:20],
    }
    return render(request, "accounts/year_detail.html", context)


@roles_allowed(Role.ADMIN, Role.CURATOR)
@require_POST
def year_move(request, pk, name):
    year = get_object_or_404(SchoolYear.objects.visible_to(request.user).select_related("school"), pk=pk)
    return moves.take(request, year, name)


@roles_allowed(Role.ADMIN, Role.CURATOR)
def year_edit(request, pk):
    year = get_object_or_404(SchoolYear.objects.visible_to(request.user), pk=pk)
    form = YearForm(request.POST or None, instance=year)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(year)
    return render(request, "accounts/year_edit.html", {"form": form, "object": year})


@roles_allowed(Role.ADMIN, Role.CURATOR)
def year_terms(request, pk):
    """Terms and breaks: during breaks nobody is reminded."""
    year = get_object_or_404(SchoolYear.objects.visible_to(request.user), pk=pk)
    formset = TermFormSet(request.POST or None, instance=year)
    if formset.is_bound and formset.is_valid():
        formset.save()
        if formset.has_changed():
            journal.record(request.user, _("changed the terms and breaks"), year)
        messages.success(request, _("Saved."))
        return redirect(year)
    return render(request, "accounts/year_terms.html", {"formset": formset, "object": year})


@roles_allowed(Role.ADMIN, Role.CURATOR)
def journal_list(request):
    form = JournalFilterForm(request.GET, school=request.user.school)
    entries = Entry.objects.visible_to(request.user)
    if form.is_valid():
        entries = narrowed(entries, form.cleaned_data)
    return render(request, "accounts/journal_list.html", {"form": form, "page": page_of(request, entries)})


def narrowed(entries, chosen):
    if chosen["person"]:
        entries = entries.filter(by=chosen["person"])
    if chosen["q"]:
        entries = entries.filter(about_or_did(chosen["q"]))
    if chosen["since"]:
        entries = entries.filter(at__date__gte=chosen["since"])
    if chosen["until"]:
        entries = entries.filter(at__date__lte=chosen["until"])
    return entries


def about_or_did(words):
    """SQLite compares Cyrillic case-sensitively: ask for the word as typed, capitalised and in lower case."""
    found = Q()
    for form in {words, words.capitalize(), words.lower()}:
        found |= Q(target_label__contains=form) | Q(verb__contains=form)
    return found
