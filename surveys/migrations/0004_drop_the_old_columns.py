import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_fill_in_the_new_columns")]
    operations = [
        migrations.RemoveField(model_name="questionnaire", name="side"),
        migrations.RemoveField(model_name="wave", name="side"),
        migrations.AlterField(
            model_name="wave",
            name="audience",
            field=models.CharField(choices=[('everybody', 'Everybody'), ('mentors', 'Mentors'), ('mentees', 'Mentees'), ('group', 'A group of pairs')], max_length=10, verbose_name='for whom'),
        ),
        migrations.AlterField(
            model_name="answer",
            name="wave",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.wave'),
        ),
    ]
