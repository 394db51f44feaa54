"""What one look at Today knows: who looks, at which year, and the facts that several roles share."""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.clock import today
from papers.chart import strip
from roadmap.indicators import measure, tally
from roadmap.models import Roadmap

# How loud each state of a roadmap item is drawn.
STATE_TONES = {
    "overdue": "bad", "no_proof": "warn", "ready": "brand", "running": "work", "not_due": "mute", "done": "ok",
    "done_late": "info", "explained": "note",
}  # fmt: skip


class Look:
    def __init__(self, user, year, years):
        self.user, self.year, self.years = user, year, years
        self.today, self.on = today(), year.as_of()

    def to(self, name, *args, **query):
        """The address of a page of this year, filtered."""
        return f"{reverse(name, args=args)}?{urlencode({'year': self.year.first_year} | query)}"

    @cached_property
    def roadmap(self):
        found = Roadmap.objects.filter(year=self.year).first()
        if found:
            found.year = self.year
        return found

    @cached_property
    def measured(self):
        """{item's pk: what its indicator says}: counted once, told as the glance and beside the deadlines."""
        return measure(self.roadmap, self.on) if self.roadmap else {}

    @cached_property
    def glance(self):
        """The roadmap's items by state: {"rows": …, "chart": SVG}; None without items."""
        rows = [
            {"label": label, "count": count, "tone": STATE_TONES[code], "url": self.to("roadmap", state=code)}
            for code, label, count in tally(self.measured)
        ]
        parts = [(row["label"], row["count"], row["tone"]) for row in rows]
        return {"rows": rows, "chart": strip(parts, _("Items of the roadmap by state"))} if rows else None
