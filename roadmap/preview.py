"""The check before a roadmap is saved: what was understood, beside the words of the file, every cell editable."""

from collections import Counter
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from roadmap import deadline_words
from roadmap.forms import HeadForm, PreviewItemForm, PreviewSectionForm


class Preview:
    """All forms of one draft. The draft says how many rows there are, the posted data what is in them."""

    def __init__(self, content, year, data=None):
        self.content, self.year, self.data = content, year, data
        initial = {"title": content["title"], "goal": content["goal"], "period_ends_on": year.teaching_ends_on}
        self.head = HeadForm(data, prefix="head", initial=initial, year=year)
        self.section_forms = [
            PreviewSectionForm(data, prefix=f"section-{row['number']}", initial=row) for row in content["sections"]
        ]
        sections = [(row["number"], row["title"]) for row in content["sections"]]
        self.item_forms = [
            PreviewItemForm(
                data, prefix=f"item-{n}", initial=row, sections=sections, first_year=year.first_year, auto_id="id-%s"
            )
            for n, row in enumerate(content["items"])
        ]

    def is_valid(self):
        forms = [self.head, *self.section_forms, *self.item_forms]
        valid = [form.is_valid() for form in forms]  # all of them, so that every mistake is shown at once
        return all(valid) and self.numbers_are_unique()

    def numbers_are_unique(self):
        kept = [form for form in self.item_forms if not form.cleaned_data["leave_out"]]
        times = Counter(form.cleaned_data["number"] for form in kept)
        for form in kept:
            if times[form.cleaned_data["number"]] > 1:
                form.add_error("number", _("Another item has the same number."))
        if not kept:
            self.head.add_error(None, _("Every item is left out: a roadmap needs at least one."))
        return bool(kept) and max(times.values()) == 1

    @property
    def has_errors(self):
        return self.data is not None and any(form.errors for form in [self.head, *self.section_forms, *self.item_forms])

    @cached_property
    def sections(self):
        """For the page: [{"form", "remarks", "items": [{"form", "row", "reading", "open"}]}]."""
        found = [
            {"form": form, "number": row["number"], "remarks": row["remarks"], "items": []}
            for form, row in zip(self.section_forms, self.content["sections"], strict=True)
        ]
        for form, row in zip(self.item_forms, self.content["items"], strict=True):
            place = next(section for section in found if section["number"] == row["section"])
            place["items"].append(
                {"form": form, "row": row, "reading": described(row, self.year), "open": bool(form.errors)}
            )
        return found

    @property
    def remarked(self):
        """How many items have a remark."""
        return sum(bool(row["remarks"]) for row in self.content["items"])

    def values(self):
        """Keywords of `actions.create_roadmap`."""
        kept = [
            (form.cleaned_data["section"], form.values() | {"remark": "\n".join(row["remarks"])[:2000]})
            for form, row in zip(self.item_forms, self.content["items"], strict=True)
            if not form.cleaned_data["leave_out"]
        ]
        titles = [form.cleaned_data["title"] for form in self.section_forms]
        numbers = [row["number"] for row in self.content["sections"]]
        return self.head.cleaned_data | {"sections": list(zip(numbers, titles, strict=True)), "items": kept}


def described(row, year):
    """The typed reading of a draft's row in words; empty when the paper says just that."""
    start, due = (date.fromisoformat(row[name]) if row[name] else None for name in ("starts_on", "due_on"))
    stored = deadline_words.stored(
        row["deadline_kind"], row["deadline_words"], start, due, row["times_a_year"], row["deadline_guessed"]
    )
    reading = deadline_words.fitting(stored, year.first_year)
    return deadline_words.beside(row["deadline_words"], deadline_words.describe(reading))
