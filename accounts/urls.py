from django.urls import path

from accounts.views import passwords, people, school, sign_in

urlpatterns = [
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("language/", sign_in.set_language, name="set_language"),
    path("theme/", sign_in.set_theme, name="set_theme"),
    path("profile/", passwords.profile, name="profile"),
    path("profile/password/", passwords.password_change, name="password_change"),
    path("password-reset/", passwords.password_reset, name="password_reset"),
    path("invitation/<str:token>/", passwords.invitation_accept, name="invitation_accept"),
    path("people/", people.person_list, name="person_list"),
    path("people/new/", people.person_create, name="person_create"),
    path("people/slips/", passwords.invitation_slips, name="invitation_slips"),
    path("people/<id:pk>/", people.person_detail, name="person_detail"),
    path("people/<id:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<id:pk>/roles/", people.person_roles, name="person_roles"),
    path("people/<id:pk>/switch/", people.person_switch, name="person_switch"),
    path("people/<id:pk>/invite/", passwords.invitation_send, name="invitation_send"),
    path("school/", school.school_edit, name="school_edit"),
    path("years/", school.year_list, name="year_list"),
    path("years/<id:pk>/", school.year_detail, name="year_detail"),
    path("years/<id:pk>/edit/", school.year_edit, name="year_edit"),
    path("years/<id:pk>/terms/", school.year_terms, name="year_terms"),
    path("years/<id:pk>/move/<slug:name>/", school.year_move, name="year_move"),
    path("journal/", school.journal_list, name="journal_list"),
]
