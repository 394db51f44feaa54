"""Demo data: a function, reproducible but for its dates. Invented people of an invented village."""

from mentorship_portal.demo.school import fill

__all__ = ["fill"]
