"""Signing in and out, language and theme."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.models import User

YEAR = 365 * 24 * 3600

KEPT = "kept:"  # before the names of what was typed into a form that came after the session had ended


@sensitive_post_parameters("password")
@login_not_required
def login(request):
    """Sign in, and go on: to the page that was asked for, or to the form that was sent too late."""
    target = asked_target(request)
    if request.user.is_authenticated:
        return redirect(target)
    form, kept = AuthenticationForm(request, request.POST or None), kept_fields(request)
    if not form.is_valid():
        return sign_in_page(request, form, target, kept)
    auth.login(request, form.get_user())
    if not kept:
        return redirect(target)
    return render(request, "accounts/send_again.html", {"target": target, "kept": kept})


def kept_fields(request):
    """[(name, value)] of the form that waits to be sent again."""
    names = [name for name in request.POST if name.startswith(KEPT)]
    return [(name.removeprefix(KEPT), value) for name in names for value in request.POST.getlist(name)]


def sign_in_page(request, form, target, kept=(), status=200):
    """`kept` always holds one nameless field, so that a button without fields is sent again too."""
    context = {"form": form, "next": target, "kept": kept, "before": KEPT, "lost_files": bool(request.FILES)}
    return render(request, "accounts/login.html", context, status=status)


def signed_out(request):
    """A form sent after the session has ended: what was typed waits behind the sign-in."""
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    kept = [("", ""), *(each for each in fields if each[0] != "csrfmiddlewaretoken")]
    return sign_in_page(request, AuthenticationForm(request), request.get_full_path(), kept, status=401)


@login_not_required
@require_POST
def logout(request):
    auth.logout(request)
    return redirect("login")


def lockout(request, *args, **kwargs):
    """Five tries per name and address, then a wait."""
    return render(request, "accounts/lockout.html", {"minutes": int(settings.AXES_COOLOFF_TIME * 60)}, status=429)


@login_not_required
@require_POST
def set_language(request):
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return back(request)
    return remember(request, settings.LANGUAGE_COOKIE_NAME, "language", language)


@login_not_required
@require_POST
def set_theme(request):
    theme = request.POST.get("theme", "")
    if theme not in ("light", "dark"):
        return back(request)
    return remember(request, "theme", "theme", theme)


def remember(request, cookie, field, value):
    """On this device by a cookie; in the profile too for a person who is signed in."""
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(**{field: value})
    response = back(request)
    response.set_cookie(cookie, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


def back(request):
    """To the page the person came from."""
    return redirect(asked_target(request))


def asked_target(request):
    """`next` if it stays on this site, else the first page."""
    target = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe and target.startswith("/") else resolve_url("home")
