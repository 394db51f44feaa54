"""Schools with everything in them, any number of them, always the same ones for the same seed.

What every school begins with (lists, terms, questionnaires, the roadmap of the sample) is made once by the portal's own
functions and copied; the rest is bulk-created, school by school in batches.
"""

import random
from dataclasses import dataclass, field

from django.db import connection, transaction

from accounts.clock import today
from accounts.models import DiagnosticPeriod, School, SchoolYear, Term, User
from mentorship_portal.starting import load_starting_sets, open_year
from pairs.models import Competence, Group, PlanTemplate, PlanTemplateItem, Reason, Step
from roadmap.actions import load_seed
from roadmap.models import Checkpoint, Item, Roadmap, Section
from surveys.models import Choice, Question, Questionnaire, Wave
from surveys.models import Section as Part

USUAL_PAIRS = 12
AT_ONCE = 25  # schools in one batch


@dataclass
class Plot:
    """One school while it is being filled."""

    number: int
    pairs_wanted: int
    chance: random.Random
    school: School = None
    year: SchoolYear = None
    staff: dict = field(default_factory=dict)  # role -> User
    mentors: list = field(default_factory=list)
    mentees: list = field(default_factory=list)
    pairs: list = field(default_factory=list)
    of: dict = field(default_factory=dict)  # model -> its rows copied from the sample, in the sample's order

    @property
    def curator(self):
        return self.staff["is_curator"]


def fill(count, seed=1, pairs=USUAL_PAIRS, first=1):
    """Schools number `first` and on, each with so many pairs; returns their Plots."""
    plots = []
    for start in range(first, first + count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, first + count))
        plots += batch([Plot(number, pairs, random.Random(f"{seed}-{number}-{pairs}")) for number in numbers])
    return plots


def settle():
    """What PostgreSQL does by itself in time: figures for its planner, no dead rows. Nobody does it for SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


@transaction.atomic
def batch(plots):
    from bench import fill_events, fill_people, fill_work

    found = sample()
    schools(plots)
    years(plots)
    copy_lists(plots, found)
    fill_people.people(plots)
    copy_roadmap(plots, found)
    fill_people.pairs(plots)
    fill_work.work(plots)
    fill_events.of_schools(plots)
    return plots


def made(rows):
    """Bulk-created rows of one model."""
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows) if rows else []


def twin(row, **fields):
    """An unsaved copy of a row with other values of some fields."""
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    for name, value in fields.items():
        kept.pop(row._meta.get_field(name).attname)
        kept[name] = value
    return type(row)(**kept)


def year_now():
    return today().year if today().month >= 9 else today().year - 1


_samples = {}


def sample():
    """{model: rows} of the school that every other one is copied from."""
    key = connection.settings_dict["NAME"]
    if key not in _samples or not School.objects.filter(pk=_samples[key]).exists():
        school = School.objects.create(name="Образец")
        load_starting_sets(school=school)
        keeper = User.objects.create(
            school=school, username="bench-sample", last_name="О", first_name="О", password="!"
        )
        year = open_year(school=school, first_year=year_now(), by=keeper, state=SchoolYear.State.CURRENT)
        load_seed(year=year, by=keeper)
        _samples[key] = school.pk
    return rows_of(School.objects.get(pk=_samples[key]))


def rows_of(school):
    year = school.years.get()
    of_year = {model: list(model.objects.filter(year=year)) for model in (Term, DiagnosticPeriod, Group, Step, Wave)}
    of_school = {
        model: list(model.objects.filter(school=school)) for model in (Competence, Reason, Questionnaire, PlanTemplate)
    }
    return of_school | of_year | {
        Part: list(Part.objects.filter(questionnaire__school=school)),
        Question: list(Question.objects.filter(questionnaire__school=school)),
        Choice: list(Choice.objects.filter(question__questionnaire__school=school)),
        PlanTemplateItem: list(PlanTemplateItem.objects.filter(template__school=school)),
        Roadmap: list(Roadmap.objects.filter(year=year)),
        Section: list(Section.objects.filter(roadmap__year=year)),
        Item: list(Item.objects.filter(roadmap__year=year)),
        Checkpoint: list(Checkpoint.objects.filter(year=year)),
    }  # fmt: skip


def schools(plots):
    rows = made(School(name=f"МБОУ СОШ № {plot.number}", place=f"с. Поле-{plot.number}") for plot in plots)
    for plot, row in zip(plots, rows, strict=True):
        plot.school = row


def years(plots):
    rows = made(SchoolYear.draft(plot.school, year_now(), SchoolYear.State.CURRENT) for plot in plots)
    for plot, row in zip(plots, rows, strict=True):
        plot.year = row


def copy(plots, found, model, **links):
    """Rows of one model for every plot; `links` are field=(model of the sample) or field=(attribute of the plot)."""
    rows = [twin(row, **{name: linked(plot, found, row, name, to) for name, to in links.items()})
            for plot in plots for row in found[model]]  # fmt: skip
    rows, size = made(rows), len(found[model])
    for place, plot in enumerate(plots):
        plot.of[model] = rows[place * size : (place + 1) * size]


def linked(plot, found, row, name, to):
    """Where the copy points: what stands at the same place among the plot's own copies."""
    if isinstance(to, str):
        return getattr(plot, to)
    old = getattr(row, row._meta.get_field(name).attname)
    place = next((n for n, other in enumerate(found[to]) if other.pk == old), None)
    return None if place is None else plot.of[to][place]


def copy_lists(plots, found):
    for model in (Competence, Reason, Questionnaire, PlanTemplate):
        copy(plots, found, model, school="school")
    copy(plots, found, Part, questionnaire=Questionnaire)
    copy(plots, found, Question, questionnaire=Questionnaire, section=Part, competence=Competence)
    copy(plots, found, Choice, question=Question, competence=Competence)
    copy_conditions(plots, found)
    copy(plots, found, PlanTemplateItem, template=PlanTemplate, competence=Competence)
    for model in (Term, DiagnosticPeriod, Group, Step):
        copy(plots, found, model, year="year")
    copy(plots, found, Wave, year="year", period=DiagnosticPeriod, questionnaire=Questionnaire)


def copy_conditions(plots, found):
    """A question asks for an answer to one of its own questionnaire, not of the sample's."""
    tied = [(plot, row, place) for plot in plots for place, row in enumerate(found[Question]) if row.only_if_id]
    for plot, row, place in tied:
        plot.of[Question][place].only_if = linked(plot, found, row, "only_if", Question)
    Question.objects.bulk_update((plot.of[Question][place] for plot, _row, place in tied), ["only_if"], batch_size=500)


def copy_roadmap(plots, found):
    """The roadmap of the sample, approved by the head, its first items closed."""
    copy(plots, found, Roadmap, year="year")
    copy(plots, found, Section, roadmap=Roadmap)
    copy(plots, found, Item, roadmap=Roadmap, section=Section)
    copy(plots, found, Checkpoint, year="year", item=Item)
    head = {plot.year.pk: plot.staff["is_head"] for plot in plots}
    approved = [plot.of[Roadmap][0] for plot in plots]
    for row in approved:
        row.state, row.approved_on, row.approved_by = Roadmap.State.APPROVED, row.year.starts_on, head[row.year_id]
    Roadmap.objects.bulk_update(approved, ["state", "approved_on", "approved_by"])
    closed = [row for plot in plots for row in plot.of[Checkpoint][:4]]
    for row in closed:
        row.state, row.closed_on, row.closed_by = Checkpoint.State.DONE, row.year.starts_on, head[row.year_id]
    Checkpoint.objects.bulk_update(closed, ["state", "closed_on", "closed_by"])
