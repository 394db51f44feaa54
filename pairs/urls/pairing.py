"""Addresses: pairs, orders, groups, steps."""

from django.urls import path

from pairs.views import orders, pairing

urlpatterns = [
    path("pairs/", pairing.pair_list, name="pair_list"),
    path("pairs/new/", pairing.pair_create, name="pair_create"),
    path("pairs/match/", pairing.pair_match, name="pair_match"),
    path("pairs/<id:pk>/", pairing.pair_detail, name="pair_detail"),
    path("pairs/<id:pk>/edit/", pairing.pair_edit, name="pair_edit"),
    path("pairs/<id:pk>/end/", pairing.pair_end, name="pair_end"),
    path("pairs/<id:pk>/pause/", pairing.pair_pause, name="pair_pause"),
    path("pairs/<id:pk>/resume/", pairing.pair_resume, name="pair_resume"),
    path("pairs/<id:pk>/move/<slug:name>/", pairing.pair_move, name="pair_move"),
    path("pairs/orders/", orders.order_list, name="order_list"),
    path("pairs/orders/new/", orders.order_create, name="order_create"),
    path("pairs/orders/<id:pk>/", orders.order_detail, name="order_detail"),
    path("pairs/orders/<id:pk>/edit/", orders.order_edit, name="order_edit"),
    path("pairs/orders/<id:pk>/text/", orders.order_text, name="order_text"),
    path("pairs/orders/<id:pk>/order.pdf", orders.order_pdf, name="order_pdf"),
    path("pairs/orders/<id:pk>/move/<slug:name>/", orders.order_move, name="order_move"),
    path("pairs/groups/", orders.group_list, name="group_list"),
    path("pairs/groups/<id:pk>/edit/", orders.group_edit, name="group_edit"),
    path("pairs/steps/", orders.step_settings, name="step_settings"),
]
