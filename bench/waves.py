"""A wave of very many people: what its report costs beside the bare SQL of the same figures.

Rows are made by the database itself, a statement a table: ten thousand people and a million answers take seconds.
"""

from datetime import timedelta

from django.db import connection

from accounts.clock import today
from accounts.models import Participation, User
from bench.fill import made
from pairs.models import Order, Pair
from surveys.models import Question, Questionnaire, Response, Wave

INVITED, ANSWERS = 10_000, 1_000_000


def crowd(plot, number):
    """So many people more in the school's year, in pairs of two, and a wave that asks all of them."""
    day = plot.year.starts_on
    users = made(
        User(
            school=plot.school, username=f"crowd{n}-{plot.number}@bench.test", last_name=f"Петрова{n % 997}",
            first_name="Анна", patronymic="Ильинична", gender="f", password="!", sort_key=f"петрова{n % 997} анна",
        )
        for n in range(number)
    )  # fmt: skip
    parts = made(
        Participation(
            year=plot.year, person=user, side="mentee" if n % 2 else "mentor", capacity=1 - n % 2, live_pairs=1 - n % 2,
            since=day,
        )
        for n, user in enumerate(users)
    )  # fmt: skip
    order = Order.objects.create(year=plot.year, number="много", signed_on=day, in_force_from=day, state="signed")
    made(
        Pair(
            year=plot.year, mentor=mentor, mentee=mentee, state="fixed", order=order, fixed_on=day, starts_on=day
        )
        for mentor, mentee in zip(parts[::2], parts[1::2], strict=True)
    )  # fmt: skip
    wave = open_wave(plot)
    made(
        Response(year=plot.year, wave=wave, participation=part, submitted_on=wave.opens_on)
        for n, part in enumerate(parts)
        if n % 10
    )
    answer_all(wave)
    return wave


def open_wave(plot):
    """The entry questionnaire of the mentees, which has every kind of question, put to everybody on days of its own."""
    form = next(each for each in plot.of[Questionnaire] if each.code == "mentee-entry")
    wave = Wave(
        year=plot.year, questionnaire=form, audience="everybody", opens_on=today() - timedelta(days=5),
        closes_on=today() + timedelta(days=5),
    )  # fmt: skip
    wave.derive()
    wave.save()
    return wave


def answer_all(wave):
    """Every response of the wave answers every question: two statements."""
    tables = names()
    with connection.cursor() as cursor:
        cursor.execute(ANSWER_ALL % tables, [wave.pk])
        cursor.execute(PICK_ALL % tables, [wave.pk])


def names():
    from surveys.models import Answer, Pick

    models = {"answer": Answer, "pick": Pick, "response": Response, "question": Question, "wave": Wave}
    return {name: model._meta.db_table for name, model in models.items()} | {"param": "%s"}


VALUE = "1 + (r.id * 7 + q.id * 13) %%%% CASE WHEN q.kind = 'scale' THEN q.highest ELSE 3 END"
ANSWER_ALL = f"""
    INSERT INTO %(answer)s (response_id, question_id, year_id, wave_id, period_id, competence_id, value, score, text)
    SELECT r.id, q.id, r.year_id, r.wave_id, w.period_id, q.competence_id,
      CASE WHEN q.kind IN ('scale', 'yes_no', 'one') THEN {VALUE} END,
      CASE WHEN q.kind = 'scale' THEN 1 + 4.0 * ({VALUE} - 1) / (q.highest - 1) END,
      CASE WHEN q.kind IN ('line', 'text') THEN 'Помогли разборы уроков' ELSE '' END
    FROM %(response)s r JOIN %(wave)s w ON w.id = r.wave_id
    JOIN %(question)s q ON q.questionnaire_id = w.questionnaire_id
    WHERE r.wave_id = %(param)s
"""
PICK_ALL = """
    INSERT INTO %(pick)s (answer_id, number)
    SELECT a.id, 1 + (a.id + n.number) %%%% 6 FROM %(answer)s a JOIN %(question)s q ON q.id = a.question_id
    CROSS JOIN (SELECT 1 AS number UNION ALL SELECT 2) n
    WHERE a.wave_id = %(param)s AND q.kind = 'many'
"""


# ---------------------------------------------------------------- what is measured


def report_of(plot, wave):
    """The report as the curator gets it: all its tables, rows in lists."""
    from reports.kinds import KINDS, Scope

    kind = KINDS["wave"]
    return [
        list(table.rows)
        for table, _chart in kind.parts(Scope.of(plot.curator, plot.year, {"wave": str(wave.pk)}, kind))
    ]


def bare(wave):
    """The same figures in SQL written by hand: who has answered, counts of every kind, means, people's words."""
    tables = names() | {"part": Participation._meta.db_table, "user": User._meta.db_table}
    with connection.cursor() as cursor:
        found = []
        for sql in BARE:
            cursor.execute(sql % tables, [wave.pk] * sql.count("param"))
            found.append(cursor.fetchall())
    return found


BARE = (
    """SELECT u.last_name, u.first_name, u.patronymic, p.side, r.submitted_on, r.from_paper FROM %(part)s p
       JOIN %(user)s u ON u.id = p.person_id JOIN %(wave)s w ON w.id = %(param)s
       LEFT JOIN %(response)s r ON r.participation_id = p.id AND r.wave_id = w.id
       WHERE p.year_id = w.year_id ORDER BY p.side, u.sort_key""",
    """SELECT a.question_id, a.value, COUNT(*), COUNT(CASE WHEN a.text <> '' THEN 1 END) FROM %(answer)s a
       JOIN %(response)s r ON r.id = a.response_id
       WHERE a.wave_id = %(param)s AND r.submitted_on IS NOT NULL GROUP BY a.question_id, a.value""",
    """SELECT a.question_id, k.number, COUNT(*) FROM %(pick)s k JOIN %(answer)s a ON a.id = k.answer_id
       JOIN %(response)s r ON r.id = a.response_id
       WHERE a.wave_id = %(param)s AND r.submitted_on IS NOT NULL GROUP BY a.question_id, k.number""",
    """SELECT competence_id, side, COUNT(*), AVG(m), COUNT(CASE WHEN m <= 2.8 THEN 1 END),
       COUNT(CASE WHEN m >= 4 THEN 1 END) FROM (SELECT a.response_id, a.competence_id, p.side, AVG(a.score) AS m
       FROM %(answer)s a JOIN %(response)s r ON r.id = a.response_id JOIN %(part)s p ON p.id = r.participation_id
       WHERE a.wave_id = %(param)s AND r.submitted_on IS NOT NULL AND a.score IS NOT NULL
       AND a.competence_id IS NOT NULL GROUP BY a.response_id, a.competence_id, p.side) AS each_one
       GROUP BY competence_id, side""",
    """SELECT a.question_id, u.last_name, u.first_name, u.patronymic, a.text FROM %(answer)s a
       JOIN %(response)s r ON r.id = a.response_id JOIN %(part)s p ON p.id = r.participation_id
       JOIN %(user)s u ON u.id = p.person_id
       WHERE a.wave_id = %(param)s AND r.submitted_on IS NOT NULL AND a.text <> '' ORDER BY a.question_id, u.sort_key""",
)


def million(plot, number):
    """So many answers without names in a school that nobody looks at."""
    wave = open_wave(plot)
    each = wave.questionnaire.questions.count()
    made(Response(year=plot.year, wave=wave, submitted_on=wave.closes_on) for _n in range(number // each + 1))
    answer_all(wave)
