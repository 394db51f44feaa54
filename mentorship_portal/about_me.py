"""What the portal keeps about one person, in their own words: driven by the list of personal data, field by field.

A model that joins that list appears here by itself; `GROUPS` only says under which heading, and who reads it.
"""

from dataclasses import dataclass, field
from functools import cached_property, reduce

from django.apps import apps
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from mentorship_portal.personal_data import PERSONAL, Erase
from papers.table import Column, Table

STAFF = _("Read by the curator, the head, the administrator and you.")
LONG = 300  # characters of a text on the page; the file holds all
MOST = 500  # rows of a kind on the page
FEW = 6  # rows that stand open


@dataclass(frozen=True)
class Group:
    title: object
    readers: object
    kinds: tuple  # labels of models, or of whole apps


GROUPS = (
    Group(_("Account"), _("Read by the administrator, the curator and you. Nobody reads your password: only its print is kept."),
          ("accounts.User", "accounts.Invitation", "accounts.Letter")),
    Group(_("Part in mentoring"), STAFF,
          ("accounts.Participation", "pairs.MenteeReason", "pairs.Request", "pairs.Offer", "pairs.Declined")),
    Group(_("Consents"), STAFF, ("accounts.Consent",)),
    Group(_("Card"), STAFF, ("pairs.TeacherCard",)),
    Group(_("Pairs and orders"), _("Read by both of the pair, the curator, the head and the administrator."),
          ("pairs.Pair", "pairs.Pause", "pairs.Order")),
    Group(_("Meetings"), _("Read by both of the pair, the curator, the head and the administrator; private notes by the pair alone."),
          ("pairs.Meeting", "pairs.Attendance")),
    Group(_("Individual plan"), _("Read by both of the pair, the curator, the head and the administrator."),
          ("pairs.Plan", "pairs.PlanItem")),
    Group(_("Questionnaires"), _("Named answers are read by the curator; your mentor sees the competences, and open answers only where the questionnaire says so. Anonymous answers are not tied to you and are not here."),
          ("surveys",)),
    Group(_("Events and courses"), _("Read by the curator, the head, the administrator, who is responsible for the event, and you."),
          ("events",)),
    Group(_("Materials and the site"), _("What is published is read by its audience; drafts by the curator and who offered them."),
          ("publications",)),
    Group(_("What you did in the portal"), _("Read by the administrator and the curator."), ("accounts", "roadmap", "pairs")),
)  # fmt: skip

# What happens to a field when the person has left and asks to be forgotten.
ENDS = {
    Erase.BLANK: pgettext_lazy("erase", "emptied"),
    Erase.DELETE: pgettext_lazy("erase", "deleted"),
    Erase.RENAME: pgettext_lazy("erase", "replaced by words that name nobody"),
    Erase.COUNTED: pgettext_lazy("erase", "stays without your name, because figures count it"),
    Erase.RECORD: pgettext_lazy("erase", "stays in papers and records that the school has to keep"),
}

# Labels of columns whose models name none.
WORDS = {
    "created_at": _("created"), "created_by": _("made by"), "used_at": _("used"), "revoked_at": _("revoked"),
    "sent_at": _("sent"), "uploaded_at": _("uploaded"), "answered_on": _("answered on"), "entered_by": _("entered by"),
    "waiting_since": _("waits since"), "approved_by": _("approved by"), "marked_by": _("marked by"),
    "confirmed_by": _("confirmed by"), "published_by": _("published by"), "taken_down_by": _("taken down by"),
    "updated_at": _("changed"), "value": pgettext_lazy("answer", "answer"), "score": _("score"), "text": _("text"),
    "number": pgettext_lazy("answer", "choice"), "on": _("date"), "by": _("by whom"), "closed_by": _("closed by"),
    "added_on": _("added on"), "added_by": _("added by"), "position": _("place in the list"), "uploaded_by": _("uploaded by"),
}  # fmt: skip

# What the words for a related row need, so that no row costs a query of its own.
NEEDS = {
    "accounts.Participation": ("person",),
    "accounts.ConsentText": (),
    "pairs.Pair": ("mentor__person", "mentee__person"),
    "pairs.Plan": ("pair__mentor__person", "pair__mentee__person"),
    "pairs.TeacherCard": ("person",),
    "surveys.Wave": ("period", "questionnaire", "group"),
    "surveys.Response": ("wave__period", "wave__questionnaire", "wave__group", "participation__person"),
    "surveys.Answer": ("question",),
    "roadmap.Checkpoint": ("item",),
    "roadmap.Roadmap": ("year",),
    "publications.Placement": ("publication",),
    "events.Course": ("person",),
}
# Long texts that have a page of their own.
ONLY_IN_FILE = {("accounts.Consent", "wording"), ("publications.Publication", "body")}
SAID = {("accounts.Consent", "text"): lambda row: str(row.version) or None}
KINDS = (
    (models.BooleanField, "bool"), (models.DateTimeField, "datetime"), (models.DateField, "date"), (models.IntegerField, "int"),
)  # fmt: skip


def about(person, whole=False):
    """[Chapter] of all that is kept on the person, empty ones too; `whole`: every word and row, as the file holds it.

    The number of queries is that of the tables, whatever stands in them.
    """
    taken = set()
    chapters = []
    for group in GROUPS:
        labels = [label for label in PERSONAL if label not in taken and belongs(label, group)]
        taken.update(labels)
        chapters.append(Chapter(group, [part for label in labels if (part := part_of(label, person, whole))], labels))
    return chapters


def belongs(label, group):
    return label in group.kinds or label.partition(".")[0] in group.kinds


@dataclass
class Chapter:
    group: Group
    parts: list
    labels: list = field(default_factory=list)

    @property
    def ends(self):
        """[(what happens, names of what it happens to)] when the person asks to be forgotten."""
        found = {}
        for part in self.parts:
            for name, _given, erase in PERSONAL[part.label].rules():
                if column := part.columns.get(name):
                    found.setdefault(erase, []).append(column.heading.lower())
        return [(ENDS[erase], ", ".join(dict.fromkeys(found[erase]))) for erase in ENDS if erase in found]


@dataclass
class Part:
    """The rows of one model: a table, or the facts of a single row."""

    label: str
    title: str
    columns: dict  # {field's name: Column}
    rows: list
    single: bool = False
    cut: bool = False

    @property
    def is_long(self):
        return len(self.rows) > FEW

    @cached_property
    def table(self):
        return Table(self.title, list(self.columns.values()), self.rows)

    @property
    def facts(self):
        return self.table.pairs()[0]


def part_of(label, person, whole):
    """The Part of a model, or None where nothing of the person stands in it."""
    model = apps.get_model(label)
    fields = shown_fields(model, label)
    if not fields or not PERSONAL[label].of:
        return None
    found = list(rows_of(model, label, person).select_related(*related(fields))[: None if whole else MOST + 1])
    if not found:
        return None
    rows = [[value(row, each, whole) for each in fields] for row in found[: None if whole else MOST]]
    kept = [n for n, _field in enumerate(fields) if any(row[n] not in (None, "") for row in rows)]
    columns = {fields[n].name: column(fields[n], label) for n in kept}
    title = capfirst(str(model._meta.verbose_name_plural))
    if not kept:  # it is there, and holds no more than its name
        columns, rows, kept = {"": Column(title)}, [[str(row)] for row in found[: len(rows)]], [0]
    single = label in ("accounts.User", "pairs.TeacherCard")
    return Part(label, title, columns, [[row[n] for n in kept] for row in rows], single, len(found) > len(rows))


def shown_fields(model, label):
    """What the person may take away, in the model's own order."""
    given = {name for name, given, _erase in PERSONAL[label].rules() if given} - own_links(label)
    return [
        each for each in model._meta.concrete_fields if each.name in given and not isinstance(each, models.FileField)
    ]


def column(each, label):
    return Column(heading(each), kind(each), only_in_excel=(label, each.name) in ONLY_IN_FILE)


def own_links(label):
    """Fields that lead to the person: they would say the same name in every row."""
    return {
        path.partition("__")[0]
        for path in PERSONAL[label].of
        if path in ("person", "by", "uploaded_by", "to") or path.startswith("participation__")
    }


def rows_of(model, label, person):
    """Each lookup by its own index, then together: a person found in two ways is one row."""
    lookups = [
        model._base_manager.filter(**{path: found_by(path, person)}).order_by().values("pk")
        for path in PERSONAL[label].of
    ]
    rows = model._base_manager.filter(pk__in=lookups[0] if len(lookups) == 1 else reduce(union, lookups))
    return rows.order_by(*(model._meta.ordering or ["pk"]))


def union(one, other):
    return one.union(other)


def found_by(path, person):
    """The person, or their e-mail where a letter holds nothing else."""
    return (person.email or "") if path == "to" else person.pk


def related(fields):
    """Paths that the words of the shown rows need."""
    found = []
    for each in fields:
        if each.is_relation:
            found += [each.name, *(f"{each.name}__{path}" for path in NEEDS.get(each.related_model._meta.label, ()))]
    return found


def heading(each):
    """The field's own name; for a nameless link that of what it leads to."""
    name = str(each.verbose_name)
    if name == each.name.replace("_", " ") and not has_russian(each):
        name = str(WORDS.get(each.name) or (each.related_model._meta.verbose_name if each.is_relation else name))
    return capfirst(name)


def has_russian(each):
    return not isinstance(each._verbose_name, str | None)


def kind(each):
    if each.is_relation or each.choices:
        return "text"
    return next((name for type_of, name in KINDS if isinstance(each, type_of)), "text")


def value(row, each, whole):
    """As people read it: words of a choice, the name of what a link leads to."""
    if say := SAID.get((row._meta.label, each.name)):
        return say(row)
    found = getattr(row, each.name)
    if found in (None, "", False):
        return None  # a «no» in every line tells nothing
    if each.is_relation:
        return found.short_name.replace(" ", "\u00a0") if isinstance(found, User) else str(found)
    if each.choices:
        return str(getattr(row, f"get_{each.name}_display")())
    if isinstance(each, models.JSONField):
        return spoken(found)
    if isinstance(found, str) and not whole:
        return Truncator(found).chars(LONG)
    return found


def spoken(found):
    """The leaves of a JSON value, one after the other."""
    if isinstance(found, dict):
        return ", ".join(f"{key}: {spoken(each)}" for key, each in found.items()) or None
    if isinstance(found, list):
        return ", ".join(spoken(each) for each in found) or None
    return str(found)
