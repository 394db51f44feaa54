# hand-written: a school that was there before the texts gets version 1 of each, as a new school does
import json

from django.conf import settings
from django.db import migrations


def load(apps, schema_editor):
    School, ConsentText = apps.get_model("accounts", "School"), apps.get_model("accounts", "ConsentText")
    texts = json.loads((settings.BASE_DIR / "fixtures" / "consents.json").read_text(encoding="utf-8"))
    for school in School.objects.all():
        for kind, lines in texts.items():
            ConsentText.objects.create(school=school, kind=kind, number=1, text="\n".join(lines))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_consent_texts")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
