from django.urls import path

from accounts.views import sign_in

urlpatterns = [
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("language/", sign_in.set_language, name="set_language"),
    path("theme/", sign_in.set_theme, name="set_theme"),
]
