"""Materials, the rubric's contents and the log of posts as tables: page, PDF and Excel show the same."""

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.table import Column, Table
from publications.models import Named, Placement, Publication

KIND = Publication.Kind


def materials(year, on):
    """Materials and best practices published by the day and not withdrawn; the number of queries does not depend on theirs."""
    authors = Prefetch("named", Named.objects.filter(place="author").select_related("person"), to_attr="author_names")
    rows = Publication.objects.filter(school_id=year.school_id, kind__in=[KIND.MATERIAL, KIND.PRACTICE])
    rows = rows.published_by(on).filter(published_on__lte=year.ends_on).select_related("group")
    rows = rows.prefetch_related(authors, "competences", "step_tags").defer("body", "search_key")
    rows = rows.annotate(files=Count("attachments", filter=Q(attachments__removed_on__isnull=True)))
    found = [material_row(row) for row in rows.order_by("kind", "sort", "published_on", "pk")]
    columns = [
        Column(_("Title"), width=40),
        Column(_("Kind"), width=22),
        Column(_("For whom"), width=22),
        Column(_("Authors"), width=24),
        Column(_("Competences"), width=26),
        Column(_("Steps of the pair's work"), width=26, only_in_excel=True),
        Column(_("Files"), "int", width=12),
        Column(_("Published on"), "date", width=21),
    ]
    note = ngettext("%(count)s material", "%(count)s materials", len(found)) % {"count": len(found)}
    return Table(_("List of materials"), columns, found, note=f"{note}.", prose=True)


def material_row(row):
    return (
        row.title,
        str(row.shown_kind),
        row.group.name if row.group else str(row.get_audience_display()),
        "\n".join(named.person.short_name for named in row.author_names),
        "\n".join(competence.name for competence in row.competences.all()),
        "\n".join(str(step) for step in row.steps),
        row.files,
        row.published_on,
    )


def placements(year, on, since=None, until=None):
    """What was placed on the official site in the year by the day; `since` and `until` narrow it to a part of it."""
    rows = Placement.objects.of_year(year).of_posts().filter(placed_on__lte=on)
    if since:
        rows = rows.filter(placed_on__gte=since)
    if until:
        rows = rows.filter(placed_on__lte=until)
    rows = rows.select_related("publication", "placed_by").order_by("placed_on", "pk")
    found = [
        (row.placed_on, row.publication.title, str(row.publication.shown_kind), row.address, row.placed_by.short_name,
         row.taken_down_on)
        for row in rows
    ]  # fmt: skip
    columns = [
        Column(_("Placed on"), "date"),
        Column(_("What"), width=40),
        Column(_("Kind"), width=20),
        Column(_("Address on the official site"), width=40),
        Column(_("Placed by"), width=20),
        Column(_("Taken down on"), "date"),
    ]
    months = len({(row[0].year, row[0].month) for row in found})
    note = ngettext("%(count)s placement", "%(count)s placements", len(found)) % {"count": len(found)}
    note += ", " + ngettext("in %(n)s month", "in %(n)s months", months) % {"n": months} if found else ""
    return Table(_("Log of posts"), columns, found, note=f"{note}.", prose=True)


def rubric(school, on):
    """What the rubric holds for strangers on the day, and where it stands on the official site: the print of it."""
    section = Placement.objects.filter(school=school).of_section().in_force(on).first()
    rows = Publication.objects.filter(school=school).public(on).defer("body", "search_key")
    there = Placement.objects.filter(school=school).of_posts().in_force(on).values_list("publication_id", "address")
    addresses = dict(there)
    found = [
        (str(row.get_kind_display()), row.title, row.dated or row.published_on, addresses.get(row.pk, ""))
        for row in sorted(rows, key=lambda row: (list(KIND).index(row.kind), row.published_on, row.pk))
    ]
    columns = [
        Column(_("Part"), width=20),
        Column(_("What"), width=46),
        Column(_("Date"), "date"),
        Column(_("Address on the official site"), width=40),
    ]
    note = _("The section on the official site: %(address)s, since %(day)s.") if section else ""
    note = note % {"address": section.address, "day": f"{section.placed_on:%d.%m.%Y}"} if section else ""
    return Table(_("What the rubric holds"), columns, found, note=note, prose=True)
