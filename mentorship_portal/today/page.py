"""Which roles a person meets on Today, the most urgent first."""

from accounts.roles import PARTICIPANTS, Role
from mentorship_portal.today import admin, curator, head, pair, site
from mentorship_portal.today.look import Look


def sections_of(user, year, years):
    """Sections for the year that is shown; one person may be several at once."""
    look = Look(user, year, years)
    sections = [curator.section(look)] if user.has_role(Role.CURATOR) else []
    sections += [head.section(look)] if user.has_role(Role.HEAD) else []
    sections += pair.sections(look) if user.has_role(*PARTICIPANTS) else []
    sections += [site.section(look)] if user.has_role(Role.SITE) else []
    sections += [admin.section(look)] if user.has_role(Role.ADMIN) else []
    return sorted(sections, key=lambda section: section.urgency)
