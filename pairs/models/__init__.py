from pairs.models.groups import Group, Step
from pairs.models.meetings import Attendance, Meeting, Shown
from pairs.models.orders import Order
from pairs.models.pairing import Pair, Pause, mentees_without_mentor, participants_of
from pairs.models.plan_templates import PlanTemplate, PlanTemplateItem
from pairs.models.plans import Plan, PlanItem
from pairs.models.registry import Competence, Declined, MenteeReason, Offer, Reason, Request, TeacherCard

__all__ = [
    "Attendance",
    "Competence",
    "Declined",
    "Group",
    "Meeting",
    "MenteeReason",
    "Offer",
    "Order",
    "Pair",
    "Pause",
    "Plan",
    "PlanItem",
    "PlanTemplate",
    "PlanTemplateItem",
    "Reason",
    "Request",
    "Shown",
    "Step",
    "TeacherCard",
    "mentees_without_mentor",
    "participants_of",
]
