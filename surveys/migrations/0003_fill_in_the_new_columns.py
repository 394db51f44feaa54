"""Answers of before get their wave and score; waves and questionnaires say for whom they are in the new words."""

from django.db import migrations
from django.db.models import F, FloatField, OuterRef, Subquery
from django.db.models.functions import Cast


def fill(apps, schema_editor):
    Questionnaire, Question, Wave, Response, Answer = (
        apps.get_model("surveys", name) for name in ("Questionnaire", "Question", "Wave", "Response", "Answer")
    )
    for side, audience in (("mentor", "mentors"), ("mentee", "mentees")):
        Questionnaire.objects.filter(side=side).update(audience=audience)
        Wave.objects.filter(side=side).update(audience=audience, feeds=True)
    wave = Response.objects.filter(pk=OuterRef("response_id")).values("wave_id")[:1]
    highest = Question.objects.filter(pk=OuterRef("question_id")).values("highest")[:1]
    Answer.objects.update(wave_id=Subquery(wave))
    Answer.objects.filter(value__isnull=False).update(
        score=1 + 4 * Cast(F("value") - 1, FloatField()) / (Cast(Subquery(highest), FloatField()) - 1)
    )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_parts_of_a_questionnaire")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
