"""Acts over several models of the registry."""

import json

from django.conf import settings
from django.db import transaction

from pairs.models import Competence, Reason


@transaction.atomic
def load_starting_sets(*, school):
    """Competences and reasons that come with the portal; running it again adds only what is missing."""
    lists = json.loads((settings.BASE_DIR / "fixtures" / "starting_lists.json").read_text(encoding="utf-8"))
    for model, rows in ((Competence, lists["competences"]), (Reason, lists["reasons"])):
        for position, row in enumerate(rows):
            defaults = {"name": row["name"], "position": position}
            model.objects.get_or_create(school=school, code=row["code"], defaults=defaults)
