from pairs.urls import meetings, pairing, plans, registry

urlpatterns = registry.urlpatterns + pairing.urlpatterns + meetings.urlpatterns + plans.urlpatterns
