"""The roadmap's execution as a table: the paper's columns, and beside them what the portal knows."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from papers.table import Column, Table
from roadmap.models import Roadmap
from roadmap.views.pages import rows_of


def execution(year, user):
    """Every item of the year's roadmap with number, target, state and proof, as its page shows them; None without one."""
    plan = Roadmap.objects.visible_to(user).filter(year=year).prefetch_related("sections").first()
    if plan is None:
        return None
    plan.year = year
    found = rows_of(plan, year)
    sections = {section.pk: str(section) for section in plan.sections.all()}
    rows = [item_row(row, sections) for row in found]
    return Table(_("Roadmap execution"), columns(), rows, note=states_note(found), prose=True)


def columns():
    return [
        Column(_("№"), width=8),
        Column(_("Section"), width=30, only_in_excel=True),
        Column(_("Content"), width=44),
        Column(_("Deadline"), width=18),
        Column(_("Due"), "date", only_in_excel=True),
        Column(_("Expected result"), width=30, only_in_excel=True),
        Column(_("Indicator"), width=34),
        Column(pgettext("indicator", "Value"), width=14),
        Column(_("Target"), width=12),
        Column(_("State"), width=16),
        Column(_("Proof"), width=26),
        Column(_("Responsible"), width=20),
    ]


def item_row(row, sections):
    item, measured = row["item"], row["measured"]
    return (
        item.number,
        sections[item.section_id],
        item.content,
        "\n".join(filter(None, (item.deadline_words, row["reading"] and f"({row['reading']})"))),
        item.due_on,
        item.result,
        item.indicator_words,
        str(measured.text) if measured else "",
        str(measured.target_text) if measured else "",
        str(measured.state_label) if measured else "",
        "\n".join(row["proofs"]),
        item.responsible,
    )


def states_note(rows):
    """«21 позиция: выполнено 5, просрочено 2.»"""
    states = Counter(str(row["measured"].state_label) for row in rows if row["measured"])
    count = ngettext("%(count)s item", "%(count)s items", len(rows)) % {"count": len(rows)}
    each = ", ".join(f"{state.lower()} {number}" for state, number in states.items())
    return f"{count}: {each}." if each else f"{count}."
