from surveys.forms.answers import AnswersForm, PaperForm
from surveys.forms.questionnaires import QuestionnaireFilter, QuestionnaireForm, SectionForm
from surveys.forms.questions import ChoiceSet, QuestionForm
from surveys.forms.waves import WaveCreateForm, WaveForm

__all__ = [
    "AnswersForm",
    "ChoiceSet",
    "PaperForm",
    "QuestionForm",
    "QuestionnaireFilter",
    "QuestionnaireForm",
    "SectionForm",
    "WaveCreateForm",
    "WaveForm",
]
