"""Addresses: meetings."""

from django.urls import path

from pairs.views import meetings as views

urlpatterns = [
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/new/", views.meeting_create, name="meeting_create"),
    path("meetings/<id:pk>/", views.meeting_detail, name="meeting_detail"),
    path("meetings/<id:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<id:pk>/held/", views.meeting_hold, name="meeting_hold"),
    path("meetings/<id:pk>/cancel/", views.meeting_cancel, name="meeting_cancel"),
    path("meetings/<id:pk>/scan/", views.meeting_scan, name="meeting_scan"),
    path("meetings/answers/<id:pk>/", views.meeting_answer, name="meeting_answer"),
]
