"""Years that are there already get their months."""

from calendar import monthrange
from datetime import date

from django.db import migrations


def add_months(apps, schema_editor):
    Year, Month = apps.get_model("accounts", "SchoolYear"), apps.get_model("publications", "Month")
    for year in Year.objects.all():
        for number in range(12):
            first = date(year.first_year + (8 + number) // 12, (8 + number) % 12 + 1, 1)
            last = first.replace(day=monthrange(first.year, first.month)[1])
            Month.objects.get_or_create(year=year, starts_on=first, defaults={"ends_on": last})


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]

    operations = [migrations.RunPython(add_months, migrations.RunPython.noop)]
