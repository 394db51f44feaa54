from pairs.urls import consents, meetings, pairing, plans, registry

urlpatterns = (
    consents.urlpatterns + registry.urlpatterns + pairing.urlpatterns + meetings.urlpatterns + plans.urlpatterns
)
