from django.urls import path

from surveys.views import filling, growth, questionnaires, questions, waves

urlpatterns = [
    path("surveys/", waves.survey_list, name="survey_list"),
    path("surveys/growth/", growth.survey_growth, name="survey_growth"),
    path("surveys/growth/<id:pk>/", growth.person_growth, name="person_growth"),
    path("surveys/forms/", questionnaires.questionnaire_list, name="questionnaire_list"),
    path("surveys/forms/new/", questionnaires.questionnaire_create, name="questionnaire_create"),
    path("surveys/forms/<id:pk>/", questionnaires.questionnaire_detail, name="questionnaire_detail"),
    path("surveys/forms/<id:pk>/edit/", questionnaires.questionnaire_edit, name="questionnaire_edit"),
    path("surveys/forms/<id:pk>/preview/", questionnaires.questionnaire_preview, name="questionnaire_preview"),
    path("surveys/forms/<id:pk>/blank/", questionnaires.questionnaire_blank, name="questionnaire_blank"),
    path("surveys/forms/<id:pk>/publish/", questionnaires.questionnaire_publish, name="questionnaire_publish"),
    path("surveys/forms/<id:pk>/next/", questionnaires.questionnaire_next, name="questionnaire_next"),
    path("surveys/forms/<id:pk>/copy/", questionnaires.questionnaire_copy, name="questionnaire_copy"),
    path("surveys/forms/<id:pk>/retire/", questionnaires.questionnaire_retire, name="questionnaire_retire"),
    path("surveys/forms/<id:pk>/sections/new/", questions.section_create, name="section_create"),
    path("surveys/sections/<id:pk>/edit/", questions.section_edit, name="section_edit"),
    path("surveys/sections/<id:pk>/remove/", questions.section_remove, name="section_remove"),
    path("surveys/sections/<id:pk>/move/", questions.section_move, name="section_move"),
    path("surveys/sections/<id:pk>/questions/new/", questions.question_create, name="question_create"),
    path("surveys/questions/<id:pk>/edit/", questions.question_edit, name="question_edit"),
    path("surveys/questions/<id:pk>/remove/", questions.question_remove, name="question_remove"),
    path("surveys/questions/<id:pk>/move/", questions.question_move, name="question_move"),
    path("surveys/waves/<id:pk>/", waves.wave_detail, name="wave_detail"),
    path("surveys/waves/<id:pk>/edit/", waves.wave_edit, name="wave_edit"),
    path("surveys/waves/<id:pk>/remind/", waves.wave_remind, name="wave_remind"),
    path("surveys/waves/<id:pk>/fill/", filling.survey_fill, name="survey_fill"),
    path("surveys/waves/<id:pk>/save/", filling.survey_save, name="survey_save"),
    path("surveys/waves/<id:pk>/answers/", filling.survey_answers, name="survey_answers"),
    path("surveys/waves/<id:pk>/paper/<id:participation>/", filling.survey_paper, name="survey_paper"),
]
