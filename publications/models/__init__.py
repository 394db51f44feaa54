from publications.models.attachments import Attachment
from publications.models.months import Month
from publications.models.people import Named
from publications.models.placements import PlacedName, Placement
from publications.models.publications import LEVELS, PUBLIC, READERS, Publication, StepTag
from publications.models.rubric import Rubric

__all__ = [
    "LEVELS",
    "PUBLIC",
    "READERS",
    "Attachment",
    "Month",
    "Named",
    "PlacedName",
    "Placement",
    "Publication",
    "Rubric",
    "StepTag",
]
