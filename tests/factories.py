"""Plain functions that make what a test needs; people are named by role."""

import datetime
from itertools import count

from accounts.models import Consent, DiagnosticPeriod, Participation, School, SchoolYear, User
from events.models import Course, Event
from pairs.models import Attendance, Competence, Group, Meeting, Order, Pair, Plan, PlanItem, Step, TeacherCard
from roadmap.models import Checkpoint, Item, Proof, Roadmap, Section
from surveys.models import Answer, Question, Questionnaire, Response, Wave

# A Wednesday in the first year that every test lives in.
TODAY = datetime.date(2024, 11, 20)
PASSWORD = "demo-2024"
numbers = count(1)


def as_user(client, user):
    client.force_login(user)
    return client


def school(**fields):
    return School.objects.create(**{"name": f"МКОУ СОШ № {next(numbers)}"} | fields)


def year(of_school=None, first_year=2024, **fields):
    draft = SchoolYear.draft(of_school or school(), first_year, state=SchoolYear.State.CURRENT)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save()
    Group.objects.create(year=draft, name="Все пары", holds_all=True)
    for position, code in enumerate(Step.Code.values):
        due = datetime.date(first_year, 9, 10) + datetime.timedelta(days=7 * position)
        Step.objects.create(year=draft, code=code, position=position, due_on=due)
    return draft


def period(of_year, number=1, opens_on=None, closes_on=None):
    opens_on = opens_on or datetime.date(of_year.first_year, 9 + number, 1)
    return DiagnosticPeriod.objects.create(
        year=of_year, number=number, name=f"{number} квартал", opens_on=opens_on,
        closes_on=closes_on or opens_on + datetime.timedelta(days=20),
    )  # fmt: skip


def year_with_periods():
    """A year with four diagnostic periods, from September on one a month."""
    made = year()
    for number in range(1, 5):
        period(made, number, datetime.date(made.first_year, 8 + number, 1))
    return made


def person(of_school=None, **fields):
    number = next(numbers)
    values = {
        "username": f"person{number}@school.test", "last_name": "Петрова", "first_name": "Анна", "patronymic": f"№{number}",
        "school": of_school,
    } | fields  # fmt: skip
    values.setdefault("email", values["username"] if "@" in values["username"] else None)
    return User.objects.create_user(password=PASSWORD, **values)


def admin(of_school, **fields):
    return person(of_school, is_admin=True, **fields)


def head(of_school, **fields):
    return person(of_school, is_head=True, **fields)


def curator(of_school, **fields):
    return person(of_school, is_curator=True, **fields)


def card(of_person, **fields):
    values = {
        "post": "учитель",
        "subject": "математика",
        "stage": "basic",
        "category": "first",
        "experience_months": 60,
    }
    return TeacherCard.objects.create(person=of_person, school=of_person.school, **(values | fields))


def mentor(of_year, capacity=3, since=None, agreed=True, **fields):
    """A mentor's participation; its person has a card, and has given the consents that are needed."""
    somebody = person(of_year.school, **fields)
    card(somebody)
    return joined(of_year, somebody, "mentor", capacity, since, agreed)


def mentee(of_year, since=None, agreed=True, **fields):
    """A mentee's participation; its person has a card, and has given the consents that are needed."""
    somebody = person(of_year.school, **fields)
    card(somebody, experience_months=12)
    return joined(of_year, somebody, "mentee", 0, since, agreed)


def joined(of_year, somebody, side, capacity, since, agreed):
    kinds = ("participation", "personal_data", *(["mentor_work"] if side == "mentor" else [])) if agreed else ()
    day = datetime.date(of_year.first_year, 8, 1)
    Consent.objects.bulk_create(Consent(person=somebody, kind=kind, given_on=day) for kind in kinds)
    return Participation.objects.create(
        year=of_year, person=somebody, side=side, capacity=capacity, since=since or of_year.starts_on
    )


def competence(of_school, name="Ведение урока"):
    number = next(numbers)
    return Competence.objects.create(school=of_school, name=name, code=f"c{number}", position=number)


def draft_pair(of_year, the_mentor=None, the_mentee=None, **fields):
    return Pair.objects.create(
        year=of_year, mentor=the_mentor or mentor(of_year), mentee=the_mentee or mentee(of_year), **fields
    )


def order(of_year, number=None, signed_on=None):
    day = signed_on or datetime.date(of_year.first_year, 9, 2)
    return Order.objects.create(
        year=of_year, number=number or f"{next(numbers)}-о", signed_on=day, in_force_from=day, state=Order.State.SIGNED
    )


def pair(of_year, the_mentor=None, the_mentee=None, since=None, **fields):
    """A pair fixed by an order, working since 2 September unless told otherwise; holds one place of its mentor."""
    day = since or datetime.date(of_year.first_year, 9, 2)
    made = draft_pair(
        of_year, the_mentor, the_mentee,
        **{"state": Pair.State.FIXED, "order": order(of_year, signed_on=day), "fixed_on": day, "starts_on": day} | fields,
    )  # fmt: skip
    if made.state == Pair.State.FIXED:
        Participation.objects.filter(pk=made.mentor_id).update(live_pairs=made.mentor.live_pairs + 1)
        made.mentor.refresh_from_db()
    return made


def plan(of_pair, items=2, state=Plan.State.DRAFT, by=None, **fields):
    """A plan with `items` lines due every month from October; approved ones need `by`."""
    day = datetime.date(of_pair.year.first_year, 9, 9)
    values = {"goal": "Войти в должность", "request": "Ведение урока", "state": state}
    if state != Plan.State.DRAFT:
        values |= {"submitted_on": day, "waiting_since": day}
    if state in (Plan.State.APPROVED, Plan.State.COMPLETED):
        values |= {"approved_on": day, "first_approved_on": day, "approved_by": by}
    if state == Plan.State.COMPLETED:
        values |= {"completed_on": day}
    made = Plan.objects.create(year=of_pair.year, pair=of_pair, **(values | fields))
    for number in range(items):
        PlanItem.objects.create(
            plan=made, year=made.year, position=number, what=f"Посетить урок {number + 1}", expected="Лист анализа",
            due_on=datetime.date(of_pair.year.first_year, 10, 15) + datetime.timedelta(days=30 * number),
        )  # fmt: skip
    return made


def meeting(*of_pairs, on=None, **fields):
    """A held meeting of one mentor with the mentees of these pairs."""
    first = of_pairs[0]
    made = Meeting.objects.create(
        year=first.year, mentor=first.mentor, on=on or datetime.date(first.year.first_year, 10, 1),
        **{"topic": "Знакомство"} | fields,
    )  # fmt: skip
    for each in of_pairs:
        Attendance.objects.create(year=first.year, meeting=made, pair=each)
    return made


def event(of_year, **fields):
    """A common meeting for everybody, planned for the whole of today unless told otherwise."""
    values = {
        "title": f"Встреча {next(numbers)}", "kind": Event.Kind.MEETING, "on": TODAY,
        "starts_at": datetime.time(0, 0), "ends_at": datetime.time(23, 59, 59),
    }  # fmt: skip
    return Event.objects.create(year=of_year, **values | fields)


def course(of_year, of_person, **fields):
    """A line of the training schedule; `state=CONFIRMED` needs `by`."""
    by = fields.pop("by", None)
    values = {"title": f"Курс {next(numbers)}", "hours": 36, "ends_on": TODAY, "scheduled_on": of_year.starts_on}
    if by:
        values |= {"state": Course.State.CONFIRMED, "confirmed_on": TODAY, "confirmed_by": by}
    return Course.objects.create(year=of_year, person=of_person, **values | fields)


def wave(of_period, side="mentee", competences=(), items=3):
    """A published questionnaire with `items` statements per competence, put to one side in the period."""
    form = Questionnaire.objects.create(
        school=of_period.year.school, code=f"q{next(numbers)}", audience=f"{side}s", title="Анкета", published_on=of_period.opens_on
    )  # fmt: skip
    asked = [each for each in competences for _n in range(items)]
    for position, each in enumerate(asked):
        Question.objects.create(questionnaire=form, position=position, text=f"Утверждение {position}", competence=each)
    return Wave.objects.create(
        year=of_period.year, period=of_period, questionnaire=form, audience=f"{side}s", feeds=True,
        opens_on=of_period.opens_on, closes_on=of_period.closes_on,
    )  # fmt: skip


def response(to_wave, participation, *values, submitted_on="opening", **fields):
    """Answers to the wave's scales in their order; `submitted_on=None` leaves a draft."""
    day = to_wave.opens_on if submitted_on == "opening" else submitted_on
    made = Response.objects.create(
        year=to_wave.year, wave=to_wave, participation=participation, submitted_on=day, **fields
    )  # fmt: skip
    for question, value in zip(to_wave.questionnaire.questions.filter(kind="scale"), values, strict=False):
        Answer.objects.create(
            response=made, question=question, year=to_wave.year, period=to_wave.period,
            wave=to_wave, competence=question.competence, value=value, score=question.score(value),
        )  # fmt: skip
    return made


def roadmap(of_year, items=1, **fields):
    """A draft with one section and `items` items, due by 2 October, each with its checkpoint."""
    made = Roadmap.objects.create(
        year=of_year, **{"title": "Дорожная карта", "period_ends_on": of_year.teaching_ends_on} | fields
    )  # fmt: skip
    section = Section.objects.create(roadmap=made, number=1, title="Организация")
    for number in range(1, items + 1):
        roadmap_item(section, f"1.{number}")
    return made


def roadmap_item(section, number="1.1", **fields):
    """An item of the section with its checkpoints."""
    of_year = section.roadmap.year
    values = {
        "content": f"Мероприятие {number}", "deadline_words": "до 2 октября", "deadline_kind": "by_date",
        "due_on": datetime.date(of_year.first_year, 10, 2), "position": next(numbers),
    }  # fmt: skip
    made = Item.objects.create(roadmap=section.roadmap, section=section, number=number, **values | fields)
    Checkpoint.objects.bulk_create(Checkpoint.planned(made, list(of_year.periods.all())))
    return made


def checkpoint(of_year, **fields):
    """The checkpoint of a new item of the year's roadmap: 1.7, due on 21 November unless told otherwise."""
    plan = getattr(of_year, "roadmap", None) or roadmap(of_year, items=0)
    values = {"indicator": "plans-approved", "due_on": TODAY + datetime.timedelta(days=1)} | fields
    return roadmap_item(plan.sections.first(), f"1.{next(numbers)}", **values).checkpoints.first()


def met_checkpoint(of_year, **fields):
    """A checkpoint whose number is there: the one pair's plan is approved."""
    plan(pair(of_year), state=Plan.State.APPROVED, by=head(of_year.school))
    return checkpoint(of_year, **fields)


def proof(of_checkpoint, by, **fields):
    values = {"kind": "note", "title": "Приказ № 4", "note": "Приказ № 4", "added_on": TODAY, "added_by": by}
    return Proof.objects.create(checkpoint=of_checkpoint, **values | fields)
