"""Acts against a weak competence: a line for the pair's plan, a material."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import journal, workflow
from accounts.clock import today
from accounts.workflow import Refused
from pairs.models import Plan, PlanItem
from pairs.plan_actions import within
from surveys.models import Support

SOON = datetime.timedelta(days=30)  # a line whose usual month is over is due so many days from now


def line_of(plan, source):
    """An unsaved line of the plan with the words of a template's line."""
    due = source.due_in(plan.year)
    due = within(due if due > today() else today() + SOON, plan.period())
    return PlanItem(
        plan=plan, year=plan.year, position=plan.items.count(), what=source.what, expected=source.expected,
        competence_id=source.competence_id, due_on=due,
    )  # fmt: skip


@transaction.atomic
def accept_line(*, plan, source, wave, by):
    """Into the plan while its words are open; asked for, to be put in when it is returned, while it is approved.

    Returns the Support; raises Refused for a plan that waits for its approval or is completed.
    """
    plan_now = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan_now.state not in (*Plan.OPEN, Plan.State.APPROVED):
        raise Refused(
            _("The plan is “%(state)s”: its words cannot be changed now.") % {"state": plan_now.get_state_display()}
        )
    own = {"participation": plan.pair.mentee, "competence_id": source.competence_id}
    fields = own | {"year_id": plan.year_id, "wave": wave, "by": by}
    if plan_now.state == Plan.State.APPROVED:
        return asked_for(plan, source, fields)
    return Support.objects.create(plan_item=put_in(plan, source, by), **fields)


def asked_for(plan, source, fields):
    try:
        with transaction.atomic():
            made = Support.objects.create(wanted=source, **fields)
    except IntegrityError:
        raise Refused(_("This line is asked for already.")) from None
    journal.record(fields["by"], _("asked for a line in the approved plan"), plan, comment=source.what)
    return made


def put_in(plan, source, by):
    item = line_of(plan, source)
    item.save()
    journal.record(by, _("added a line to the plan"), plan, comment=item.what)
    return item


@transaction.atomic
def grant(*, plan, by):
    """Put every line that was asked for into the plan, returning the approved plan for that. Returns how many.

    Raises Refused, and PermissionDenied for whom may not return this plan.
    """
    waiting = Support.objects.select_for_update(of=("self",)).filter(
        participation=plan.pair.mentee, wanted__isnull=False
    )
    rows = list(waiting.select_related("wanted"))
    if not rows:
        raise Refused(_("Somebody was faster: nothing is asked for any more."))
    if plan.state == Plan.State.APPROVED:
        words = "; ".join(row.wanted.what for row in rows)
        workflow.perform(plan, "reopen", by, _("Lines against a weak competence: %(lines)s") % {"lines": words})
    if plan.state not in Plan.OPEN:
        raise Refused(
            _("The plan is “%(state)s”: its words cannot be changed now.") % {"state": plan.get_state_display()}
        )
    for row in rows:
        row.plan_item, row.wanted = put_in(plan, row.wanted, by), None
        row.save(update_fields=["plan_item", "wanted"])
    return len(rows)


@transaction.atomic
def drop(*, support, by):
    """Take back what was only asked for, or a material; a line of the plan is taken out in the plan."""
    if support.plan_item_id:
        raise Refused(_("This line stands in the plan: take it out there."))
    words = support.wanted.what if support.wanted_id else support.material
    journal.record(by, _("took back a support of a weak competence"), support.participation, comment=words)
    support.delete()
