"""Addresses: pairing."""

urlpatterns = []
