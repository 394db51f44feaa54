"""Addresses: consents, their texts and papers."""

from django.urls import path

from pairs.views import consents, own_consents

urlpatterns = [
    path("registry/consents/", consents.consent_list, name="consent_list"),
    path("registry/consents/record/", consents.consent_record, name="consent_record"),
    path("registry/consents/papers.pdf", consents.consent_papers, name="consent_papers"),
    path("registry/consents/texts/", consents.consent_text_list, name="consent_text_list"),
    path("registry/consents/texts/<slug:kind>/", consents.consent_text_edit, name="consent_text_edit"),
    path("registry/consents/mine/", own_consents.my_consents, name="my_consents"),
    path("registry/consents/mine/<slug:kind>/", own_consents.consent_give, name="consent_give"),
    path("registry/consents/<id:pk>/", own_consents.consent_detail, name="consent_detail"),
    path("registry/consents/<id:pk>/scan/", own_consents.consent_scan, name="consent_scan"),
    path("registry/consents/<id:pk>/withdraw/", own_consents.consent_withdraw, name="consent_withdraw"),
    path("registry/consents/people/<id:pk>/<slug:kind>.pdf", own_consents.consent_paper, name="consent_paper"),
    path("pairs/consents/<id:pk>/new/", consents.consent_create, name="consent_create"),
]
