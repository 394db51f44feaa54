"""The reports: each is a name and the tables it is made of. Page, PDF and Excel show the same tables."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.models import Participation
from accounts.roles import Role
from events import tables as events
from events.models import Course, Event
from pairs import consent_tables
from pairs import tables as pairs
from pairs.consents import people_of
from pairs.models import Pair
from papers import table as paper
from publications import tables as publications
from reports import surveys as of_surveys
from roadmap import tables as roadmap
from surveys import tables as surveys
from surveys.models import Wave


@dataclass(frozen=True)
class Scope:
    """For whom and of what a report is made: the filters in force."""

    user: object
    year: object
    periods: tuple = ()
    period: object = None
    waves: tuple = ()
    wave: object = None

    @classmethod
    def of(cls, user, year, asked, kind):
        """`asked` names the period or the wave (`?period=2`), without a name the latest that has begun; 404 if there is none such."""
        if kind.by_wave:
            return cls.of_wave(user, year, asked.get("wave", ""))
        return cls.of_period(user, year, asked.get("period", "")) if kind.by_period else cls(user, year)

    @classmethod
    def of_wave(cls, user, year, key):
        rows = Wave.objects.visible_to(user).filter(year=year, opens_on__lte=clock.today())
        waves = tuple(rows.select_related("period", "questionnaire", "group", "year__school__thresholds"))
        found = [wave for wave in waves if str(wave.pk) == key] if key else waves[-1:]
        if key and not found:
            raise Http404("no such wave")
        return cls(user, year, waves=waves, wave=found[0] if found else None)

    @classmethod
    def of_period(cls, user, year, number):
        periods = tuple(year.periods.all())
        if number:
            found = [period for period in periods if str(period.number) == number]
            if not found:
                raise Http404("no such period")
        else:
            begun = [period for period in periods if period.opens_on <= year.as_of()]
            found = begun[-1:] or periods[:1]
        for period in found:
            period.year = year
        return cls(user, year, periods, found[0] if found else None)

    @property
    def on(self):
        return self.year.as_of()

    def words(self):
        parts = [_("school year %(year)s") % {"year": self.year}]
        parts += [_("period “%(period)s”") % {"period": self.period}] if self.period else []
        parts += [self.wave.words] if self.wave else []
        parts += [_("as of %(day)s") % {"day": date_format(self.on, "SHORT_DATE_FORMAT")}]
        return ", ".join(parts)

    def about(self, parts):
        """Lines of the sheet «О выгрузке»."""
        count = sum(len(table.rows) for table, _chart in parts)
        return paper.about(by=self.user.full_name, at=clock.now(), filters=self.words(), count=count)


@dataclass(frozen=True)
class Kind:
    """A report. `parts(scope)` gives its tables, rows in lists, each with its chart or None.

    `whole(scope)` gives them with what page and paper show besides, (parts, {...}); `paper` is the template of a paper of
    its own form.
    """

    title: str
    what: str
    icon: str
    parts: Callable
    nothing: str = ""  # what to say, and to do, when there are no parts
    by_period: bool = False
    by_wave: bool = False
    whole: Callable | None = None
    paper: str = "reports/report_paper.html"

    def file_name(self, scope, ending):
        period = f" {scope.period or scope.wave}" if scope.period or scope.wave else ""
        return f"{self.title} {str(scope.year).replace('/', '-')}{period}.{ending}"


def registry(scope):
    """Mentors, mentees, and the pairs that an order fixed by the day; ended ones stay, with their state."""
    people = Participation.objects.visible_to(scope.user).of_year(scope.year)
    fixed = Pair.objects.visible_to(scope.user).filter(year=scope.year, fixed_on__lte=scope.on)
    return [
        (pairs.mentors(people.mentors(), scope.on), None),
        (pairs.mentees(people.mentees(), scope.on), None),
        (pairs.pairs(fixed, scope.on), None),
    ]


def consents(scope):
    people = people_of(scope.user, scope.year, scope.on)
    return [(consent_tables.numbers(people), None), (consent_tables.people(people), None)]


def roadmap_execution(scope):
    table = roadmap.execution(scope.year, scope.user)
    return [(table, None)] if table else []


def event_register(scope):
    """Everything planned, held, moved or cancelled in the year."""
    found = Event.objects.visible_to(scope.user).filter(year=scope.year)
    return [(events.register(found), None)] if found.exists() else []


def trainings(scope):
    """Courses with their certificates, and the hours of each person."""
    found = Course.objects.visible_to(scope.user).filter(year=scope.year).exclude(state=Course.State.WITHDRAWN)
    parts = [(events.courses(found), None), (events.hours_of_year(scope.year, scope.on), None)]
    return [part for part in parts if part[0].rows]


def diagnostics(scope):
    if scope.period is None:
        return []
    means = surveys.means(scope.period, scope.user)
    return [(means, surveys.means_chart(means)), (surveys.answered(scope.period, scope.user, scope.on), None)]


def wave(scope):
    """What came out of one questionnaire: by question and in people's words for the curator, means for the others."""
    if scope.wave is None:
        return []
    shows = scope.wave.shows_results
    means = surveys.means_of(scope.wave) if shows else None
    parts = [(means, surveys.means_chart(means))] if means and means.rows else []
    if shows and scope.user.has_role(Role.CURATOR):
        found = surveys.results(scope.wave)
        parts.append((surveys.results_table(scope.wave, found), None))
        parts.append((surveys.texts_table(scope.wave, found), None))
    return [*parts, (surveys.answered_of(scope.wave, scope.on), None)]


def materials(scope):
    return [(publications.materials(scope.year, scope.on), None)]


def posts(scope):
    return [(publications.placements(scope.year, scope.on), None)]


KINDS = {
    "registry": Kind(
        gettext_lazy("Registry of participants"),
        gettext_lazy("Mentors, mentees and pairs of the year."),
        "users",
        registry,
    ),
    "consents": Kind(
        gettext_lazy("Consents"),
        gettext_lazy("Who has given which consent, to which version of the text."),
        "file-text",
        consents,
    ),
    "roadmap": Kind(
        gettext_lazy("Roadmap execution"),
        gettext_lazy("Every item with its number, target, state and proof."),
        "list-check",
        roadmap_execution,
        gettext_lazy("This year has no roadmap yet. The curator loads it on the page of the roadmap."),
    ),
    "diagnostics": Kind(
        gettext_lazy("Diagnostics of a period"),
        gettext_lazy("The means of the competences, and who has answered."),
        "message-circle",
        diagnostics,
        gettext_lazy("This year has no diagnostic periods yet. The administrator sets them on the page of the year."),
        by_period=True,
    ),
    "wave": Kind(
        gettext_lazy("Report of a questionnaire"),
        gettext_lazy("One questionnaire of the year, of own dates too: answers by question, and who has answered."),
        "message-circle",
        wave,
        gettext_lazy("No questionnaire has been opened this year yet."),
        by_wave=True,
    ),
    "note": Kind(
        gettext_lazy("Analytical note"),
        gettext_lazy(
            "What the entry questionnaires and interviews say: requests, resources, gaps, means, conclusions."
        ),
        "file-text",
        of_surveys.note,
        whole=of_surveys.whole_note,
        paper="surveys/note_paper.html",
    ),
    "needs": Kind(
        gettext_lazy("Needs and resources"),
        gettext_lazy("Per competence who asks, who can give, and where it is not enough."),
        "report-analytics",
        of_surveys.needs,
        gettext_lazy("No competences yet. The curator keeps their list in the registry."),
    ),
    "growth": Kind(
        gettext_lazy("Growth"),
        gettext_lazy("Competence means at the entry and in a later period, of those who answered both."),
        "arrow-up-right",
        of_surveys.growth,
        gettext_lazy("Growth is counted between two diagnostics: choose a later period, or wait for its answers."),
        by_period=True,
    ),
    "events": Kind(
        gettext_lazy("Register of events"),
        gettext_lazy("Trainings, common meetings, councils and outside events: planned, held, moved, cancelled."),
        "presentation",
        event_register,
        gettext_lazy("This year has no events yet. The curator plans them on the page of the events."),
    ),
    "trainings": Kind(
        gettext_lazy("Trainings and hours"),
        gettext_lazy("Courses with their certificates, and the hours of each person."),
        "certificate",
        trainings,
        gettext_lazy(
            "No course and no hours yet. The curator puts courses into the schedule on the page of the courses."
        ),
    ),
    "materials": Kind(
        gettext_lazy("List of materials"),
        gettext_lazy("Programmes, methodical and didactic materials, best practices: for whom, by whom, since when."),
        "books",
        materials,
    ),
    "posts": Kind(
        gettext_lazy("Log of posts"),
        gettext_lazy("What was placed on the official site, when, at which address."),
        "external-link",
        posts,
    ),
}
