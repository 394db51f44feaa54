"""People of the school: list, card, roles, who may sign in."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import journal
from accounts.forms import MoveForm, PeopleFilterForm, PersonForm, RolesForm
from accounts.invitations import may_invite
from accounts.lists import page_of
from accounts.models import Entry, User
from accounts.roles import Role, roles_allowed

STANDING = {
    Role.ADMIN: Q(is_admin=True),
    Role.HEAD: Q(is_head=True),
    Role.CURATOR: Q(is_curator=True),
    Role.SITE: Q(is_site_keeper=True),
}


@roles_allowed(Role.ADMIN, Role.CURATOR)
def person_list(request):
    form = PeopleFilterForm(request.GET)
    people = filtered(User.objects.visible_to(request.user), form).prefetch_related("participations")
    return render(request, "accounts/person_list.html", {"form": form, "page": page_of(request, people)})


def filtered(people, form):
    form.is_valid()
    chosen = form.cleaned_data
    people = people.search(chosen.get("q", ""))
    if role := chosen.get("role"):
        people = people.filter(STANDING.get(role) or Q(pk__in=User.objects.filter(participations__side=role)))
    match chosen.get("state"):
        case "never":
            people = people.never_signed_in()
        case "uninvited":
            people = people.never_signed_in().filter(invited=False)
        case "unreached":
            people = people.unreached()
        case "off":
            people = people.filter(is_active=False)
    return people


@roles_allowed(Role.ADMIN, Role.CURATOR)
def person_detail(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    context = {
        "person": person,
        "participations": person.participations.select_related("year").order_by("-year__first_year"),
        "may_invite": may_invite(request.user, person),
        "may_edit": may_edit(request.user, person),
        "may_set_roles": request.user.has_role(Role.ADMIN),
        "entries": Entry.objects.visible_to(request.user).about(person)[:20],
    }
    return render(request, "accounts/person_detail.html", context)


def may_edit(by, person):
    """E-mail and sign-in name are keys to an account: those of standing roles are the administrator's to change.

    The keeper of the installation is above the school: nobody there may take that account over.
    """
    if person.is_superuser:
        return by.pk == person.pk
    return by.has_role(Role.ADMIN) or not person.has_standing_role or by.pk == person.pk


@roles_allowed(Role.ADMIN, Role.CURATOR)
def person_create(request):
    person = User(school=request.user.school)
    person.set_unusable_password()
    return edit(request, person, "accounts/person_create.html")


@roles_allowed(Role.ADMIN, Role.CURATOR)
def person_edit(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not may_edit(request.user, person):
        messages.error(request, _("Only the administrator changes the account of a colleague with a standing role."))
        return redirect(person)
    return edit(request, person, "accounts/person_edit.html")


def edit(request, person, template):
    form = PersonForm(request.POST or None, instance=person)
    if form.is_valid() and (saved := journal.save(form, request.user)):
        messages.success(request, _("Saved."))
        return redirect(saved)
    return render(request, template, {"form": form, "person": person})


@roles_allowed(Role.ADMIN)
def person_roles(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = RolesForm(request.POST or None, instance=person)
    if form.is_valid() and journal.save(form, request.user, _("changed the roles")):
        messages.success(request, _("Saved."))
        return redirect(person)
    return render(request, "accounts/person_roles.html", {"form": form, "person": person})


@roles_allowed(Role.ADMIN)
@require_POST
def person_switch(request, pk):
    """Close or open the way in; nothing of the person's work is lost. A reason stays in the journal."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = MoveForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["comment"]:
        messages.error(request, _("Write the reason: it stays in the history."))
    elif person.pk == request.user.pk:
        messages.error(request, _("You cannot close your own way in."))
    elif not may_edit(request.user, person):
        messages.error(request, _("The keeper of the installation is not changed here."))
    else:
        User.objects.filter(pk=person.pk).update(is_active=not person.is_active)
        verb = _("closed the sign-in") if person.is_active else _("opened the sign-in again")
        journal.record(request.user, verb, person, comment=form.cleaned_data["comment"])
        messages.success(request, verb.capitalize())
    return redirect(person)
