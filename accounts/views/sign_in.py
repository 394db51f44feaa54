"""Signing in and out, language and theme."""

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.models import User

YEAR = 365 * 24 * 3600

login = auth_views.LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
logout = auth_views.LogoutView.as_view()


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
    """To the page the person came from, never off the site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe else "home")


__all__ = ["back", "lockout", "login", "logout", "set_language", "set_theme"]
