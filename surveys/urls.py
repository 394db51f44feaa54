from django.urls import path

from surveys.views import analysis, filling, growth, needs, questionnaires, waves

urlpatterns = [
    path("surveys/", waves.survey_list, name="survey_list"),
    path("surveys/settings/", analysis.survey_settings, name="survey_settings"),
    path("surveys/analysis/", analysis.analysis_list, name="analysis_list"),
    path("surveys/analysis/take/", analysis.analysis_take, name="analysis_take"),
    path("surveys/analysis/back/<id:pk>/", analysis.analysis_take_back, name="analysis_take_back"),
    path("surveys/analysis/mark/", analysis.analysis_mark, name="analysis_mark"),
    path("surveys/analysis/interviews/", analysis.analysis_interviews, name="analysis_interviews"),
    path("surveys/analysis/<id:pk>/", analysis.analysis_detail, name="analysis_detail"),
    path("surveys/needs/", needs.needs_sheet, name="needs_sheet"),
    path("surveys/note/", needs.analysis_note, name="analysis_note"),
    path("surveys/growth/", growth.survey_growth, name="survey_growth"),
    path("surveys/growth/<id:pk>/", growth.person_growth, name="person_growth"),
    path("surveys/support/<id:pk>/line/", growth.support_line, name="support_line"),
    path("surveys/support/<id:pk>/grant/", growth.support_grant, name="support_grant"),
    path("surveys/support/<id:pk>/material/", growth.support_material, name="support_material"),
    path("surveys/support/<id:pk>/drop/", growth.support_drop, name="support_drop"),
    path("surveys/forms/<id:pk>/", questionnaires.questionnaire_detail, name="questionnaire_detail"),
    path("surveys/waves/<id:pk>/", waves.wave_detail, name="wave_detail"),
    path("surveys/waves/<id:pk>/edit/", waves.wave_edit, name="wave_edit"),
    path("surveys/waves/<id:pk>/remind/", waves.wave_remind, name="wave_remind"),
    path("surveys/waves/<id:pk>/fill/", filling.survey_fill, name="survey_fill"),
    path("surveys/waves/<id:pk>/save/", filling.survey_save, name="survey_save"),
    path("surveys/waves/<id:pk>/answers/", filling.survey_answers, name="survey_answers"),
    path("surveys/waves/<id:pk>/paper/<id:participation>/", filling.survey_paper, name="survey_paper"),
]
