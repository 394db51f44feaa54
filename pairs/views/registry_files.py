"""The registry from Excel and to Excel."""

import datetime
from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import journal
from accounts.clock import now
from accounts.models import ImportDraft, Participation
from accounts.roles import STAFF, roles_allowed
from accounts.years import chosen_year
from pairs import columns
from pairs.forms.registry import RegistryFilterForm, TeachersFileForm
from pairs.models import Pair
from pairs.views.registry import WRITERS, listed, side_of
from papers.guard import Refused
from papers.sheet import read_rows

KIND = "teachers"
KEPT = datetime.timedelta(days=1)


@roles_allowed(*WRITERS)
def registry_import(request):
    """Choose the file; nothing is saved before the preview is confirmed."""
    year = chosen_year(request)
    form = TeachersFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return redirect("registry_import_preview", draft_of(request.user, year, form.cleaned_data).pk)
        except (Refused, ValueError) as refusal:
            form.add_error("file", str(refusal))
    return render(request, "pairs/registry_import.html", {"form": form, "year": year})


def draft_of(user, year, chosen):
    """What the file says, kept for the preview; older drafts of this person are forgotten after a day."""
    rows, found = columns.rows_of(read_rows(chosen["file"]))
    ImportDraft.objects.filter(owner=user, kind=KIND, created_at__lt=timezone.now() - KEPT).delete()
    content = {
        "rows": [{code: plain(value) for code, value in row.items()} for row in rows],
        "side": chosen["side"], "headings": found.headings, "not_needed": found.not_needed, "unknown": found.unknown,
    }  # fmt: skip
    return ImportDraft.objects.create(
        owner=user, year=year, kind=KIND, file_name=chosen["file"].name[-255:], content=content
    )


def plain(value):
    """A cell as JSON keeps it; a NUL would be refused by PostgreSQL and is shown as what it is."""
    if isinstance(value, str):
        return "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in value)
    return value if isinstance(value, int | float | datetime.date | None) else str(value)


@roles_allowed(*WRITERS)
def registry_import_preview(request, pk):
    """Row by row: new, changed with old and new, same, refused with the reason."""
    from pairs import imports

    draft = find_draft(request, pk)
    plans = imports.preview(rows=draft.content["rows"], year=draft.year, by=request.user, side=draft.content["side"])
    counts = Counter(plan.kind for plan in plans)
    context = {"draft": draft, "plans": plans, "counts": counts, "news": counts["new"] + counts["changed"]}
    return render(request, "pairs/registry_import_preview.html", context)


def find_draft(request, pk):
    rows = ImportDraft.objects.select_related("year__school").filter(owner=request.user, kind=KIND)
    return get_object_or_404(rows, pk=pk)


@roles_allowed(*WRITERS)
@require_POST
def registry_import_confirm(request, pk):
    """All rows or none. The same file once more changes nothing."""
    from pairs import imports

    draft = find_draft(request, pk)
    plans = imports.load(rows=draft.content["rows"], year=draft.year, by=request.user, side=draft.content["side"])
    if any(plan.kind == "refused" for plan in plans):
        messages.error(
            request, _("Nothing was loaded: the file has refused rows. Correct them and choose the file again.")
        )
        return redirect("registry_import_preview", pk)
    counts = Counter(plan.kind for plan in plans)
    journal.record(request.user, _("loaded teachers from a file"), draft.year, comment=draft.file_name)
    draft.delete()
    words = ngettext("%(new)d new, %(changed)d changed.", "%(new)d new, %(changed)d changed.", counts["new"])
    messages.success(request, _("Loaded:") + " " + words % {"new": counts["new"], "changed": counts["changed"]})
    return redirect(f"/registry/?year={draft.year.first_year}")


@roles_allowed(*WRITERS)
def registry_sample(request):
    """An empty file with the headings that the import understands, and one invented row."""
    from papers import excel
    from papers.table import Column, Table

    headings = ["ФИО", "E-mail", "Телефон", "Должность", "Предмет", "Уровень", "Категория", "Стаж", "Роль", "Причины",
                "Запрос", "Чем может помочь", "Сколько готов взять"]  # fmt: skip
    row = ["Образцова Анна Ивановна", "obrazets@example.ru", "", "учитель математики", "математика", "Основная школа",
           "Без категории", "1 год 6 мес.", "наставляемый", "", "Ведение урока", "", ""]  # fmt: skip
    table = Table("Педагоги", [Column(heading, width=24) for heading in headings], [row])
    return excel.response("Образец списка педагогов.xlsx", [table])


@roles_allowed(*STAFF)
def registry_export(request):
    """Mentors, mentees and pairs with the filters in force, and a sheet that says who took it and when."""
    from papers import excel

    year = chosen_year(request)
    tables = export_tables(request, year)
    return excel.response(f"Реестр наставничества {year.first_year}-{year.first_year + 1}.xlsx", tables)


def export_tables(request, year):
    from pairs import tables
    from papers.table import about

    asked, on = side_of(request), year.as_of()
    found = [tables.mentors(parts(request, year, "mentor"), on)] if asked != "mentee" else []
    found += [tables.mentees(parts(request, year, "mentee"), on)] if asked != "mentor" else []
    if not asked:
        pairs = Pair.objects.visible_to(request.user).filter(year=year).exclude(state=Pair.State.WITHDRAWN)
        found.append(tables.pairs(pairs, on))
    count = sum(len(table.rows) for table in found)
    found[-1].about = about(by=request.user, at=now(), filters=filter_words(request, year), count=count)
    return found


def parts(request, year, side):
    """Participations of the people whom the list shows with these filters."""
    form = RegistryFilterForm(request.GET, school=request.user.school, side=side)
    people = listed(request.user, year, side, form)
    return Participation.objects.filter(year=year, side=side, person__in=people).order_by("person__sort_key")


def filter_words(request, year):
    """The filters in force as one sentence."""
    form = RegistryFilterForm(request.GET, school=request.user.school, side=side_of(request))
    form.is_valid()
    said = [_("school year %(year)s") % {"year": year}]
    for name, value in form.cleaned_data.items():
        if value:
            label = dict(form.fields[name].choices).get(value, value) if name == "paired" else value
            said.append(f"{form.fields[name].label}: {label}")
    return "; ".join(map(str, said))
