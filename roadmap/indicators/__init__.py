from roadmap.indicators.definitions import INDICATORS, choices
from roadmap.indicators.indicator import Indicator, Moment, Unit
from roadmap.indicators.measuring import (
    Measured,
    focus,
    measure,
    measure_checkpoint,
    measured,
    people,
    tally,
    with_proofs,
)

__all__ = [
    "INDICATORS",
    "Indicator",
    "Measured",
    "Moment",
    "Unit",
    "choices",
    "focus",
    "measure",
    "measure_checkpoint",
    "measured",
    "people",
    "tally",
    "with_proofs",
]
