"""Addresses: registry."""

urlpatterns = []
