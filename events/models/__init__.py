from events.models.attendance import Attendance, Invited
from events.models.courses import Course
from events.models.events import BY_NAME, EARLY, Event
from events.models.talks import Talk

__all__ = ["BY_NAME", "EARLY", "Attendance", "Course", "Event", "Invited", "Talk"]
