from accounts.models.consents import Consent, ConsentText
from accounts.models.people import Participation, User
from accounts.models.records import Entry, ImportDraft, Invitation, Letter, StoredFile
from accounts.models.schools import DiagnosticPeriod, School, SchoolYear, Term

__all__ = [
    "Consent",
    "ConsentText",
    "DiagnosticPeriod",
    "Entry",
    "ImportDraft",
    "Invitation",
    "Letter",
    "Participation",
    "School",
    "SchoolYear",
    "StoredFile",
    "Term",
    "User",
]
