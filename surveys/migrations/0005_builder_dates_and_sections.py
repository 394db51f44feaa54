"""What is no longer used says since when; questions of before stand in sections, one a competence."""

from django.db import migrations, models
from django.db.models import F

OWN_WORDS = "Своими словами"


def fill(apps, schema_editor):
    Questionnaire, Section = (apps.get_model("surveys", name) for name in ("Questionnaire", "Section"))
    Questionnaire.objects.filter(archived=True).update(archived_on=F("published_on"))
    for form in Questionnaire.objects.filter(questions__section__isnull=True).distinct():
        homes = {}
        for question in form.questions.filter(section__isnull=True).select_related("competence").order_by("position"):
            title = question.competence.name[:200] if question.competence else OWN_WORDS
            if title not in homes:
                homes[title] = Section.objects.create(questionnaire=form, position=len(homes) + 1, title=title)
            form.questions.filter(pk=question.pk).update(section=homes[title])


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_drop_the_old_columns")]
    operations = [
        migrations.AddField(
            model_name="questionnaire",
            name="archived_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="no longer used since"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
