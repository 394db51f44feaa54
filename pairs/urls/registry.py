"""Addresses: the registry, its lists and files."""

from django.urls import path

from pairs.views import registry, registry_files

urlpatterns = [
    path("registry/", registry.registry, name="registry"),
    path("registry/new/", registry.teacher_create, name="teacher_create"),
    path("registry/me/", registry.my_card, name="my_card"),
    path("registry/import/", registry_files.registry_import, name="registry_import"),
    path("registry/import/sample.xlsx", registry_files.registry_sample, name="registry_sample"),
    path("registry/import/<id:pk>/", registry_files.registry_import_preview, name="registry_import_preview"),
    path("registry/import/<id:pk>/confirm/", registry_files.registry_import_confirm, name="registry_import_confirm"),
    path("registry/export.xlsx", registry_files.registry_export, name="registry_export"),
    path("registry/competences/", registry.competence_list, name="competence_list"),
    path("registry/competences/<id:pk>/", registry.competence_edit, name="competence_edit"),
    path("registry/reasons/", registry.reason_list, name="reason_list"),
    path("registry/reasons/<id:pk>/", registry.reason_edit, name="reason_edit"),
    path("registry/<id:pk>/", registry.teacher_detail, name="teacher_detail"),
    path("registry/<id:pk>/edit/", registry.teacher_edit, name="teacher_edit"),
    path("registry/<id:pk>/declined/", registry.declined_create, name="declined_create"),
    path("registry/<id:pk>/join/<slug:side>/", registry.participation_create, name="participation_create"),
    path("registry/parts/<id:pk>/", registry.participation_edit, name="participation_edit"),
    path("registry/parts/<id:pk>/end/", registry.participation_end, name="participation_end"),
]
