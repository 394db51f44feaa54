from surveys.models.answers import Answer, Pick, Receipt, Response
from surveys.models.findings import Analysis, Finding, Note, Support, Thresholds
from surveys.models.questionnaires import Choice, Question, Questionnaire, Section
from surveys.models.waves import Reminder, Wave

__all__ = [
    "Analysis",
    "Answer",
    "Choice",
    "Finding",
    "Note",
    "Pick",
    "Question",
    "Questionnaire",
    "Receipt",
    "Reminder",
    "Response",
    "Section",
    "Support",
    "Thresholds",
    "Wave",
]
