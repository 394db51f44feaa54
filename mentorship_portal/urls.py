"""All rooms of the portal, each with its own urls."""

from django.contrib import admin
from django.urls import include, path

from mentorship_portal.views import about_me, today, years

urlpatterns = [
    path("", today.home, name="home"),
    path("healthz", today.healthz, name="healthz"),
    path("about-me/", about_me.about_me, name="about_me"),
    path("about-me/about-me.xlsx", about_me.about_me_file, name="about_me_file"),
    path("years/new/", years.year_create, name="year_create"),
    path("years/<id:pk>/periods/", years.year_periods, name="year_periods"),
    path("keeper/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("pairs.urls")),
    path("", include("surveys.urls")),
    path("", include("publications.urls")),
    path("", include("events.urls")),
    path("", include("roadmap.urls")),
    path("", include("reports.urls")),
]

handler400 = "mentorship_portal.errors.bad_request"
handler403 = "mentorship_portal.errors.forbidden"
handler404 = "mentorship_portal.errors.not_found"
handler500 = "mentorship_portal.errors.server_error"
