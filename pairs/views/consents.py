"""Consents as those who run the school look after them: the list, signed sheets, texts, papers to sign."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import files
from accounts.clock import today
from accounts.lists import page_of
from accounts.models import Consent, ConsentText, Participation, User
from accounts.roles import STAFF, Role, roles_allowed
from accounts.text import number_in
from accounts.workflow import Refused
from accounts.years import chosen_year
from pairs import consents
from pairs.consent_actions import record, record_many, write_text
from pairs.consent_text import PLACES, filled, sheet
from pairs.forms.consents import ConsentFilterForm, ConsentForm, ConsentTextForm, ManyConsentsForm
from papers import pdf

AT_ONCE = 200  # people on one sheet of ticks: four ticks each stay under what a request may carry
SHEETS = 150  # printed in one go


@roles_allowed(*STAFF)
def consent_list(request):
    """People of the year × four kinds, with the state of each."""
    year, form = chosen_year(request), ConsentFilterForm(request.GET)
    people = everybody(request, year, form)
    page = page_of(request, consents.with_consents(narrowed(people, form)).order_by("sort_key", "pk"))
    context = {
        "year": year,
        "form": form,
        "counts": consents.counts(people),
        "page": page,
        "rows": [(person, [consents.line_of(person, kind) for kind in consents.KINDS]) for person in page],
        "kinds": [consents.SHORT[kind] for kind in consents.KINDS],
        "may_write": request.user.has_role(Role.CURATOR),
    }
    return render(request, "pairs/consent_list.html", context)


def everybody(request, year, form):
    """The participants of the year, narrowed by name and side: what the counts count."""
    form.is_valid()
    side, words = form.cleaned_data.get("side", ""), form.cleaned_data.get("q", "")
    return consents.people_of(request.user, year, today(), side).search(words)


def narrowed(people, form):
    """Those in the asked state, of the asked kind or of any."""
    kind, state = form.cleaned_data.get("kind"), form.cleaned_data.get("state")
    if not state:
        return people.exclude(**{f"state_{kind}": ""}) if kind else people
    kinds = [kind] if kind else consents.NEEDED if state == "lacking" else consents.KINDS
    return people.filter(consents.lacking(kinds, consents.LACKING if state == "lacking" else [state]))


@roles_allowed(Role.CURATOR)
def consent_record(request):
    """Signed sheets of many people: ticks, one date, one scan."""
    year, chosen = chosen_year(request), ConsentFilterForm(request.GET)
    page = page_of(request, waiting(request, year, chosen).order_by("sort_key", "pk"), per=AT_ONCE)
    rows = [(person, [consents.line_of(person, kind) for kind in shown_kinds(chosen)]) for person in page]
    offered = {
        line.key: line for _person, lines in rows for line in lines if line.state not in ("", consents.State.GIVEN)
    }
    form = ManyConsentsForm(request.POST or None, request.FILES or None, offered=offered, initial={"given_on": today()})
    if form.is_valid():
        take(request, form)
        return redirect(request.get_full_path())
    context = {
        "year": year, "filter": chosen, "form": form, "page": page, "rows": rows, "offered": offered,
        "kinds": [consents.SHORT[kind] for kind in shown_kinds(chosen)],
    }  # fmt: skip
    return render(request, "pairs/consent_record.html", context)


def waiting(request, year, form):
    """People of whom at least one consent of the shown kinds can be recorded."""
    people = narrowed(everybody(request, year, form), form)
    states = [state for state in consents.State if state != consents.State.GIVEN]
    return consents.with_consents(people.filter(consents.lacking(shown_kinds(form), states)))


def shown_kinds(form):
    kind = form.cleaned_data.get("kind")
    return [kind] if kind else consents.KINDS


def take(request, form):
    with transaction.atomic():
        scan = files.store(form.cleaned_data["scan"], by=request.user)
        made, refused = record_many(
            by=request.user, chosen=form.chosen(), given_on=form.cleaned_data["given_on"], scan=scan
        )
    if made:
        words = ngettext("%(n)d consent is recorded.", "%(n)d consents are recorded.", len(made))
        messages.success(request, words % {"n": len(made)})
    for person, kind, reason in refused:
        messages.error(request, f"{person.short_name}, {consents.SHORT[kind]}: {reason}")


@roles_allowed(*STAFF)
def consent_papers(request):
    """The sheets that were never signed, of everybody in the list, in one PDF."""
    form = ConsentFilterForm(request.GET)
    people = everybody(request, chosen_year(request), form)
    people = consents.with_consents(people.filter(consents.lacking(shown_kinds(form), [consents.State.MISSING])))
    people = people.select_related("card", "school").prefetch_related("participations__year").order_by("sort_key", "pk")
    wanted = [
        (person, line.kind)
        for person in people
        for line in consents.lines_of(person, shown_kinds(form))
        if line.state == consents.State.MISSING
    ]
    if not wanted or len(wanted) > SHEETS:
        messages.error(request, too_many(len(wanted)))
        return redirect("consent_list")
    return pdf.response("Согласия.pdf", "pairs/consent_pdf.html", {"sheets": sheets_of(request.user.school, wanted)})


def too_many(number):
    if not number:
        return _("Nothing to print: nobody in this list lacks a signed sheet.")
    words = _(
        "%(n)d sheets are too many at once: choose one consent, or mentors and mentees apart. Up to %(most)d go into one file."
    )
    return words % {"n": number, "most": SHEETS}


def sheets_of(school, wanted):
    """`wanted`: [(person, kind)]"""
    head = school.head()
    texts = {text.kind: text for text in ConsentText.objects.filter(school=school).newest()}
    return [sheet(texts[kind], person, head) for person, kind in wanted if kind in texts]


# ---------------------------------------------------------------- one person's sheet


@roles_allowed(Role.CURATOR)
def consent_create(request, pk):
    """`pk` is the person's: the signed sheet, its kind, date and photo."""
    person = get_object_or_404(User.objects.visible_to(request.user).select_related("school"), pk=pk)
    asked = request.GET.get("kind", "")
    start = {"kind": asked if asked in Consent.Kind.values else Consent.Kind.MENTOR_WORK, "given_on": today()}
    form = ConsentForm(request.POST or None, request.FILES or None, school=person.school, initial=start)
    if form.is_valid() and recorded(request, person, form):
        messages.success(request, _("The consent is recorded."))
        return moves_back(request, person)
    context = {"form": form, "person": person, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "pairs/consent_create.html", context)


def recorded(request, person, form):
    typed = form.cleaned_data
    consent = Consent(
        person=person, kind=typed["kind"], given_on=typed["given_on"], text=typed["text"],
        text_version=typed["text_version"], recorded_by=request.user,
    )  # fmt: skip
    try:
        with transaction.atomic():
            consent.scan = files.store(typed["scan"], by=request.user)
            record(consent, request.user, gettext_lazy("recorded a consent"))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def moves_back(request, person):
    """Back to the order that asked for the consent, else to the teacher's card."""
    if order := number_in(request.POST.get("next", "")):
        return redirect("order_detail", pk=order)
    return redirect("teacher_detail", pk=person.pk)


# ---------------------------------------------------------------- texts


@roles_allowed(Role.CURATOR)
def consent_text_list(request):
    texts = {text.kind: text for text in ConsentText.objects.visible_to(request.user).newest()}
    rows = [(Consent.Kind(kind).label, consents.BLOCKS[kind], texts[kind]) for kind in consents.KINDS if kind in texts]
    return render(request, "pairs/consent_text_list.html", {"rows": rows})


@roles_allowed(Role.CURATOR)
def consent_text_edit(request, kind):
    """The newest version in a form that makes the next one; below it every version, as it was."""
    versions = list(ConsentText.objects.visible_to(request.user).filter(kind=kind).select_related("by"))
    if not versions:
        raise Http404("no such text")
    newest = versions[0]
    form = ConsentTextForm(request.POST or None, initial={"text": newest.text, "seen": newest.number})
    if form.is_valid() and written(request, newest, form):
        return redirect("consent_text_list")
    example = Participation.objects.visible_to(request.user).select_related("person__card", "person__school").first()
    context = {
        "form": form, "newest": newest, "versions": versions, "places": list(PLACES),
        "example": example and filled(newest.text, example.person),
    }  # fmt: skip
    return render(request, "pairs/consent_text_edit.html", context)


def written(request, newest, form):
    try:
        made = write_text(
            newest=newest, text=form.cleaned_data["text"], by=request.user, seen=number_in(form.cleaned_data["seen"])
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.data = form.data.copy()
        form.data["seen"] = newest.number  # who has seen both may save
        return False
    messages.success(
        request, _("Version %(n)d is in use from today.") % {"n": made.number} if made else _("Nothing was changed.")
    )
    return True
