"""All rooms of the portal, each with its own urls."""

from django.contrib import admin
from django.urls import include, path

from mentorship_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("keeper/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("pairs.urls")),
    path("", include("surveys.urls")),
    path("", include("roadmap.urls")),
    path("", include("reports.urls")),
]

handler400 = "mentorship_portal.errors.bad_request"
handler403 = "mentorship_portal.errors.forbidden"
handler404 = "mentorship_portal.errors.not_found"
handler500 = "mentorship_portal.errors.server_error"
