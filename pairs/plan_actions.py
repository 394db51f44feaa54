"""Acts on plans that touch several rows."""

import calendar
import datetime
import json

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import journal
from pairs.models import Competence, Plan, PlanItem, PlanTemplate, PlanTemplateItem


@transaction.atomic
def load_plan_templates(*, school):
    """The portal's own starting templates (fixtures/plan_templates.json); those the school has already are left alone."""
    competences = {each.code: each for each in Competence.objects.filter(school=school)}
    for words in json.loads((settings.BASE_DIR / "fixtures" / "plan_templates.json").read_text("utf-8")):
        template, is_new = PlanTemplate.objects.get_or_create(
            school=school, code=words["code"], defaults={"name": words["name"], "goal": words["goal"]}
        )
        if is_new:
            lines = [line | {"competence": competences.get(line["competence"])} for line in words["items"]]
            PlanTemplateItem.objects.bulk_create(
                PlanTemplateItem(template=template, position=position, **line) for position, line in enumerate(lines)
            )


@transaction.atomic
def start_plan(*, pair, by, template=None, last_plan=None):
    """A draft for the pair: from a template, from an earlier plan (wording only, years moved), or empty.

    Raises IntegrityError when the pair has a plan already: there is one per pair.
    """
    plan = Plan.objects.create(year=pair.year, pair=pair, request=request_of(pair))
    if template:
        plan.goal = template.goal
        lines = [(line, line.due_in(pair.year)) for line in template.items.select_related("competence")]
    elif last_plan:
        plan.goal = last_plan.goal
        years = pair.year.first_year - last_plan.year.first_year
        lines = [(line, years_later(line.due_on, years)) for line in last_plan.items.select_related("competence")]
    else:
        lines = []
    plan.save()
    PlanItem.objects.bulk_create(copy_of(line, due_on, plan, position) for position, (line, due_on) in enumerate(lines))
    journal.record(by, _("began a plan"), plan)
    return plan


def copy_of(line, due_on, plan, position):
    return PlanItem(
        plan=plan,
        year=plan.year,
        position=position,
        what=line.what,
        expected=line.expected,
        competence=line.competence,
        due_on=within(due_on, plan.period()),
    )


def within(day, period):
    """The day, moved into the pair's period; what was due before a late pair began gets its first 14 days."""
    first, last = period
    return min(day if day >= first else first + datetime.timedelta(days=14), last)


def years_later(day, years):
    """The same day of another year; 29 February becomes the 28th."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def request_of(pair):
    """What the mentee asked for in the registry, so that nobody types it twice."""
    rows = pair.mentee.requests.select_related("competence").order_by("competence__position")
    return "; ".join(f"{row.competence}: {row.text}" if row.text else str(row.competence) for row in rows)[:2000]


def mark_item(*, item, by, done_on, result, proof=None, from_paper=False):
    """Enter progress of a line: done on a day, or a result so far (`done_on` None). Journaled on the plan."""
    seen = PlanItem.objects.get(pk=item.pk)
    item.done_on, item.result, item.marked_by, item.from_paper = done_on, result, by, from_paper
    item.proof = proof or item.proof
    fields = ["done_on", "result", "marked_by", "from_paper", "proof"]
    item.save(update_fields=fields)
    changes = journal.differences(seen, item)
    verb = _("marked a line of the plan as done") if done_on else _("entered progress of a line of the plan")
    journal.record(by, verb, item.plan, comment=item.what, changes=changes)


def delete_item(*, item, by):
    """Take a line out of a draft; its words stay in the history of the plan."""
    changes = [
        {"field": str(field.verbose_name), "old": journal.readable(item, field), "new": "—"}
        for field in item._meta.concrete_fields
        if field.name in ("what", "due_on", "expected", "competence")
    ]
    plan = item.plan
    item.delete()
    journal.record(by, _("took a line out of the plan"), plan, changes=changes)


@transaction.atomic
def save_template(*, form, lines, by):
    """Words of a template are no person's data: the journal says that it was changed, and its old lines are gone."""
    template = journal.save(form, by)
    if template is None:
        return None
    lines.instance = template
    for position, row in enumerate(lines.forms):
        row.instance.position = position
    lines.save()
    if lines.has_changed():
        journal.record(by, _("changed the lines of the template"), template)
    return template
