"""Today: what waits for this person, by role. Everything is derived from the facts at each look, nothing is stored."""

from mentorship_portal.today.page import sections_of
from mentorship_portal.today.task import Figure, Section, Step, Task

__all__ = ["Figure", "Section", "Step", "Task", "sections_of"]
