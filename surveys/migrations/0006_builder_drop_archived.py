from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_builder_dates_and_sections")]
    operations = [migrations.RemoveField(model_name="questionnaire", name="archived")]
