"""The demo year's questionnaires: the next version of one is being written since the middle of October."""

from accounts import clock
from surveys.models import Choice, Question, Questionnaire
from surveys.questionnaire_actions import next_version


def of_year(days, curator):
    begun = days.on(10, 15)
    if begun > days.today:
        return
    with clock.on(begun):
        form = Questionnaire.objects.get(school=days.year.school, code="mentor", version=1)
        draft = next_version(form=form, by=curator)
        section = draft.sections.create(title="Время и условия", position=draft.sections.count() + 1)
        ask_about_time(draft, section, draft.questions.count())


def ask_about_time(draft, section, last):
    common = {"questionnaire": draft, "section": section}
    enough = Question.objects.create(
        **common, position=last + 1, kind=Question.Kind.YES_NO, text="Хватает ли вам времени на наставничество?"
    )
    hinders = Question.objects.create(
        **common, position=last + 2, kind=Question.Kind.MANY, text="Что мешает?", with_other=True, required=False,
        only_if=enough, only_if_values=[Question.NO, Question.PARTLY],
    )  # fmt: skip
    words = ("Большая нагрузка", "Не совпадает расписание", "Много бумаг")
    Choice.objects.bulk_create(Choice(question=hinders, number=n, text=text) for n, text in enumerate(words, 1))
