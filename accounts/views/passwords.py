"""Invitations, forgotten passwords, one's own profile."""

from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import invitations, journal
from accounts.forms import NewPasswordForm, PasswordChangeForm, PasswordResetForm, ProfileForm
from accounts.models import User
from accounts.roles import Role, roles_allowed
from accounts.text import number_in

RESETS_PER_HOUR = 3


@login_not_required
def invitation_accept(request, token):
    """A page with a form: opening the link (a QR reader, a mail scanner) spends nothing."""
    invitation = invitations.find(token)
    if invitation is None:
        return render(request, "accounts/invitation_spent.html", status=404)
    form = NewPasswordForm(invitation.person, request.POST or None)
    if form.is_valid():
        return enter(request, invitation, form.cleaned_data["password"])
    return render(request, "accounts/invitation_accept.html", {"form": form, "person": invitation.person})


def enter(request, invitation, password):
    if not invitations.accept(invitation=invitation, password=password):
        return render(request, "accounts/invitation_spent.html", status=404)
    sign_in(request, invitation.person, backend="accounts.backends.SchoolBackend")
    messages.success(request, _("Welcome! Your sign-in name is %(name)s.") % {"name": invitation.person.username})
    return redirect("home")


@login_not_required
def password_reset(request):
    """The same answer for a known and an unknown name."""
    form = PasswordResetForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/password_reset.html", {"form": form})
    name = form.cleaned_data["username"].strip().lower()
    person = User.objects.filter(Q(username=name) | Q(email=name), is_active=True, email__isnull=False).first()
    if person and may_ask_again(person):
        invitations.send_reset(person=person)
    return render(request, "accounts/password_reset.html", {"sent": True})


def may_ask_again(person):
    from django.utils import timezone

    hour_ago = timezone.now() - timezone.timedelta(hours=1)
    return person.invitations.filter(created_by=person, created_at__gt=hour_ago).count() < RESETS_PER_HOUR


@roles_allowed(Role.ADMIN, Role.CURATOR)
@require_POST
def invitation_send(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not person.email or not invitations.may_invite(request.user, person):
        messages.error(request, _("An invitation by e-mail cannot be sent to this person."))
    else:
        invitations.send_by_mail(person=person, by=request.user)
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": person.email})
    return redirect(person)


@roles_allowed(Role.ADMIN, Role.CURATOR)
@require_POST
def invitation_slips(request):
    """Slips to print and cut; made by a POST, since each makes earlier ones void."""
    chosen = [number_in(text) for text in request.POST.getlist("person")[:200]]
    people = User.objects.visible_to(request.user).filter(pk__in=chosen).select_related("school")
    slips = [
        invitations.slip(person=person, by=request.user)
        for person in people
        if invitations.may_invite(request.user, person)
    ]
    if not slips:
        messages.error(request, _("Choose people whom you may invite."))
        return redirect("person_list")
    return render(request, "accounts/invitation_slips.html", {"slips": slips, "refused": len(chosen) - len(slips)})


def profile(request):
    # Not `request.user`: what was typed and refused must not show in the frame around the page.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        response = redirect("profile")
        response.delete_cookie("theme")
        return response
    return render(request, "accounts/profile.html", {"form": form})


def password_change(request):
    form = PasswordChangeForm(request.user, request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/password_change.html", {"form": form})
    request.user.set_password(form.cleaned_data["password"])
    User.objects.filter(pk=request.user.pk).update(password=request.user.password)
    journal.record(request.user, _("changed the password"), request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("The password is changed; other devices are signed out."))
    return redirect("profile")
