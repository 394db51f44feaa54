"""What a school and a school year begin with in the room of publications."""

import json
from calendar import monthrange
from datetime import date

from django.conf import settings
from django.db import transaction

from publications.models import PUBLIC, Month, Publication

MONTHS = 12


def start_year(*, year):
    """The twelve months of a school year, from September on; running it again adds only what is missing."""
    for number in range(MONTHS):
        first = date(year.first_year + (8 + number) // 12, (8 + number) % 12 + 1, 1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        Month.objects.get_or_create(year=year, starts_on=first, defaults={"ends_on": last})


@transaction.atomic
def load_documents(*, school):
    """Federal documents as drafts that the curator checks and publishes; running it again adds only what is missing."""
    path = settings.BASE_DIR / "fixtures" / "normative_documents.json"
    for row in json.loads(path.read_text(encoding="utf-8")):
        code = row.pop("code")
        fixed = {"kind": Publication.Kind.DOCUMENT, "audience": PUBLIC}
        Publication.objects.get_or_create(school=school, source=f"starting:{code}", defaults=row | fixed)
