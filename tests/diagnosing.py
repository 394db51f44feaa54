"""What tests of the analysis make: an entry wave whose questions ask for competences, and people's answers to it."""

from pairs.models import PlanTemplateItem
from surveys.models import (
    Analysis,
    Answer,
    Choice,
    Finding,
    Note,
    Pick,
    Question,
    Questionnaire,
    Support,
    Thresholds,
    Wave,
)
from tests import factories as make


def entry_wave(year, side="mentee", competences=()):
    """The entry questionnaire of one side: a scale and a choice for each competence, one open question."""
    form = Questionnaire.objects.create(
        school=year.school, code=f"entry{next(make.numbers)}", audience=f"{side}s", title="Входная анкета",
        purpose=Questionnaire.Purpose.ENTRY, published_on=year.starts_on,
    )  # fmt: skip
    for place, each in enumerate(competences):
        Question.objects.create(questionnaire=form, position=place, text=f"Умею: {each}", competence=each)
    kind = Question.Kind
    picks = Question.objects.create(questionnaire=form, position=50, kind=kind.MANY, text="С чем помочь?")
    for number, each in enumerate(competences, 1):
        Choice.objects.create(question=picks, number=number, text=str(each), competence=each)
    Question.objects.create(questionnaire=form, position=51, kind=kind.TEXT, text="Своими словами", required=False)
    period = year.periods.filter(number=1).first() or make.period(year, 1)
    return Wave.objects.create(
        year=year, period=period, questionnaire=form, audience=f"{side}s", feeds=True, opens_on=period.opens_on,
        closes_on=period.closes_on,
    )  # fmt: skip


def answered(wave, part, *values, picked=(), words="", on=None):
    """A submitted questionnaire: points of the scales in their order, numbers of the picked choices."""
    made = make.response(wave, part, *values, submitted_on=on or wave.opens_on)
    several, text = wave.questionnaire.questions.order_by("position")[len(values) :]
    fields = {"response": made, "year": wave.year, "wave": wave, "period": wave.period}
    given = Answer.objects.create(question=several, **fields)
    Pick.objects.bulk_create(Pick(answer=given, number=number) for number in picked)
    if words:
        Answer.objects.create(question=text, text=words, **fields)
    return made


def build_analysis(w):
    """For the tests about access: what was read out of the answers; by these thresholds both mentees are weak."""
    Thresholds.objects.create(school=w.school, weak_up_to=3.2, strong_from=4.5)
    Note.objects.create(year=w.year, conclusions="Выводы", proposals="Предложения")
    held = {"year": w.year, "by": w.curator, "interviewed_on": make.TODAY, "conclusion": "Начать с урока"}
    Analysis.objects.create(participation=w.mentee_part, response=w.mentee_part.responses.first(), **held)
    w.weak = w.past_wave.questionnaire.questions.filter(competence__isnull=False).order_by("pk").first().competence
    w.finding = Finding.objects.create(
        year=w.year, participation=w.mentee_part, competence=w.competence, kind="request", by=w.curator
    )
    w.support, w.colleagues_support = (
        Support.objects.create(
            year=w.year, participation=part, competence=w.weak, wave=w.past_wave, by=w.curator, material="Памятка",
            address="https://school.test/1",
        )
        for part in (w.mentee_part, w.newcomer_part)
    )  # fmt: skip
    w.newcomer = w.newcomer_part.person
    w.proposed = PlanTemplateItem.objects.create(
        template=w.template, what="Открытый урок", expected="Лист", due_month=5, competence=w.weak
    )


def line_is_asked_for(w):
    fields = {"year": w.year, "participation": w.mentee_part, "competence": w.weak, "wave": w.past_wave}
    Support.objects.create(wanted=w.proposed, by=w.mentee, **fields)
