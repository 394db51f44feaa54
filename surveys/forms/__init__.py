from surveys.forms.answers import AnswersForm, PaperForm
from surveys.forms.waves import WaveForm

__all__ = ["AnswersForm", "PaperForm", "WaveForm"]
