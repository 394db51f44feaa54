from surveys.forms.answers import AnswersForm, PaperForm
from surveys.forms.waves import WaveCreateForm, WaveForm

__all__ = ["AnswersForm", "PaperForm", "WaveCreateForm", "WaveForm"]
