"""The school's questionnaires as a table: the proof of item 2.2."""

from django.db.models import Count
from django.utils.translation import gettext as _

from papers.table import Column, Table
from surveys.models import Questionnaire


def forms_in_use(school_id, on):
    """Diagnostic questionnaires published by the day and in use on it."""
    rows = Questionnaire.objects.filter(school_id=school_id).diagnostic().in_force(on)
    rows = rows.annotate(size=Count("questions")).select_related("group").order_by("published_on", "title")
    columns = [
        Column(_("Questionnaire"), width=40),
        Column(_("Version"), "int", width=9),
        Column(_("What it is for"), width=26),
        Column(_("For whom"), width=16),
        Column(_("Questions"), "int", width=11),
        Column(_("Minutes"), "int", width=9),
        Column(_("In use since"), "date", width=15),
    ]
    found = [
        (
            form.title, form.version, form.get_purpose_display(), form.audience_label, form.size, form.minutes,
            form.published_on,
        )
        for form in rows
    ]  # fmt: skip
    return Table(_("Diagnostic questionnaires in use"), columns, found)
