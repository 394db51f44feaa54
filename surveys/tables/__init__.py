from surveys.tables.questionnaires import forms_in_use
from surveys.tables.results import (
    SHOWN_TEXTS,
    first_texts,
    order_of_texts,
    results,
    results_table,
    texts_of,
    texts_table,
)
from surveys.tables.waves import answered, answered_of, means, means_chart, means_of

__all__ = [
    "SHOWN_TEXTS",
    "answered",
    "answered_of",
    "first_texts",
    "forms_in_use",
    "means",
    "means_chart",
    "means_of",
    "order_of_texts",
    "results",
    "results_table",
    "texts_of",
    "texts_table",
]
