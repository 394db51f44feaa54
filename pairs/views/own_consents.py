"""One's own consents: read, given on the screen, taken back; and one consent as its page and its paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import files
from accounts.clock import today
from accounts.models import Consent, ConsentText, Entry, User
from accounts.roles import STAFF, Role
from accounts.text import number_in
from accounts.workflow import Refused
from accounts.years import chosen_year
from pairs import consents
from pairs.consent_actions import give_on_screen, withdraw
from pairs.consent_text import filled, sheet
from pairs.forms.consents import OnScreenForm, WithdrawForm
from pairs.models import Pair
from papers import pdf


def my_consents(request):
    """What is asked of the person who looks: what they gave, what waits, what it is good for."""
    person = own(request)
    earlier = [consent for consent in person.papers if consent.withdrawn_on]
    context = {"lines": consents.lines_of(person), "earlier": earlier, "paper_only": paper_only(person)}
    return render(request, "pairs/my_consents.html", context)


def own(request):
    """The person who looks, with the states of their consents this year."""
    people = consents.with_states(User.objects.filter(pk=request.user.pk), chosen_year(request), today())
    return (
        consents.with_consents(people).select_related("card", "school").prefetch_related("participations__year").get()
    )


def paper_only(person):
    return [Consent.Kind.MENTOR_WORK] if person.school.mentor_consent_on_paper else []


def consent_give(request, kind):
    """The text, a tick and a button: only ever for oneself, only the school's own newest version."""
    person, text = own(request), newest_text(request.user, kind)
    line = consents.line_of(person, kind)
    if not line.state:
        raise Http404("not asked of this person")
    form = OnScreenForm(request.POST or None, initial={"seen": text.number})
    if form.is_valid() and given(request, person, text, form):
        messages.success(request, _("Your consent is recorded. You can withdraw it on this page at any time."))
        return redirect("my_consents")
    context = {
        "form": form, "line": line, "text": text, "paragraphs": filled(text.text, person).splitlines(),
        "on_paper": kind in paper_only(person),
    }  # fmt: skip
    return render(request, "pairs/consent_give.html", context)


def newest_text(user, kind):
    """404 for a kind that there is not."""
    return get_object_or_404(ConsentText.objects.visible_to(user).filter(kind=kind).newest())


def given(request, person, text, form):
    try:
        give_on_screen(person=person, text=text, seen=number_in(form.cleaned_data["seen"]))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.data = form.data.copy()
        form.data["seen"] = text.number
        form.data.pop("agree", None)
    return not form.errors


def find(request, pk):
    rows = Consent.objects.visible_to(request.user).select_related("person__school", "person__card", "text", "scan")
    return get_object_or_404(rows.select_related("recorded_by", "withdrawn_by"), pk=pk)


def consent_detail(request, pk):
    consent = find(request, pk)
    words = consent.wording or (consent.text and filled(consent.text.text, consent.person)) or ""
    context = {
        "consent": consent,
        "paragraphs": words.splitlines(),
        "newer": newer_than(consent),
        "blocks": consents.BLOCKS[consent.kind],
        "in_force": consent.withdrawn_on is None,
        "may_withdraw": may_withdraw(request.user, consent),
        "may_read_scan": consent.scan and may_read_scan(request.user, consent),
        "is_own": consent.person_id == request.user.pk,
        "entries": Entry.objects.about(consent)[:20] if request.user.has_role(*STAFF) else [],
        "runs_school": request.user.has_role(*STAFF),
    }
    return render(request, "pairs/consent_detail.html", context)


def newer_than(consent):
    """The version that the school asks for now, if it is another one."""
    if not consent.text:
        return None
    return (
        ConsentText.objects.filter(school=consent.text.school_id, kind=consent.kind, number__gt=consent.text.number)
        .newest()
        .first()
    )


def may_withdraw(user, consent):
    return consent.withdrawn_on is None and (consent.person_id == user.pk or user.has_role(Role.CURATOR))


def may_read_scan(user, consent):
    """A sheet with the signatures of several people is read by those who run the school."""
    return user.has_role(*STAFF) or not consent.scan.consents.exclude(person=user).exists()


def consent_scan(request, pk):
    consent = find(request, pk)
    if consent.scan is None or not may_read_scan(request.user, consent):
        raise Http404("no scan for this person")
    return files.send(consent.scan)


def consent_withdraw(request, pk):
    """By the person at once, by the curator from a paper with its day."""
    consent = find(request, pk)
    if consent.person_id != request.user.pk and not request.user.has_role(Role.CURATOR):
        raise PermissionDenied
    if consent.withdrawn_on:
        messages.error(request, _("This consent is withdrawn already."))
        return redirect(consent)
    form = WithdrawForm(request.POST or None, consent=consent, by=request.user, initial={"withdrawn_on": today()})
    if request.method == "POST" and form.is_valid() and taken_back(request, consent, form):
        messages.success(request, _("The consent is withdrawn. Its paper stays, with its dates."))
        return redirect(consent)
    context = {
        "form": form,
        "consent": consent,
        "working": working_pairs(consent),
        "blocks": consents.BLOCKS[consent.kind],
        "is_own": consent.person_id == request.user.pk,
    }
    return render(request, "pairs/consent_withdraw.html", context)


def working_pairs(consent):
    """How many pairs go on although the mentor no longer agrees: each is ended by itself."""
    if consent.kind != Consent.Kind.MENTOR_WORK:
        return 0
    return Pair.objects.live().filter(mentor__person=consent.person_id).count()


def taken_back(request, consent, form):
    typed = form.cleaned_data
    try:
        withdraw(consent=consent, by=request.user, on=typed.get("withdrawn_on") or today(), reason=typed["reason"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def consent_paper(request, pk, kind):
    """The sheet to sign, filled in with the person's data."""
    people = (
        User.objects.visible_to(request.user).select_related("card", "school").prefetch_related("participations__year")
    )
    person = get_object_or_404(people, pk=pk)
    made = sheet(newest_text(request.user, kind), person, person.school.head())
    return pdf.response(f"Согласие {person.short_name}.pdf", "pairs/consent_pdf.html", {"sheets": [made]})
