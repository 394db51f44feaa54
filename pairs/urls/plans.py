"""Addresses: plans."""

from django.urls import path

from pairs.views import plan_items as items
from pairs.views import plan_templates as templates
from pairs.views import plans as views

urlpatterns = [
    path("plans/", views.plan_list, name="plan_list"),
    path("plans/new/", views.plan_create, name="plan_create"),
    path("plans/approve/", views.plan_approve_many, name="plan_approve_many"),
    path("plans/templates/", templates.plan_template_list, name="plan_template_list"),
    path("plans/templates/new/", templates.plan_template_create, name="plan_template_create"),
    path("plans/templates/<id:pk>/", templates.plan_template_edit, name="plan_template_edit"),
    path("plans/<id:pk>/", views.plan_detail, name="plan_detail"),
    path("plans/<id:pk>/edit/", views.plan_edit, name="plan_edit"),
    path("plans/<id:pk>/plan.pdf", views.plan_pdf, name="plan_pdf"),
    path("plans/<id:pk>/paper/", views.plan_approve_paper, name="plan_approve_paper"),
    path("plans/<id:pk>/scan/", views.plan_scan, name="plan_scan"),
    path("plans/<id:pk>/move/<slug:name>/", views.plan_move, name="plan_move"),
    path("plans/<id:pk>/lines/new/", items.plan_item_create, name="plan_item_create"),
    path("plans/lines/<id:pk>/", items.plan_item_edit, name="plan_item_edit"),
    path("plans/lines/<id:pk>/delete/", items.plan_item_delete, name="plan_item_delete"),
    path("plans/lines/<id:pk>/mark/", items.plan_item_mark, name="plan_item_mark"),
    path("plans/lines/<id:pk>/proof/", items.plan_item_proof, name="plan_item_proof"),
]
