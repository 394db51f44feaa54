"""The analytical note on the entry questionnaires (аналитическая справка): figures, what follows from them, who stands behind."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Participation
from papers.table import Column, Table, shown
from surveys import entry
from surveys.means import SIDE_LABELS, means_of
from surveys.models import ENOUGH, Note, Thresholds
from surveys.needs import needs_of
from surveys.needs import numbers_table as needs_numbers

MENTOR, MENTEE = Participation.Side.MENTOR, Participation.Side.MENTEE
NAMED = 3  # so many competences a sentence names


@dataclass(frozen=True)
class Contents:
    """What the note says of a year as of a day, in the language that is active."""

    note: Note
    numbers: dict  # side -> {"all", "received", "paper", "analysed", "interviewed"}
    needs: list
    means: list  # see surveys.means.means_of
    limits: Thresholds
    year: object
    on: object

    @classmethod
    def of(cls, year, on):
        """Eight queries, whatever the number of people."""
        limits = Thresholds.of(year.school)
        return cls(
            note=Note.objects.filter(year=year).first() or Note(year=year),
            numbers=numbers_by_side(year, on),
            needs=needs_of(year, on),
            means=means_of(year, list(entry.entry_waves(year)), limits),
            limits=limits,
            year=year,
            on=on,
        )

    def introduction(self):
        words = _(
            "The note is made from the entry questionnaires and interviews of the participants of mentoring in the school year %(year)s, as of %(day)s. Its purpose: to name the requests of the mentees and the resources of the mentors, so that pairs, plans and trainings answer them."
        )
        return words % {"year": self.year, "day": date_format(self.on, "SHORT_DATE_FORMAT")}

    def sentences(self):
        """The conclusions that follow from the figures, worded with care."""
        found = [self.about_answers(), self.about_requests(), self.about_offers(), self.about_gaps()]
        return [words for words in [*found, *self.about_means()] if words]

    def about_answers(self):
        total = {name: sum(row[name] for row in self.numbers.values()) for name in COUNTED}
        if not total["all"]:
            return _("Nobody takes part this year yet.")
        return (
            _(
                "Of %(all)s participants %(received)s have handed in the entry questionnaire, %(analysed)s questionnaires are analysed, interviews are held with %(interviewed)s."
            )
            % total
        )

    def about_requests(self):
        named = most(self.needs, lambda need: need.asks)
        return (
            _("Mentees ask most often for: %(named)s.") % {"named": named} if named else _("No requests are set yet.")
        )

    def about_offers(self):
        named = most(self.needs, lambda need: need.gives)
        return _("Mentors most often offer: %(named)s.") % {"named": named} if named else ""

    def about_gaps(self):
        named = most(self.needs, lambda need: need.gap, len(self.needs))
        if named:
            return _("Resources may not be enough for: %(named)s. A training or another mentor can help.") % {
                "named": named
            }
        return _("Each request is answered by a mentor's resource.") if any(need.asks for need in self.needs) else ""

    def about_means(self):
        for side, label in SIDE_LABELS.items():
            rows = [row for row in self.means if row.side == side and row.mean is not None]
            weak = [row for row in rows if row.mean <= self.limits.weak_up_to]
            lowest = sorted(rows, key=lambda row: row.mean)[:1]
            if weak:
                yield _("By their own judgement, %(who)s are weak in: %(named)s.") % {
                    "who": label, "named": "; ".join(f"{row.name} ({shown(row.mean)})" for row in weak)
                }  # fmt: skip
            elif lowest:
                yield _("No mean of %(who)s is weak; the lowest is %(name)s: %(mean)s of 5.") % {
                    "who": label, "name": lowest[0].name, "mean": shown(lowest[0].mean)
                }  # fmt: skip

    def tables(self):
        return [self.numbers_table(), needs_numbers(self.needs), self.means_table()]

    def numbers_table(self):
        labels = dict(Participation.Side.choices)
        columns = [
            Column(_("Role in the year"), width=24), Column(_("Participants"), "int", width=14),
            Column(_("Questionnaires received"), "int", width=14), Column(_("from paper"), "int", width=12),
            Column(_("Analysed"), "int", width=16), Column(_("Interviewed"), "int", width=14),
        ]  # fmt: skip
        rows = [(labels[side], *(row[name] for name in COUNTED)) for side, row in self.numbers.items()]
        return Table(_("Received and analysed"), columns, rows)

    def means_table(self):
        labels = dict(Participation.Side.choices)
        columns = [
            Column(_("Competence"), width=36), Column(_("Role in the year"), width=20),
            Column(_("Answers"), "int", width=12), Column(_("Mean"), "number", width=14),
            Column(_("Weak"), "int", width=12), Column(_("Strong"), "int", width=12),
        ]  # fmt: skip
        words = _("Means of 1 to 5; weak: up to %(weak)s, strong: from %(strong)s; shown from %(enough)s people on.")
        limits = {"weak": shown(self.limits.weak_up_to), "strong": shown(self.limits.strong_from), "enough": ENOUGH}
        rows = [(row.name, labels[row.side], row.count, *row.figures()) for row in self.means]
        return Table(_("Competences by the entry questionnaires"), columns, rows, note=words % limits)


COUNTED = ("all", "received", "paper", "analysed", "interviewed")


def numbers_by_side(year, on):
    """{side: counts by the dates of the facts}; one query."""
    found = {
        "all": Count("pk"),
        "received": Count("pk", filter=Q(received_on__lte=on)),
        "paper": Count("pk", filter=Q(received_on__lte=on, from_paper=True)),
        "analysed": Count("pk", filter=Q(analysis__analysed_on__lte=on)),
        "interviewed": Count("pk", filter=Q(analysis__interviewed_on__lte=on)),
    }
    rows = entry.people(year, on).order_by("side").values("side").annotate(**found)
    zero = dict.fromkeys(COUNTED, 0)
    return {MENTEE: zero, MENTOR: zero} | {row.pop("side"): row for row in rows}


def most(needs, count, named=NAMED):
    """«Ведение урока (5), Документы (3)»: the most first, nothing where the count is 0."""
    rows = sorted((need for need in needs if count(need)), key=lambda need: -count(need))[:named]
    return "; ".join(f"{need.competence.name} ({count(need)})" for need in rows)


def people_table(year, on):
    """Everybody with the days of the questionnaire, its analysis and the interview: the proof of item 3.1."""
    labels = dict(Participation.Side.choices)
    columns = [
        Column(_("Participant"), width=36), Column(_("Role in the year"), width=24),
        Column(_("Received on"), "date", width=16), Column(_("Analysed on"), "date", width=16),
        Column(_("Interviewed on"), "date", width=16),
    ]  # fmt: skip
    rows = []
    for part in entry.people(year, on).order_by("side", "person__sort_key"):
        made = getattr(part, "analysis", None)
        days = (part.received_on, made and made.analysed_on, made and made.interviewed_on)
        rows.append((part.person.full_name, labels[part.side], *(day if day and day <= on else None for day in days)))
    done = sum(row[3] is not None and row[4] is not None for row in rows)
    note = ngettext(
        "Analysed and interviewed: %(done)s of %(all)s person.", "Analysed and interviewed: %(done)s of %(all)s people.", len(rows)
    ) % {"done": done, "all": len(rows)}  # fmt: skip
    return Table(_("Entry questionnaires and interviews"), columns, rows, note=note)


def paper_of(contents, by):
    """What surveys/note_paper.html needs."""
    people = people_table(contents.year, contents.on)
    return {"contents": contents, "tables": contents.tables(), "people": people, "by": by}
