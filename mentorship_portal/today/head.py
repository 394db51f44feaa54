"""The year in numbers, and what waits for the head of the school."""

import calendar

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Participation, School
from accounts.roles import Role
from mentorship_portal.today.curator import plans_to_approve
from mentorship_portal.today.task import Figure, Section, Task, since
from pairs.models import Meeting, Pair, Shown
from roadmap.models import Roadmap
from surveys.models import Response, addressed_in


def section(look):
    curates = look.user.has_role(Role.CURATOR)  # then the roadmap and the plans stand in the curator's section
    return Section(
        Role.HEAD.label,
        "mentorship_portal/today/head.html",
        [] if look.year.is_closed else [*roadmap_to_approve(look), *([] if curates else plans(look))],
        {"figures": figures(look), "glance": None if curates else look.glance},
    )


def roadmap_to_approve(look):
    if look.roadmap is None or look.roadmap.state != Roadmap.State.SUBMITTED:
        return []
    words, waits = _("The roadmap waits for your approval"), since(look.roadmap.submitted_on)
    return [Task(words, look.to("roadmap"), _("Read and approve"), "warn", waits)]


def plans(look):
    """The head may always approve; it waits for the head only where the school has it so."""
    return plans_to_approve(look) if look.user.school.plan_approver == School.PlanApprover.HEAD else []


def figures(look):
    return [*pairs_and_plans(look), *people(look), meetings(look), *answers(look)]


def pairs_and_plans(look):
    pairs = Pair.objects.of_year(look.year, look.on)
    approved = pairs.with_plan_approved(look.on).values("pk")
    found = pairs.order_by().aggregate(
        all=Count("pk", distinct=True), approved=Count("pk", distinct=True, filter=Q(pk__in=approved))
    )
    return [
        Figure(_("Pairs of the year"), found["all"], look.to("pair_list", state="of_year"), "users-group",
               _("fixed by an order; paused and ended early are not counted")),
        Figure(pgettext("figure", "Plans approved"), found["approved"], look.to("plan_list", state="ever_approved"), "clipboard-check",
               of(found["all"])),
    ]  # fmt: skip


def of(number):
    return pgettext("figure", "of %(n)d") % {"n": number}


def people(look):
    """Mentors and mentees as the registry lists them."""
    rows = Participation.objects.filter(year=look.year, person__card__isnull=False).order_by()
    numbers = dict(rows.values_list("side").annotate(Count("pk")))
    sides = [("mentor", _("Mentors"), "school"), ("mentee", _("Mentees"), "users")]
    return [
        Figure(label, numbers.get(side, 0), look.to("registry", side=side), icon, _("take part this year"))
        for side, label, icon in sides
    ]


def meetings(look):
    """Meetings of the month that took place: held, and not objected to."""
    first = look.on.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    rows = Meeting.objects.filter(year=look.year, on__range=(first, last)).with_shown_state(look.year)
    number = rows.filter(shown__in=[Shown.HELD, Shown.CONFIRMED]).count()
    url = look.to("meeting_list", shown="took_place", since=first.isoformat(), until=last.isoformat())
    return Figure(_("Meetings this month"), number, url, "calendar-event", _("took place, nobody objects"))


def answers(look):
    """Answers of the period that opened last."""
    begun = [period for period in look.year.periods.all() if period.opens_on <= look.on]
    if not begun:
        return []
    period = begun[-1]
    period.year = look.year
    done = Response.objects.submitted().filter(wave__period=period, wave__feeds=True, participation=OuterRef("pk"))
    found = (
        addressed_in(period, look.on).order_by().aggregate(all=Count("pk"), done=Count("pk", filter=Q(Exists(done))))
    )
    url = look.to("report_detail", "diagnostics", period=period.number)
    return [
        Figure(
            pgettext("figure", "Answers"), found["done"], url, "message-circle", f"{of(found['all'])}, {period.name}"
        )
    ]
