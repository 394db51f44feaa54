"""Wording of a roadmap that is not approved: title, sections, items."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import journal
from accounts.roles import Role, roles_allowed
from accounts.workflow import Refused
from roadmap import actions
from roadmap.forms import RoadmapForm, SavedItemForm, SectionForm
from roadmap.models import Item, Roadmap, Section


def editable(model):
    """The view gets the object instead of its number; a roadmap that is approved or submitted sends back with a reason."""

    def decorate(view):
        @roles_allowed(Role.CURATOR)
        @wraps(view)
        def found(request, pk):
            path = "" if model is Roadmap else "roadmap__"
            rows = model.objects.filter(**{f"{path}year__school_id": request.user.school_id})
            obj = get_object_or_404(rows.select_related(f"{path}year__school"), pk=pk)
            plan = obj if model is Roadmap else obj.roadmap
            with transaction.atomic():
                if is_editable_now(request, plan):
                    return view(request, obj)
            messages.error(request, _("The wording is frozen: take the roadmap back or reopen it with a reason first."))
            return redirect(plan)

        return found

    return decorate


def is_editable_now(request, plan):
    """Before a change the roadmap's row is held, so that nobody approves it between the look and the change."""
    if request.method != "POST":
        return plan.is_editable
    held = Roadmap.objects.select_for_update(of=("self",)).select_related("year").get(pk=plan.pk)
    return held.is_editable


@editable(Roadmap)
def roadmap_edit(request, plan):
    form = RoadmapForm(request.POST or None, instance=plan, year=plan.year)
    if request.method == "POST" and form.is_valid() and actions.save_roadmap(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(plan)
    return render(request, "roadmap/roadmap_edit.html", {"roadmap": plan, "form": form})


@editable(Roadmap)
def roadmap_section_add(request, plan):
    last = plan.sections.order_by("-number").first()
    section = Section(roadmap=plan, number=last.number + 1 if last else 1)
    return section_form(request, section, "roadmap/roadmap_section_add.html")


@editable(Section)
def roadmap_section_edit(request, section):
    return section_form(request, section, "roadmap/roadmap_section_edit.html")


def section_form(request, section, template):
    form = SectionForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(section.roadmap)
    return render(request, template, {"roadmap": section.roadmap, "section": section, "form": form})


@editable(Section)
def roadmap_section_remove(request, section):
    """Only an empty section may go."""
    if request.method == "POST":
        if section.items.exists():
            messages.error(request, _("The section has items: move or remove them first."))
        else:
            journal.record(request.user, gettext_lazy("removed the section"), section.roadmap, comment=str(section))
            section.delete()
            messages.success(request, _("The section is removed."))
        return redirect(section.roadmap)
    return render(request, "roadmap/roadmap_section_remove.html", {"roadmap": section.roadmap, "section": section})


@editable(Roadmap)
def roadmap_item_add(request, plan):
    last = plan.items.order_by("-position").first()
    item = Item(roadmap=plan, position=last.position + 1 if last else 1)
    initial = {"section": request.GET.get("section"), "deadline_kind": ""}
    return item_form(request, item, "roadmap/roadmap_item_add.html", initial)


@editable(Item)
def roadmap_item_edit(request, item):
    return item_form(request, item, "roadmap/roadmap_item_edit.html")


def item_form(request, item, template, initial=None):
    plan = item.roadmap
    form = SavedItemForm(request.POST or None, instance=item, roadmap=plan, initial=initial)
    if request.method == "POST" and form.is_valid() and actions.save_item(form, request.user, plan):
        messages.success(request, _("Saved."))
        return redirect(plan)
    return render(request, template, {"roadmap": plan, "item": item, "form": form})


@editable(Item)
def roadmap_item_remove(request, item):
    if request.method == "POST":
        try:
            actions.remove_item(item=item, by=request.user)
            messages.success(request, _("The item is removed."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(item.roadmap)
    return render(request, "roadmap/roadmap_item_remove.html", {"roadmap": item.roadmap, "item": item})
