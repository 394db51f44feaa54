from django.urls import path

from roadmap.views import editing, items, pages, reading

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
    path("roadmap/<id:pk>/before/", items.roadmap_before, name="roadmap_before"),
    path("roadmap/items/<id:pk>/", items.roadmap_item, name="roadmap_item"),
    path("roadmap/periods/<id:pk>/move/<slug:name>/", items.checkpoint_move, name="checkpoint_move"),
    path("roadmap/periods/<id:pk>/proof/", items.proof_create, name="proof_create"),
    path("roadmap/periods/<id:pk>/print/", items.proof_print, name="proof_print"),
    path("roadmap/proofs/<id:pk>/file/", items.proof_file, name="proof_file"),
    path("roadmap/proofs/<id:pk>/withdraw/", items.proof_withdraw, name="proof_withdraw"),
    path("roadmap/items/<id:pk>/edit/", editing.roadmap_item_edit, name="roadmap_item_edit"),
    path("roadmap/items/<id:pk>/remove/", editing.roadmap_item_remove, name="roadmap_item_remove"),
]
