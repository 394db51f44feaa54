"""What came out of a wave, question by question: counts of every kind of answer, as a table and as bars."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from papers.chart import bars
from papers.table import Column, Table
from surveys.given import choices_of, questions_of
from surveys.models import LEAST_NAMELESS, Answer, Pick, Question

NAMES = ("last_name", "first_name", "patronymic")
SHOWN_TEXTS = 20  # of one question on the wave's page; the rest on a page of their own


@dataclass(frozen=True)
class Result:
    """One question's outcome. `table` is None for words, and where too few answered to show it."""

    question: Question
    number: int
    answered: int
    table: object = None
    chart: str = ""
    mean: float | None = None
    texts: int = 0
    withheld: bool = False


def submitted(rows, wave, path="response"):
    """Of handed-in responses of the wave; what is in drafts is nobody's business."""
    return rows.filter(**{f"{path}__wave": wave, f"{path}__submitted_on__isnull": False})


def results(wave):
    """Every question of the wave in its order; four queries, however many people answered."""
    closed, answered, texts, picked = defaultdict(dict), defaultdict(int), defaultdict(int), defaultdict(dict)
    rows = submitted(Answer.objects.filter(wave=wave), wave).order_by().values_list("question_id", "value")
    for key, value, count, written in rows.annotate(n=Count("pk"), written=Count("pk", filter=~Q(text=""))):
        closed[key][value] = count
        answered[key] += count
        texts[key] += written
    rows = submitted(Pick.objects.filter(answer__wave=wave), wave, "answer__response").order_by()
    for key, number, count in rows.values_list("answer__question_id", "number").annotate(n=Count("pk")):
        picked[key][number] = count
    least = LEAST_NAMELESS if wave.anonymous else 1
    return [
        result_of(question, number, answered[question.pk], texts[question.pk],
                  picked[question.pk] if question.kind == Question.Kind.MANY else closed[question.pk], least)
        for number, question in enumerate(questions_of(wave.questionnaire), 1)
    ]  # fmt: skip


def result_of(question, number, answered, texts, counts, least):
    if answered < least:
        return Result(question, number, answered, withheld=answered > 0)
    if question.kind in Question.TEXTS:
        return Result(question, number, answered, texts=texts)
    rows = [
        (words, counts.get(value, 0), round(100 * counts.get(value, 0) / answered))
        for value, words in choices_of(question)
    ]
    mean = None
    if question.kind == Question.Kind.SCALE:
        rows = labelled(question, rows)
        mean = round(sum(value * count for value, count in counts.items() if value) / answered, 2)
    columns = [
        Column(_("Answer"), width=44),
        Column(pgettext("how many", "People"), "int", width=10),
        Column(_("Share"), "percent", width=10),
    ]
    table = Table(f"{number}. {question.text}", columns, rows, note=note_of(question, answered, mean))
    chart = bars([(words, count) for words, count, _share in rows], question.text, top=answered)
    return Result(question, number, answered, table, chart, mean, texts)


def labelled(question, rows):
    """The ends of a scale with their words: «1: совсем не так»."""
    ends = {0: question.low_label, len(rows) - 1: question.high_label}
    return [
        (f"{words}: {ends[place]}" if ends.get(place) else words, *rest) for place, (words, *rest) in enumerate(rows)
    ]


def note_of(question, answered, mean):
    """«Ответили 23; среднее 4,1 из 5»."""
    parts = [_("Answered: %(n)s.") % {"n": answered}]
    if mean is not None:
        words = {"mean": f"{mean:.2f}".replace(".", ","), "highest": question.highest}
        parts.append(_("Mean: %(mean)s of %(highest)s.") % words)
    if question.kind == Question.Kind.MANY:
        parts.append(_("Several answers could be chosen."))
    return " ".join(parts)


def texts_of(wave):
    """Answers in people's own words, «другое» included: by name, or of nobody in no order."""
    rows = submitted(Answer.objects.filter(wave=wave), wave).exclude(text="")
    return rows.select_related("response__participation__person") if not wave.anonymous else rows


def order_of_texts(wave):
    return ("pk",) if wave.anonymous else ("response__participation__person__sort_key", "pk")


def first_texts(wave, shown):
    """{question's pk: [(person or None, words)]}: the first of each question in one query; `shown` are Results."""
    keys = [each.question.pk for each in shown if each.texts and not each.withheld]
    if not keys:
        return {}
    place = Window(RowNumber(), partition_by=[F("question_id")], order_by=order_of_texts(wave))
    found = defaultdict(list)
    rows = texts_of(wave).filter(question__in=keys).annotate(place=place).filter(place__lte=SHOWN_TEXTS)
    for answer in rows.order_by("question_id", "place"):
        found[answer.question_id].append(
            (None if wave.anonymous else answer.response.participation.person, answer.text)
        )
    return found


# ---------------------------------------------------------------- the report


def results_table(wave, shown):
    """Every closed answer of every question in one table, for paper and Excel; `shown` are the Results."""
    rows = [
        (each.number, each.question.text, words, count, share)
        for each in shown
        for words, count, share in closing_rows(each)
    ]
    columns = [
        Column("№", "int", width=6),
        Column(_("Question"), width=44),
        Column(_("Answer"), width=30),
        Column(pgettext("how many", "People"), "int", width=10),
        Column(_("Share"), "percent", width=10),
    ]
    return Table(_("Answers by question"), columns, rows, note=_("The share is of those who answered the question."))


def closing_rows(result):
    if result.withheld:
        return [(_("too few answers"), None, None)]
    if result.table is None:
        return [(_("in people's own words"), result.answered, None)]
    if result.mean is None:
        return list(result.table.rows)
    mean = f"{result.mean:.2f}".replace(".", ",")
    return [*result.table.rows, (_("mean: %(mean)s") % {"mean": mean}, result.answered, None)]


def texts_table(wave, shown):
    """What people wrote; with their names, or without and in no order."""
    questions = {each.question.pk: each.question.text for each in shown if each.texts and not each.withheld}
    who = () if wave.anonymous else tuple(f"response__participation__person__{name}" for name in NAMES)
    rows = submitted(Answer.objects.filter(wave=wave, question__in=questions), wave).exclude(text="")
    place = {pk: number for number, pk in enumerate(questions)}
    found = sorted(
        rows.order_by(*order_of_texts(wave)).values_list("question_id", "text", *who), key=lambda row: place[row[0]]
    )
    names = [Column(_("Participant"), width=26)] if who else []
    columns = [Column(_("Question"), width=34), *names, Column(_("Answer"), width=50)]
    cells = [(questions[pk], *([" ".join(filter(None, person))] if who else []), text) for pk, text, *person in found]
    return Table(_("Answers in people's own words"), columns, cells, prose=True)
