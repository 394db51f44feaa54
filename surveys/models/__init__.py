from surveys.models.answers import Answer, Pick, Receipt, Response
from surveys.models.findings import Analysis, Finding, Note, Support, Thresholds
from surveys.models.questionnaires import Choice, Question, Questionnaire, Section
from surveys.models.waves import ENOUGH, LEAST_NAMELESS, Reminder, Wave, addressed_in

__all__ = [
    "ENOUGH",
    "LEAST_NAMELESS",
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
    "addressed_in",
]
