"""Courses: the training schedule, what people completed, its confirmation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import files, journal, moves, workflow
from accounts.lists import page_of, sort_of
from accounts.models import Entry, User
from accounts.roles import EVERYONE, PARTICIPANTS, STAFF, Role, roles_allowed
from accounts.years import chosen_year
from events import actions, hours
from events.forms.courses import CourseClaimForm, CourseEntryForm, CourseFilter, CourseForm, CoursePlanForm
from events.models import Course

SORTS = {"name": ("person__sort_key", "pk"), "ends": ("ends_on", "pk"), "hours": ("-hours", "pk")}


@roles_allowed(*EVERYONE)
def course_list(request):
    """All courses of the year for those who run the school; one's own, with the hours, for a participant."""
    year, user = chosen_year(request), request.user
    runs_school = user.has_role(*STAFF)
    asked = CourseFilter(request.GET)
    found = asked.apply(Course.objects.visible_to(user).filter(year=year), User.objects.visible_to(user))
    counts, state = found.counts(), asked.cleaned_data.get("state")
    rows = found.filter(state=state) if state else found.exclude(state=Course.State.WITHDRAWN)
    rows = rows.select_related("person").order_by(*sort_of(request, SORTS, "name"))
    own = hours.by_person(year, year.as_of(), person=user).get(user.pk, (0, 0))
    context = {
        "year": year,
        "page": page_of(request, rows),
        "filter": asked,
        "tabs": [(code, label, counts.get(code, 0)) for code, label in Course.State.choices],
        "total": sum(number for code, number in counts.items() if code != Course.State.WITHDRAWN),
        "runs_school": runs_school,
        "takes_part": user.has_role(*PARTICIPANTS),
        "may_plan": user.has_role(Role.CURATOR) and not year.is_closed,
        "hours": own,
        "hours_together": sum(own),
    }
    return render(request, "events/course_list.html", context)


def find(request, pk):
    rows = Course.objects.visible_to(request.user).select_related(
        "person", "year__school", "certificate", "confirmed_by"
    )
    return get_object_or_404(rows, pk=pk)


def refuse_closed(request, year):
    messages.error(request, _("The school year %(year)s is closed.") % {"year": year})
    return redirect("course_list")


@roles_allowed(Role.CURATOR)
def course_plan(request):
    """One course into the training schedule of many people at once."""
    year = chosen_year(request)
    if year.is_closed:
        return refuse_closed(request, year)
    form = CoursePlanForm(request.POST or None, instance=Course(year=year))
    if form.is_valid():
        planned, there = actions.plan_courses(form=form, by=request.user)
        words = ngettext(
            "%(n)d person has it in the schedule now.", "%(n)d people have it in the schedule now.", planned
        )
        if planned:
            messages.success(request, words % {"n": planned})
        if there:
            messages.warning(request, _("Had it already: %(names)s.") % {"names": ", ".join(there)})
        return redirect("course_list")
    return render(request, "events/course_plan.html", {"form": form, "year": year})


@roles_allowed(*PARTICIPANTS, Role.CURATOR)
def course_create(request):
    """A course completed elsewhere: by the person, or by the curator for somebody who does not type."""
    year, user = chosen_year(request), request.user
    if year.is_closed:
        return refuse_closed(request, year)
    for_others = user.has_role(Role.CURATOR)
    kind = CourseEntryForm if for_others else CourseClaimForm
    course = Course(year=year) if for_others else Course(year=year, person=user)
    return claim_page(
        request, kind(request.POST or None, request.FILES or None, instance=course), "events/course_create.html"
    )


@roles_allowed(*EVERYONE)
def course_detail(request, pk):
    course, user = find(request, pk), request.user
    available = workflow.available(course, user)
    context = {
        "course": course,
        "object": course,
        "moves": [(name, move) for name, move in available if name != "claim"],
        "may_claim": any(name == "claim" for name, _move in available),
        "may_edit": user.has_role(Role.CURATOR) and course.state == Course.State.PLANNED and not course.year.is_closed,
        "runs_school": user.has_role(*STAFF),
        "entries": Entry.objects.about(course)[:20],
    }
    return render(request, "events/course_detail.html", context)


@roles_allowed(Role.CURATOR)
def course_edit(request, pk):
    """A line of the schedule before it is completed."""
    course = find(request, pk)
    if course.state != Course.State.PLANNED or course.year.is_closed:
        messages.error(request, workflow.already(course))
        return redirect(course)
    form = CourseForm(request.POST or None, instance=course)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(course)
    return render(request, "events/course_edit.html", {"form": form, "object": course})


@roles_allowed(*PARTICIPANTS, Role.CURATOR)
def course_claim(request, pk):
    """Completed: what the certificate says, with its file."""
    course = find(request, pk)
    if "claim" not in dict(workflow.available(course, request.user)):
        messages.error(request, workflow.already(course))
        return redirect(course)
    return claim_page(
        request,
        CourseClaimForm(request.POST or None, request.FILES or None, instance=course),
        "events/course_claim.html",
    )


def claim_page(request, form, template):
    if form.is_valid():
        try:
            if course := actions.claim_course(form=form, by=request.user):
                messages.success(request, claimed(course))
                return redirect(course)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, template, {"form": form, "object": form.instance, "year": form.instance.year})


def claimed(course):
    if course.state == Course.State.CONFIRMED:
        return _("The course is entered and confirmed.")
    return _("Thank you! The curator looks at it and confirms.")


@roles_allowed(*PARTICIPANTS, Role.CURATOR, Role.HEAD)
@require_POST
def course_move(request, pk, name):
    if name == "claim":  # has a page of its own, which asks for the certificate
        raise PermissionDenied
    remark = request.POST.get("comment", "").strip()[:2000]
    fields = {"remark": remark} if name in ("return", "reopen") else {}
    return moves.take(request, find(request, pk), name, **fields)


@roles_allowed(*EVERYONE)
def course_file(request, pk):
    return files.send(find(request, pk).certificate)
