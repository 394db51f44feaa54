from django.urls import path

from reports import rubric_views, views

urlpatterns = [
    path("reports/", views.report_list, name="report_list"),
    path("reports/<slug:slug>/", views.report_detail, name="report_detail"),
    path("reports/<slug:slug>/report.pdf", views.report_pdf, name="report_pdf"),
    path("reports/<slug:slug>/report.xlsx", views.report_xlsx, name="report_xlsx"),
    path("site/rubric.pdf", rubric_views.rubric_pdf, name="rubric_pdf"),
    path("rubric/", rubric_views.rubric, name="rubric"),
    path("rubric/<id:pk>/", rubric_views.rubric_school, name="rubric_school"),
    path("rubric/<id:pk>/roadmap/", rubric_views.rubric_roadmap, name="rubric_roadmap"),
    path("rubric/<id:pk>/news/<slug:month>/", rubric_views.rubric_month, name="rubric_month"),
    path("rubric/<id:pk>/posts/<id:post>/", rubric_views.rubric_post, name="rubric_post"),
    path("rubric/<id:pk>/files/<id:file>/", rubric_views.rubric_file, name="rubric_file"),
]
