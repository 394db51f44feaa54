"""Teachers from a school's Excel list: what a row would change, and then all of it or nothing."""

from contextlib import suppress
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.widgets import Widget

from accounts import journal
from accounts.clock import today
from accounts.forms import free_username
from accounts.models import Participation, School, User
from accounts.text import folded
from pairs import reading
from pairs.models import Competence, MenteeReason, Offer, Reason, Request, TeacherCard

STAGES = {"дошк": "preschool", "нач": "primary", "ноо": "primary", "осн": "basic", "ооо": "basic", "сред": "secondary",
          "стар": "secondary", "соо": "secondary"}  # fmt: skip
CATEGORIES = {"высш": "highest", "перв": "first", "1": "first", "соотв": "fitness", "сзд": "fitness", "без": "none",
              "нет": "none", "педагог-метод": "methodist", "педагог-наст": "mentor"}  # fmt: skip
SIDES = {"наставляем": "mentee", "наставник": "mentor", "молод": "mentee"}
LISTS = {"reasons": (MenteeReason, "reason", Reason), "requests": (Request, "competence", Competence),
         "offers": (Offer, "competence", Competence)}  # fmt: skip
PERSON = ("last_name", "first_name", "patronymic", "gender", "email", "phone")
CARD = ("post", "subject", "stage", "category", "building", "at_school_since")


class Reader(Widget):
    """A cell through one of `pairs.reading`'s readers; an empty cell is None and changes nothing."""

    def __init__(self, read):
        super().__init__()
        self.read = read

    def clean(self, value, row=None, **kwargs):
        return None if value is None or value == "" else self.read(value)


@dataclass
class Teacher:
    """A person with card and participation, as one row of the list sees them."""

    person: User
    card: TeacherCard
    part: Participation | None = None
    lists: dict = field(default_factory=dict)  # name of a list -> {names}
    old: dict = field(default_factory=dict)  # what was known before the row
    pk: int | None = None  # import-export asks for it

    def __str__(self):
        return self.person.full_name

    def values(self):
        """{label: what a person reads}, for comparing and showing."""
        rows = {}
        for obj, names in ((self.person, PERSON), (self.card, CARD)):
            rows |= {label(obj, name): journal.readable(obj, obj._meta.get_field(name)) for name in names}
        months = self.card.experience_now()
        rows[label(self.card, "experience_months")] = "—" if months is None else str(months)
        if self.part:
            rows[str(_("role in the year"))] = self.part.get_side_display()
            if self.part.is_mentor:
                rows[label(self.part, "capacity")] = str(self.part.capacity)
        titles = {"reasons": _("reasons"), "requests": _("requests"), "offers": _("offers")}
        return rows | {str(titles[name]): "; ".join(sorted(found)) or "—" for name, found in self.lists.items()}

    def changes(self):
        """[(label, old, new)] that saving would make; the gender guessed from a patronymic is nobody's news."""
        silent = label(self.person, "gender")
        new = self.values()
        return [(k, self.old.get(k, "—"), v) for k, v in new.items() if k != silent and self.old.get(k, "—") != v]

    def assign(self, name, value):
        """Set what a column said; None (an empty cell) leaves everything as it was."""
        if value is None:
            return
        if name == "full_name":
            self.person.last_name, self.person.first_name, self.person.patronymic = value
            self.person.gender = self.person.gender or reading.gender(self.person.patronymic)
        elif name in PERSON:
            setattr(self.person, name, value)
        elif name in CARD:
            setattr(self.card, name, value)
        elif name == "experience" and value != self.card.experience_now():
            self.card.experience_months, self.card.experience_on = value, today()
        elif name == "capacity" and self.part and self.part.is_mentor:
            self.part.capacity = value
        elif name in LISTS:
            self.lists[name] = set(value)


def label(obj, name):
    return str(obj._meta.get_field(name).verbose_name)


class TeacherField(Field):
    """Writes through `Teacher.assign`; rows carry our codes as headings, see `pairs.columns`."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        instance.assign(self.attribute, self.clean(row, **kwargs))


def column(name, read):
    return TeacherField(attribute=name, column_name=name, widget=Reader(read))


class TeacherResource(resources.Resource):
    """Says what each row would do; with `saves` it does it too (inside one transaction of the caller's)."""

    full_name = column("full_name", reading.full_name)
    email = column("email", reading.email)
    phone = column("phone", reading.phone)
    post = column("post", reading.short_text(200))
    subject = column("subject", reading.short_text(200))
    building = column("building", reading.short_text(100))
    stage = column("stage", lambda value: reading.one_of(TeacherCard.Stage.choices, STAGES)(value))
    category = column("category", lambda value: reading.one_of(TeacherCard.Category.choices, CATEGORIES)(value))
    experience = column("experience", lambda value: reading.experience(value, today()))
    at_school_since = column("at_school_since", reading.any_date)
    capacity = column("capacity", reading.places)
    reasons = column("reasons", reading.names_in)
    requests = column("requests", reading.names_in)
    offers = column("offers", reading.names_in)

    class Meta:
        instance_loader_class = BaseInstanceLoader
        use_transactions = False
        skip_diff = True
        store_instance = True
        report_skipped = True

    def __init__(self, *, year, by, side="", saves=False, mails=()):
        super().__init__()
        self.year, self.by, self.side, self.saves = year, by, side, saves
        self.seen = {}
        self.known = Known(year, mails)

    def get_or_init_instance(self, instance_loader, row):
        """The person the row speaks of, or a new one. Raises ValueError with a sentence where it is not clear who."""
        name, mail = self.name_of(row), row.get("email") and reading.email(row["email"])
        side = self.side_of(row)
        self.refuse_repetition(name, mail, row)
        person = self.known.find(name, mail)
        is_new = person is None
        teacher = self.known.teacher(person or User(school=self.year.school), side)
        return teacher, is_new

    def name_of(self, row):
        if not row.get("full_name"):
            row["full_name"] = " ".join(
                reading.words_of(row.get(part)) for part in ("last_name", "first_name", "patronymic")
            )
        return reading.full_name(row["full_name"])

    def side_of(self, row):
        read = reading.one_of(Participation.Side.choices, SIDES)
        return read(row["side"]) if row.get("side") else self.side

    def refuse_repetition(self, name, mail, row):
        for key in filter(None, (mail, folded(" ".join(name)) if not mail else None)):
            if key in self.seen:
                raise ValueError(_("The same person stands in row %(row)s already.") % {"row": self.seen[key]})
            self.seen[key] = row["row"]

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not import_validation_errors and not instance.changes()

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        for name, found in instance.lists.items():
            if unknown := found - self.known.names(name).keys():
                errors[name] = ValidationError(
                    _("Not in the school's list: %(names)s. Add it in the settings, or correct the word.")
                    % {"names": ", ".join(sorted(unknown))}
                )
        part = instance.part
        if part and part.is_mentor and part.capacity < part.live_pairs:
            errors["capacity"] = ValidationError(
                _("The mentor has %(n)d mentees now: the capacity cannot be less.") % {"n": part.live_pairs}
            )
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance, is_create):
        save(instance, self) if self.saves else check(instance)


@dataclass
class Known:
    """What is known already, read once for the whole file: the school's people and lists, and the file's e-mails elsewhere."""

    year: object
    mails: list

    def __post_init__(self):
        school = self.year.school
        taken = User.objects.filter(Q(email__in=self.mails) | Q(username__in=self.mails))
        self.taken = {name for row in taken.values_list("email", "username") for name in row}
        self.people = list(User.objects.filter(school=school).select_related("card"))
        self.by_mail = {person.email: person for person in self.people if person.email}
        self.by_name = {}
        for person in self.people:
            self.by_name.setdefault(folded(person.full_name), []).append(person)
        self.parts = {(part.person_id, part.side): part for part in self.year.participations.all()}
        self.lists = {name: self.read_list(name) for name in LISTS}
        self.words = {
            name: {item.name: item for item in model.objects.filter(school=school)}
            for name, (_link, _attribute, model) in LISTS.items()
        }

    def read_list(self, name):
        link, attribute, _model = LISTS[name]
        found = {}
        rows = link.objects.filter(participation__year=self.year).select_related(attribute)
        for row in rows:
            found.setdefault(row.participation_id, set()).add(getattr(row, attribute).name)
        return found

    def names(self, name):
        return self.words[name]

    def find(self, name, mail):
        """By e-mail, else by full name within the school; a doubtful match is refused with the reason."""
        if mail and mail in self.by_mail:
            return self.by_mail[mail]
        namesakes = self.by_name.get(folded(" ".join(filter(None, name))), [])
        if mail in self.taken and not self.is_own_name(namesakes, mail):
            raise ValueError(_("This e-mail belongs to another person."))
        if mail and any(person.email for person in namesakes):
            raise ValueError(
                _("There is a person of this name with another e-mail: correct it on the person's page first.")
            )
        if len(namesakes) > 1:
            raise ValueError(_("There are %(n)d people of this name: add the e-mail.") % {"n": len(namesakes)})
        return namesakes[0] if namesakes else None

    def is_own_name(self, namesakes, mail):
        """Somebody known by name alone may have the e-mail as their sign-in name."""
        return [person.username for person in namesakes] == [mail]

    def teacher(self, person, side):
        card = getattr(person, "card", None) if person.pk else None
        teacher = Teacher(person, card or TeacherCard(school=self.year.school), pk=person.pk)
        part = self.parts.get((person.pk, side)) if person.pk else None
        if part:
            teacher.part = part
            names = ("offers",) if part.is_mentor else ("reasons", "requests")
            teacher.lists = {name: set(self.lists[name].get(part.pk, ())) for name in names}
        if person.pk:
            teacher.old = teacher.values()
        if side and not part:
            start = max(self.year.starts_on, min(today(), self.year.ends_on))
            teacher.part = Participation(year=self.year, side=side, since=start, capacity=1 if side == "mentor" else 0)
        return teacher


KEPT_APART = ["password", "declined", "search_key", "sort_key"]


def check(teacher):
    """What `save` would refuse, without asking the database: a preview neither writes nor waits for who does."""
    teacher.person.username = teacher.person.username or teacher.person.email or "name-of-the-school"
    exclude = [*KEPT_APART, "school"]
    teacher.person.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)


def save(teacher, resource):
    """Person, card, participation and lists of one row, with its line in the journal."""
    person, is_new = teacher.person, teacher.person.pk is None
    changes = [{"field": name, "old": old, "new": new} for name, old, new in teacher.changes()]
    if is_new:
        person.username = person.email or free_username(person.last_name)
        person.set_unusable_password()
    person.full_clean(exclude=KEPT_APART)
    person.save()
    teacher.card.person = person
    if not teacher.card.missing() and not teacher.card.completed_on:
        teacher.card.completed_on = today()
    teacher.card.save()
    if teacher.part:
        save_part(teacher, resource)
    journal.record(resource.by, _("loaded from a file"), person, changes=changes)


def save_part(teacher, resource):
    teacher.part.person = teacher.person
    if teacher.part.pk:
        Participation.objects.filter(pk=teacher.part.pk).update(capacity=teacher.part.capacity)
    else:
        teacher.part.save()
    for name, found in teacher.lists.items():
        link, attribute, _model = LISTS[name]
        rows = link.objects.filter(participation=teacher.part)
        rows.exclude(**{f"{attribute}__name__in": found}).delete()
        have = set(rows.values_list(f"{attribute}__name", flat=True))
        link.objects.bulk_create(
            link(participation=teacher.part, **{attribute: resource.known.names(name)[word]}) for word in found - have
        )


@dataclass
class RowPlan:
    """One row of the preview."""

    row: int
    kind: str  # new | changed | same | refused
    name: str
    changes: list
    reasons: list

    def get_kind_display(self):
        words = {"new": _("New"), "changed": _("Changed"), "same": _("No change"), "refused": _("Refused")}
        return words[self.kind]

    @property
    def details(self):
        """What stands beside the name; of somebody new the name is not said twice."""
        return [row for row in self.changes if self.kind != "new" or row[2] not in self.name]


def run(*, rows, year, by, side, save):
    """[RowPlan] of all rows; with `save` they are written, all or none, unless a row is refused."""
    import tablib

    codes = list(dict.fromkeys(code for row in rows for code in row))
    dataset = tablib.Dataset(*[[row.get(code) for code in codes] for row in rows], headers=codes)
    resource = TeacherResource(year=year, by=by, side=side, saves=save, mails=mails_in(rows))
    result = resource.import_data(dataset, use_transactions=False, raise_errors=False, collect_failed_rows=False)
    plans = [plan_of(row, outcome) for row, outcome in zip(rows, result.rows, strict=True)]
    if save and any(plan.kind == "refused" for plan in plans):
        transaction.set_rollback(True)
    return plans


def mails_in(rows):
    """The readable e-mails of a file."""
    found = []
    for row in rows:
        with suppress(ValueError):
            found += [reading.email(row["email"])] if row.get("email") else []
    return found


@transaction.atomic
def load(*, rows, year, by, side):
    """Save the whole file or, if a row is refused, nothing. Two people at once: the second finds everything there."""
    School.objects.select_for_update().get(pk=year.school_id)
    return run(rows=rows, year=year, by=by, side=side, save=True)


def preview(*, rows, year, by, side):
    """What `load` would do now; nothing is written."""
    return run(rows=rows, year=year, by=by, side=side, save=False)


KINDS = {"new": "new", "update": "changed", "skip": "same"}


def plan_of(row, outcome):
    name = " ".join(reading.words_of(row.get(part)) for part in ("full_name", "last_name", "first_name", "patronymic"))
    reasons = reasons_of(outcome)
    if reasons:
        return RowPlan(row["row"], "refused", name.strip(), [], reasons)
    teacher = outcome.instance
    return RowPlan(row["row"], KINDS[outcome.import_type], teacher.person.full_name, teacher.changes(), [])


def reasons_of(outcome):
    """Sentences why a row is refused; readers raise ValueError, the rest is ours too."""
    found = [str(error.error) for error in outcome.errors]
    if outcome.validation_error:
        found += outcome.validation_error.messages
    return found


__all__ = ["load", "preview"]
