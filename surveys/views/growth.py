"""Growth from wave to wave, and what is done about a weak competence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import journal, workflow
from accounts.models import Participation, User
from accounts.roles import PARTICIPANTS, Role, roles_allowed
from accounts.text import number_in
from accounts.workflow import Refused
from accounts.years import chosen_year
from pairs.models import Competence, PlanTemplateItem
from surveys.forms.analysis import MaterialForm
from surveys.growth import growth_of, parts_seen_by, plans_of
from surveys.models import Response, Support
from surveys.support_actions import accept_line, drop, grant

READERS = (Role.CURATOR, Role.MENTOR)
HELPERS = (Role.CURATOR, *PARTICIPANTS)


@roles_allowed(*PARTICIPANTS)
def survey_growth(request):
    """One's own growth from wave to wave."""
    year = chosen_year(request)
    parts = Participation.objects.filter(person=request.user, year=year).select_related("person").order_by("-side")
    return render(request, "surveys/survey_growth.html", shown(request, request.user, parts, year))


@roles_allowed(*READERS)
def person_growth(request, pk):
    """Somebody's growth, for the curator and the mentor of the pair; a foreign mentor finds nothing."""
    year, seen = chosen_year(request), parts_seen_by(request.user).filter(person=pk)
    if request.user.has_role(Role.CURATOR):
        person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    else:
        person = get_object_or_404(User.objects.filter(pk__in=seen.values("person_id")), pk=pk)
    parts = seen.filter(year=year).select_related("person").order_by("-side")
    return render(request, "surveys/person_growth.html", shown(request, person, parts, year))


def shown(request, person, parts, year):
    found = growth_of(parts, year)
    readable = answers_read(request.user, found)
    for each in found:
        each.acts = acts_of(each, request.user, year)
        each.answers = [
            (wave, answers_url(wave, each, request.user)) for wave in each.waves if (wave.pk, each.part.pk) in readable
        ]
    return {"person": person, "year": year, "found": found}


def answers_url(wave, each, user):
    """One's own answers, or those of somebody else."""
    if each.part.person_id == user.pk:
        return f"{reverse('survey_answers', args=[wave.pk])}?side={each.part.side}"
    return reverse("person_answers", args=[wave.pk, each.part.pk])


def acts_of(each, user, year):
    """What this person may do about the weaknesses of that participation."""
    if year.is_closed:
        return {}
    plan, waiting = each.plan, any(row.support.wanted_id for line in each.lines for row in line.support)
    theirs = plan is not None and plan.is_of(user)
    return {
        "helps": True,
        "into_plan": theirs and plan.state in plan.OPEN,
        "asks": theirs and plan.state == plan.State.APPROVED,
        "grants": theirs and waiting and may_grant(plan, user),
    }


def may_grant(plan, user):
    if plan.state in plan.OPEN:
        return plan.is_of(user)
    return workflow.may_take(plan, plan.MOVES["reopen"], user)


def answers_read(user, found):
    """{(wave, participation)} by their keys, of the questionnaires whose every answer this person may read."""
    parts = [each.part for each in found]
    rows = Response.objects.submitted().filter(participation__in=parts).read_by(user)
    return set(rows.values_list("wave_id", "participation_id"))


# ---------------------------------------------------------------- acts


def find_part(request, pk):
    parts = parts_seen_by(request.user).select_related("person", "year__school")
    part = get_object_or_404(parts, pk=pk)
    if part.year.is_closed:
        raise PermissionDenied
    return part


def weak_line(part, competence_id):
    """The Line of a competence that is weak now, or None."""
    lines = [line for each in growth_of([part], part.year) for line in each.weak]
    return next((line for line in lines if line.competence.pk == competence_id), None)


def back_to(request, part):
    if part.person_id == request.user.pk:
        return redirect(f"{reverse('survey_growth')}?year={part.year.first_year}")
    return redirect(f"{reverse('person_growth', args=[part.person_id])}?year={part.year.first_year}")


@roles_allowed(*HELPERS)
@require_POST
def support_line(request, pk):
    """A line of a plan template against a weak competence of this participation, `line` by its key."""
    part = find_part(request, pk)
    sources = PlanTemplateItem.objects.filter(template__school=part.year.school)
    source = sources.filter(pk=number_in(request.POST.get("line", ""))).first()
    line, plan = source and weak_line(part, source.competence_id), plans_of([part]).get(part.pk)
    if not line or plan is None or not plan.is_of(request.user):
        messages.error(request, _("This line is not proposed any more: open the page again."))
        return back_to(request, part)
    try:
        made = accept_line(plan=plan, source=source, wave=line.last.wave, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return back_to(request, part)
    if made.plan_item_id:
        messages.success(request, _("The line is added to the plan, due on %(day)s: change its words there.") % {
            "day": f"{made.plan_item.due_on:%d.%m.%Y}"
        })  # fmt: skip
    else:
        messages.success(request, _("Asked for: the plan is approved, the curator returns it to add the line."))
    return back_to(request, part)


@roles_allowed(*HELPERS)
@require_POST
def support_grant(request, pk):
    """The lines asked for go into the plan, which is returned for that if it is approved."""
    part = find_part(request, pk)
    plan = plans_of([part]).get(part.pk)
    if plan is None:
        raise Http404("no plan")
    if not may_grant(plan, request.user):
        raise PermissionDenied
    try:
        count = grant(plan=plan, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return back_to(request, part)
    words = ngettext("%(n)d line is added to the plan.", "%(n)d lines are added to the plan.", count) % {"n": count}
    messages.success(request, words + " " + _("The pair submits the plan again."))
    return redirect(plan)


@roles_allowed(*HELPERS)
def support_material(request, pk):
    """A material against a weak competence, `?competence=` its code; title and address may come with the link."""
    part = find_part(request, pk)
    asked = Competence.objects.filter(school=part.year.school, code=request.GET.get("competence", "")[:40])
    line = weak_line(part, get_object_or_404(asked).pk)
    if line is None:
        raise Http404("not weak")
    made = Support(participation=part, year=part.year, competence=line.competence, wave=line.last.wave, by=request.user)
    initial = {"material": request.GET.get("title", "")[:300], "address": request.GET.get("address", "")[:500]}
    form = MaterialForm(request.POST or None, instance=made, initial=initial)
    if form.is_valid() and journal.save(form, request.user, _("accepted a material against a weak competence")):
        messages.success(request, _("Saved."))
        return back_to(request, part)
    context = {"form": form, "part": part, "line": line, "back": back_to(request, part).url}
    return render(request, "surveys/support_material.html", context)


@roles_allowed(*HELPERS)
@require_POST
def support_drop(request, pk):
    rows = Support.objects.filter(participation__in=parts_seen_by(request.user)).select_related("participation__year")
    support = get_object_or_404(rows, pk=pk)
    part = find_part(request, support.participation_id)
    try:
        drop(support=support, by=request.user)
        messages.success(request, _("Taken back."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return back_to(request, part)
