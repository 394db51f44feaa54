"""Acts over several models of publications."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import files, journal
from accounts.clock import today
from accounts.workflow import Refused
from publications.files import kind_of
from publications.models import Attachment, Named, PlacedName, Placement, Publication
from publications.models.people import mark_seemingly_named, words_of_file

MOST_FILES = 30  # of one publication


@transaction.atomic
def offer(*, form, by):
    """Save what a PublicationForm holds; a mentor's own material names its author. None when it was refused."""
    publication = form.instance
    is_new = publication._state.adding
    if is_new:
        publication.school, publication.offered_by = by.school, by
    saved = journal.save(form, by)
    if saved and is_new and not by.is_curator:
        Named.objects.create(publication=saved, person=by, place=Named.Place.AUTHOR)
    if saved and {"title", "body", "audience"} & set(form.changed_data):
        mark_if_published(saved, None if "audience" in form.changed_data else f"{saved.title}\n{saved.body}")
    return saved


def mark_if_published(publication, words):
    """What is new in something that strangers read already."""
    if publication.state == Publication.State.PUBLISHED:
        mark_seemingly_named(publication, words)


@transaction.atomic
def attach(*, form, by):
    """Keep the file of a valid AttachmentForm. Raises Refused when the publication carries enough already."""
    attachment = form.instance
    Publication.objects.select_for_update(of=("self",)).get(pk=attachment.publication_id)
    there = Attachment.objects.filter(publication=attachment.publication_id)
    if there.present().count() >= MOST_FILES:
        raise Refused(_("%(n)d files are enough for one publication.") % {"n": MOST_FILES})
    upload = form.cleaned_data["upload"]
    attachment.file, attachment.kind = files.store(upload, by=by), kind_of(upload)
    attachment.position = there.count()
    attachment.save()
    show_people(attachment, form.cleaned_data.get("people", ()))
    mark_if_published(attachment.publication, words_of_file(attachment))
    journal.record(by, _("added a file"), attachment.publication, comment=attachment.file.name)
    return attachment


@transaction.atomic
def describe(*, form, by):
    """Caption and people of an attachment that is there."""
    attachment = journal.save(form, by)
    if attachment and "people" in form.cleaned_data:
        show_people(attachment, form.cleaned_data["people"])
    if attachment:
        mark_if_published(attachment.publication, words_of_file(attachment))
    return attachment


def show_people(attachment, people):
    """Who is in the photo, all of them."""
    if not attachment.is_photo:
        people = ()
    rows = Named.objects.filter(attachment=attachment)
    rows.exclude(person__in=people).delete()
    known = set(rows.values_list("person_id", flat=True))
    common = {"publication": attachment.publication, "attachment": attachment, "place": Named.Place.PHOTO}
    Named.objects.bulk_create(Named(person=person, **common) for person in people if person.pk not in known)


@transaction.atomic
def remove(*, attachment, by):
    """Take a file off; it stays in the history. Raises Refused when somebody was faster."""
    if not Attachment.objects.present().filter(pk=attachment.pk).update(removed_on=today()):
        raise Refused(_("Somebody was faster: this file is removed already."))
    journal.record(by, _("removed a file"), attachment.publication, comment=attachment.file.name)


@transaction.atomic
def name_people(*, publication, authors, named, by):
    """Who wrote it and who is named in its text, all of them."""
    changed = []
    for place, people in ((Named.Place.AUTHOR, authors), (Named.Place.TEXT, named)):
        rows = Named.objects.filter(publication=publication, place=place)
        gone, _kinds = rows.exclude(person__in=people).delete()
        known = set(rows.values_list("person_id", flat=True))
        new = [Named(publication=publication, person=each, place=place) for each in people if each.pk not in known]
        Named.objects.bulk_create(new)
        changed += [place] * bool(gone or new)
    if changed:
        journal.record(by, _("changed who is named"), publication)


@transaction.atomic
def place(*, address, placed_on, by, publications=(), month=None, section=False):
    """Record that these stand on the official site; who is named in them is kept beside. Raises Refused for nothing new.

    A double press raises IntegrityError: the database holds one placement in force of each.
    """
    common = {"school": by.school, "address": address, "placed_on": placed_on, "placed_by": by}
    made = [Placement.objects.create(**common)] if section else []
    made += [Placement.objects.create(publication=each, month=month, **common) for each in publications]
    if not made:
        raise Refused(_("Everything of this month is recorded as placed already."))
    for placement in made:
        keep_names(placement)
        journal.record(by, _("recorded the placement on the official site"), placement, comment=address)
    return made


def keep_names(placement):
    """Who was shown to strangers on the day of the placement; who is named without a consent is kept too."""
    named = Named.objects.filter(publication=placement.publication)
    authors = named.filter(place=Named.Place.AUTHOR).with_consent(placement.placed_on)
    rest = named.exclude(place=Named.Place.AUTHOR).filter(attachment__removed_on__isnull=True)
    people = {*authors.values_list("person_id", flat=True), *rest.values_list("person_id", flat=True)}
    PlacedName.objects.bulk_create(PlacedName(placement=placement, person_id=person) for person in sorted(people))


@transaction.atomic
def take_down(*, placement, on, by):
    """Record that it no longer stands on the official site. Raises Refused for a wrong day and when somebody was faster."""
    if not placement.placed_on <= on <= today():
        raise Refused(_("The day must lie between the placement and today."))
    rows = Placement.objects.filter(pk=placement.pk, taken_down_on__isnull=True)
    if not rows.update(taken_down_on=on, taken_down_by=by):
        raise Refused(_("Somebody was faster: this is recorded as taken down already."))
    journal.record(by, _("recorded that it was taken down from the official site"), placement)
