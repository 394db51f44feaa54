from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path


@login_not_required
def hello(request):
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), path("", include("mentorship_portal.urls"))]
handler403 = "mentorship_portal.errors.forbidden"
handler404 = "mentorship_portal.errors.not_found"
