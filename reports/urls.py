from django.urls import path

from reports import views

urlpatterns = [
    path("reports/", views.report_list, name="report_list"),
    path("reports/<slug:slug>/", views.report_detail, name="report_detail"),
    path("reports/<slug:slug>/report.pdf", views.report_pdf, name="report_pdf"),
    path("reports/<slug:slug>/report.xlsx", views.report_xlsx, name="report_xlsx"),
]
