from django.urls import path

from publications.views import files, materials, site

urlpatterns = [
    path("materials/", materials.material_list, name="material_list"),
    path("materials/new/", materials.publication_create, name="publication_create"),
    path("materials/<id:pk>/", materials.publication_detail, name="publication_detail"),
    path("materials/<id:pk>/edit/", materials.publication_edit, name="publication_edit"),
    path("materials/<id:pk>/people/", materials.publication_people, name="publication_people"),
    path("materials/<id:pk>/move/<slug:name>/", materials.publication_move, name="publication_move"),
    path("materials/<id:pk>/files/new/", files.attachment_create, name="attachment_create"),
    path("materials/files/<id:pk>/", files.attachment_file, name="attachment_file"),
    path("materials/files/<id:pk>/edit/", files.attachment_edit, name="attachment_edit"),
    path("materials/files/<id:pk>/remove/", files.attachment_remove, name="attachment_remove"),
    path("documents/", materials.document_list, name="document_list"),
    path("site/", site.site_desk, name="site_desk"),
    path("site/rubric/", site.rubric_edit, name="rubric_edit"),
    path("site/posts/<id:pk>/", site.pack_post, name="pack_post"),
    path("site/posts/<id:pk>/pack.zip", site.pack_post_zip, name="pack_post_zip"),
    path("site/months/<id:pk>/", site.pack_month, name="pack_month"),
    path("site/months/<id:pk>/pack.zip", site.pack_month_zip, name="pack_month_zip"),
    path("site/placed/new/", site.placement_create, name="placement_create"),
    path("site/placed/<id:pk>/down/", site.placement_take_down, name="placement_take_down"),
]
