from django.urls import path

from surveys.views import filling, growth, questionnaires, waves

urlpatterns = [
    path("surveys/", waves.survey_list, name="survey_list"),
    path("surveys/growth/", growth.survey_growth, name="survey_growth"),
    path("surveys/growth/<id:pk>/", growth.person_growth, name="person_growth"),
    path("surveys/forms/<id:pk>/", questionnaires.questionnaire_detail, name="questionnaire_detail"),
    path("surveys/waves/new/", waves.wave_create, name="wave_create"),
    path("surveys/waves/<id:pk>/", waves.wave_detail, name="wave_detail"),
    path("surveys/waves/<id:pk>/edit/", waves.wave_edit, name="wave_edit"),
    path("surveys/waves/<id:pk>/remove/", waves.wave_remove, name="wave_remove"),
    path("surveys/waves/<id:pk>/mix/", waves.wave_mix, name="wave_mix"),
    path("surveys/waves/<id:pk>/texts/<id:question>/", waves.wave_texts, name="wave_texts"),
    path("surveys/waves/<id:pk>/remind/", waves.wave_remind, name="wave_remind"),
    path("surveys/waves/<id:pk>/fill/", filling.survey_fill, name="survey_fill"),
    path("surveys/waves/<id:pk>/save/", filling.survey_save, name="survey_save"),
    path("surveys/waves/<id:pk>/answers/", filling.survey_answers, name="survey_answers"),
    path("surveys/waves/<id:pk>/answers/<id:participation>/", filling.person_answers, name="person_answers"),
    path("surveys/waves/<id:pk>/paper/<id:participation>/", filling.survey_paper, name="survey_paper"),
]
