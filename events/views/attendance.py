"""Attendance: one tap for each person, the code on the screen, checking in, the papers."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock, journal
from accounts.roles import EVERYONE, STAFF, roles_allowed
from accounts.text import number_in
from accounts.workflow import Refused
from events import actions, tables
from events.forms.attendance import MarkForm
from events.models import Attendance, Event
from events.sheet import Sheet, share_of
from events.views.events import find
from papers import excel, pdf
from papers.table import about


def kept(request, pk):
    """The event, for those who mark who is there: 404 if it is not seen, 403 if somebody else answers for it."""
    event = find(request, pk)
    if not event.is_kept_by(request.user):
        raise PermissionDenied
    return event


def read(request, pk):
    """The event, for those who read the names on its list."""
    event = find(request, pk)
    if not request.user.has_role(*STAFF) and not event.is_kept_by(request.user):
        raise PermissionDenied
    return event


@roles_allowed(*EVERYONE)
def attendance_list(request, pk):
    """Everybody with big buttons: a tap writes it down."""
    event = kept(request, pk)
    sheet = Sheet(event)
    context = {
        "event": event,
        "rows": sheet.rows,
        "share": sheet.share,
        "why_not": actions.why_not_marked(event),
        "marks": Attendance.Mark,
    }
    return render(request, "events/attendance_list.html", context)


@roles_allowed(*EVERYONE)
@require_POST
def attendance_mark(request, pk):
    event = kept(request, pk)
    person = event.people().filter(pk=number_in(request.POST.get("person", ""))).first()
    if person is None:
        messages.error(request, _("This person is not on the list."))
        return redirect("attendance_list", pk)
    form = MarkForm(request.POST)
    if form.is_valid():
        try:
            actions.mark(event=event, person=person, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, f"{person.short_name}: {journal.form_error(form)}")
    return redirect(f"{reverse('attendance_list', args=[pk])}#p{person.pk}")


@roles_allowed(*EVERYONE)
def attendance_share(request, pk):
    """The figures alone: the open pages ask for them while the event lasts."""
    event = read(request, pk)
    return render(request, "events/attendance_share.html", {"event": event, "share": share_of(event)})


@roles_allowed(*EVERYONE)
def attendance_pdf(request, pk):
    """The attendance sheet: who was there."""
    event = read(request, pk)
    return pdf.response(
        f"Явка {event}.pdf", "events/attendance_pdf.html", lambda: paper(request, event, tables.attendance(event))
    )


@roles_allowed(*EVERYONE)
def attendance_blank(request, pk):
    """The list that goes round the room for signatures."""
    event = read(request, pk)
    return pdf.response(
        f"Явочный лист {event}.pdf", "events/attendance_blank.html",
        lambda: paper(request, event, tables.signatures(event)),
    )  # fmt: skip


def paper(request, event, table):
    return {"event": event, "school": event.year.school, "table": table, "by": request.user}


@roles_allowed(*EVERYONE)
def attendance_xlsx(request, pk):
    event = read(request, pk)
    table = tables.attendance(event)
    table.about = about(by=request.user.full_name, at=clock.now(), filters=str(event), count=len(table.rows))
    return excel.response(f"Явка {event}.xlsx", [table])


# ---------------------------------------------------------------- checking in


@roles_allowed(*EVERYONE)
def check_in_screen(request, pk):
    """The code for the screen of the room; people point their phones at it."""
    event = kept(request, pk)
    address = settings.SITE_URL + reverse("check_in", args=[event.check_in_code])
    context = {"event": event, "address": address, "code": code_of(address), "share": share_of(event)}
    return render(request, "events/check_in_screen.html", context)


def code_of(address):
    """The QR code as SVG markup without style attributes."""
    import segno

    return segno.make(address, error="m").svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True)


@roles_allowed(*EVERYONE)
@require_POST
def check_in_renew(request, pk):
    event = kept(request, pk)
    actions.renew_code(event=event, by=request.user)
    messages.success(request, _("The old code no longer works. The new one is on this page."))
    return redirect("check_in_screen", pk)


def check_in(request, token):
    """Where the code on the screen leads: a page with a button, for whoever is signed in and on the list."""
    rows = Event.objects.filter(year__school_id=request.user.school_id, year__school__isnull=False)
    event = get_object_or_404(rows.select_related("year"), check_in_code=token)
    why_not = actions.why_not_checked_in(event, request.user)
    if request.method == "POST" and not why_not:
        actions.mark(event=event, person=request.user, mark=Attendance.Mark.PRESENT, by=request.user, own=True)
        return redirect(request.path)
    there = event.attendances.present().filter(person=request.user).exists()
    context = {"event": event, "why_not": "" if there else why_not, "there": there}
    return render(request, "events/check_in.html", context, status=403 if context["why_not"] else 200)
