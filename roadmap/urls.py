from django.urls import path

from roadmap.views import editing, pages, reading

urlpatterns = [
    path("roadmap/", pages.roadmap, name="roadmap"),
    path("roadmap/import/", reading.roadmap_import, name="roadmap_import"),
    path("roadmap/import/sample/", reading.roadmap_sample, name="roadmap_sample"),
    path("roadmap/import/<id:pk>/", reading.roadmap_import_preview, name="roadmap_import_preview"),
    path("roadmap/another-year/", reading.roadmap_copy, name="roadmap_copy"),
    path("roadmap/<id:pk>/edit/", editing.roadmap_edit, name="roadmap_edit"),
    path("roadmap/<id:pk>/move/<slug:name>/", pages.roadmap_move, name="roadmap_move"),
    path("roadmap/<id:pk>/record/", pages.roadmap_record, name="roadmap_record"),
    path("roadmap/<id:pk>/scan/", pages.roadmap_scan, name="roadmap_scan"),
    path("roadmap/<id:pk>/sections/add/", editing.roadmap_section_add, name="roadmap_section_add"),
    path("roadmap/sections/<id:pk>/edit/", editing.roadmap_section_edit, name="roadmap_section_edit"),
    path("roadmap/sections/<id:pk>/remove/", editing.roadmap_section_remove, name="roadmap_section_remove"),
    path("roadmap/<id:pk>/items/add/", editing.roadmap_item_add, name="roadmap_item_add"),
    path("roadmap/items/<id:pk>/edit/", editing.roadmap_item_edit, name="roadmap_item_edit"),
    path("roadmap/items/<id:pk>/remove/", editing.roadmap_item_remove, name="roadmap_item_remove"),
]
