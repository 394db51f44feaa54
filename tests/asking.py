"""Questionnaires with questions of every kind, and people who answer them."""

import datetime

from surveys.models import Choice, Question, Questionnaire, Wave
from tests import factories as make

Kind = Question.Kind


def questionnaire(school, **fields):
    """A published one with a question of every kind; the last is asked only of those who need help."""
    values = {"code": f"k{next(make.numbers)}", "title": "Анкета", "purpose": "other", "audience": "everybody"}
    form = Questionnaire.objects.create(school=school, published_on=make.TODAY, **values | fields)
    part = form.sections.create(title="Первый раздел")
    ask(part, Kind.SCALE, "Насколько полезно?", highest=10, low_label="совсем нет", high_label="очень")
    ask(part, Kind.ONE, "Как удобнее?", choices=("Очно", "Дистанционно"), with_other=True)
    ask(part, Kind.MANY, "Что нужно?", choices=("Разбор", "Образцы", "Время"), with_other=True)
    ask(part, Kind.LINE, "Одним словом", required=False)
    ask(part, Kind.TEXT, "Подробнее", required=False)
    help_needed = ask(part, Kind.YES_NO, "Нужна ли помощь?")
    ask(part, Kind.LINE, "Какая?", only_if=help_needed, only_if_values=[Question.YES, Question.PARTLY])
    return form


def ask(part, kind, text, choices=(), **fields):
    made = Question.objects.create(
        questionnaire=part.questionnaire, section=part, kind=kind, text=text,
        position=part.questionnaire.questions.count(), **fields
    )  # fmt: skip
    for number, words in enumerate(choices, 1):
        Choice.objects.create(question=made, number=number, text=words)
    return made


def wave(year, form, **fields):
    """Open from two days ago for ten days, of own dates unless a period is given."""
    days = {"opens_on": make.TODAY - datetime.timedelta(days=2), "closes_on": make.TODAY + datetime.timedelta(days=8)}
    values = {"audience": form.audience, "group": form.group, "anonymous": form.anonymous}
    made = Wave(year=year, questionnaire=form, **values | days | fields)
    made.derive()
    made.save()
    return made


def posted(form, submit=True, **given):
    """What a browser sends: full answers, with other ones by the beginning of the question's text."""
    values = {
        "Насколько": "8", "Как": "2", "Что": ["1", "3"], "Одним": "Хорошо", "Подробнее": "Всё было по делу",
        "Нужна": "1", "Какая": "",
    }  # fmt: skip
    data = {f"q{each.pk}": values.get(each.text.split()[0].rstrip("?"), "3") for each in form.questions.all()}
    data |= {key: value for key, value in given.items() if value is not None}
    return data | ({"submit": "1"} if submit else {"save": "1"})


def named(form, beginning):
    return form.questions.get(text__startswith=beginning)
