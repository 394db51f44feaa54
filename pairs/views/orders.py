"""Orders, groups and the five steps."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import journal, moves, workflow
from accounts.lists import page_of
from accounts.models import Entry, User
from accounts.roles import STAFF, Role, roles_allowed
from accounts.years import chosen_year
from pairs import consents
from pairs.forms.orders import OrderForm, OrderTextForm
from pairs.forms.pairing import GroupForm, StepFormSet
from pairs.models import Group, Order, Step
from pairs.order_text import draft_text

FOR_A_PAIR = (consents.PARTICIPATION, consents.PERSONAL_DATA)  # warned of; the consent to the work refuses


@roles_allowed(*STAFF)
def order_list(request):
    year = chosen_year(request)
    orders = (
        Order.objects.visible_to(request.user)
        .filter(year=year)
        .annotate(pair_count=Count("pairs"))
        .order_by("-signed_on", "-pk")
    )
    context = {"year": year, "page": page_of(request, orders), "may_write": request.user.has_role(Role.CURATOR)}
    return render(request, "pairs/order_list.html", context)


def find(request, pk):
    return get_object_or_404(Order.objects.visible_to(request.user).select_related("year__school", "scan"), pk=pk)


@roles_allowed(*STAFF)
def order_detail(request, pk):
    order = find(request, pk)
    curates = request.user.has_role(Role.CURATOR)
    context = {
        "object": order,
        "pairs": order.pairs.with_people(),
        "missing": order.missing() if order.state == Order.State.DRAFT else [],
        "without_consent": order.without_consent(),
        "unready": unready(order) if order.state == Order.State.DRAFT else [],
        "moves": workflow.available(order, request.user),
        "may_edit": curates and order.state == Order.State.DRAFT,
        "curates": curates,
        "entries": Entry.objects.about(order)[:20],
    }
    return render(request, "pairs/order_detail.html", context)


def unready(order):
    """[(person, consents that they lack)] of the pairs of a draft; the mentors' own stands beside."""
    parts = Q(participations__pairs_as_mentor__order=order) | Q(participations__pairs_as_mentee__order=order)
    people = consents.with_states(User.objects.filter(parts).distinct(), order.year, order.year.as_of())
    people = people.filter(consents.lacking(FOR_A_PAIR))
    found = consents.with_consents(people)
    return [(person, [line for line in consents.lines_of(person, FOR_A_PAIR) if line.lacks]) for person in found]


@roles_allowed(Role.CURATOR)
def order_create(request):
    year = chosen_year(request)
    initial = {"until": year.teaching_ends_on, "in_force_from": max(year.as_of(), year.starts_on)}
    form = OrderForm(request.POST or None, instance=Order(year=year), initial=initial)
    return save_order(request, form, "pairs/order_create.html")


@roles_allowed(Role.CURATOR)
def order_edit(request, pk):
    order = find(request, pk)
    if order.state != Order.State.DRAFT:
        return signed_already(request, order)
    return save_order(request, OrderForm(request.POST or None, instance=order), "pairs/order_edit.html")


def save_order(request, form, template):
    if form.is_valid() and (order := journal.save(form, request.user)):
        messages.success(request, _("The order is saved. Check the text, print it, and record that it is signed."))
        return redirect(order)
    return render(request, template, {"form": form, "object": form.instance})


@roles_allowed(Role.CURATOR)
def order_text(request, pk):
    """The wording before printing: made from the pairs, then the curator's own."""
    order = find(request, pk)
    if order.state != Order.State.DRAFT:
        return signed_already(request, order)
    form = OrderTextForm(request.POST or None, instance=order, initial={"text": order.text or draft_text(order)})
    if form.is_valid() and journal.save(form, request.user, _("edited the text of the order")):
        messages.success(request, _("Saved."))
        return redirect(order)
    return render(request, "pairs/order_text.html", {"form": form, "object": order})


def signed_already(request, order):
    messages.error(request, _("A signed order is not changed any more."))
    return redirect(order)


@roles_allowed(Role.CURATOR)
@require_POST
def order_move(request, pk, name):
    return moves.take(request, find(request, pk), name)


@roles_allowed(*STAFF)
def order_pdf(request, pk):
    from papers import pdf

    order = find(request, pk)
    lines = (order.text or draft_text(order)).splitlines()
    pairs = order.pairs.select_related("mentor__person__card", "mentee__person__card")
    context = {
        "order": order,
        "school": order.year.school,
        "lines": lines,
        "pairs": pairs,
        "head": order.year.school.head(),
    }
    return pdf.response(f"Приказ {order.number or 'проект'}.pdf", "pairs/order_pdf.html", context)


@roles_allowed(Role.CURATOR)
def group_list(request):
    year = chosen_year(request)
    groups = Group.objects.filter(year=year).annotate(pair_count=Count("pairs")).order_by("-holds_all", "name")
    form = GroupForm(request.POST or None, instance=Group(year=year))
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Now choose the pairs of the group."))
        return redirect("group_edit", form.instance.pk)
    return render(request, "pairs/group_list.html", {"groups": groups, "form": form, "year": year})


@roles_allowed(Role.CURATOR)
def group_edit(request, pk):
    group = get_object_or_404(Group.objects.visible_to(request.user).select_related("year"), pk=pk)
    form = GroupForm(request.POST or None, instance=group)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect("group_list")
    return render(request, "pairs/group_edit.html", {"form": form, "object": group})


@roles_allowed(Role.CURATOR)
def step_settings(request):
    """Due dates of the five steps (roadmap 1.5)."""
    year = chosen_year(request)
    formset = StepFormSet(request.POST or None, queryset=Step.objects.filter(year=year))
    if formset.is_bound and formset.is_valid():
        save_steps(formset, year, request.user)
        messages.success(request, _("Saved."))
        return redirect(request.get_full_path())
    return render(request, "pairs/step_settings.html", {"formset": formset, "year": year})


@transaction.atomic
def save_steps(formset, year, by):
    formset.save()
    if formset.has_changed():
        journal.record(by, _("changed the due dates of the steps"), year)
