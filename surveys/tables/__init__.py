from surveys.tables.questionnaires import forms_in_use
from surveys.tables.waves import STRONG, WEAK, answered, asked, means, means_chart

__all__ = ["STRONG", "WEAK", "answered", "asked", "forms_in_use", "means", "means_chart"]
