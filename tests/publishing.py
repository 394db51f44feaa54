"""Makers of materials, news, photos, consents and placements; people are named by role."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import clock, files
from accounts.models import Consent
from papers import guard
from publications import actions
from publications.models import Attachment, Named, Placement, Publication, Rubric
from publications.starting import start_year
from tests.factories import TODAY, curator, person

PUBLISHED = {"state": "published", "published_on": TODAY, "body": "Как это было"}


def publication(school, **fields):
    return Publication.objects.create(school=school, **{"title": "Лист наблюдения", **PUBLISHED} | fields)


def material(school, sort="didactic", **fields):
    return publication(school, **{"kind": "material", "sort": sort, "audience": "everybody"} | fields)


def news(school, **fields):
    return publication(
        school, **{"kind": "news", "audience": "public", "dated": TODAY, "title": "Общая встреча"} | fields
    )


def draft(made):
    Publication.objects.filter(pk=made.pk).update(state="draft", published_on=None)
    made.refresh_from_db()
    return made


def named(made, who, place="text", attachment=None):
    return Named.objects.create(publication=made, person=who, place=place, attachment=attachment)


def agrees(who, since=TODAY):
    return Consent.objects.create(person=who, kind="publication", given_on=since)


def takes_back(who, on=TODAY):
    Consent.objects.filter(person=who, kind="publication").update(withdrawn_on=on)


def rubric(school, **fields):
    return Rubric.objects.create(school=school, **{"is_open": True, "about": "О программе"} | fields)


def months(year):
    start_year(year=year)
    return year.months.all()


def picture(kind="JPEG", size=(64, 48), **how):
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **how)
    return out.getvalue()


def photo(made, by, *people, caption="Встреча"):
    """A photo of the publication with these people in it."""
    upload = SimpleUploadedFile("foto.jpg", picture(), guard.JPEG)
    row = Attachment.objects.create(publication=made, kind="photo", caption=caption, file=files.store(upload, by=by))
    for each in people:
        named(made, each, "photo", row)
    return row


def placed(made, by=None, on=TODAY, **fields):
    by = by or curator(made.school)
    row = actions.place(address=f"https://site.test/{made.pk}", placed_on=on, by=by, publications=[made], **fields)[0]
    return Placement.objects.get(pk=row.pk)


def told_and_placed(school):
    """A rubric that asks nothing of anybody today: open, with a site keeper, with news that is placed."""
    keeper = person(school, is_site_keeper=True, last_login=clock.now())
    rubric(school)
    placed(news(school), keeper)
    actions.place(address="https://site.test", placed_on=TODAY, by=keeper, section=True)
    return school
