"""Whose name or face a publication shows: each of them needs a consent before strangers see it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, User
from publications.models.attachments import Attachment
from publications.models.publications import PUBLIC, Publication
from publications.naming import seem_named


def lacks_consent(day, person="person"):
    """A condition on rows with a `person`: no consent to publication is in force for them on that day."""
    given = Consent.objects.in_force(day).filter(kind=Consent.Kind.PUBLICATION, person=OuterRef(person))
    return ~Exists(given)


def mark_seemingly_named(publication, words=None):
    """Who seems to be named in public and was ever asked is marked: the text then goes with the consent.

    `words`: what is new in it, else all. The curator sees the marks and takes a wrong one off; who was never asked is
    only warned of.
    """
    if publication.audience != PUBLIC:
        return
    asked = Consent.objects.filter(kind=Consent.Kind.PUBLICATION, person=OuterRef("pk"))
    people = User.objects.filter(Exists(asked), school=publication.school_id, is_active=True)
    for person in seem_named(words or all_words(publication), people):
        Named.objects.get_or_create(publication=publication, person=person, place=Named.Place.TEXT)


def all_words(publication):
    there = publication.attachments.present().select_related("file")
    return "\n".join([publication.title, publication.body, *map(words_of_file, there)])


def words_of_file(attachment):
    """What strangers read of a file before they open it."""
    return f"{attachment.caption}\n{attachment.file.name.replace('_', ' ')}"


class NamedQuerySet(models.QuerySet):
    def without_consent(self, day):
        return self.filter(lacks_consent(day))

    def with_consent(self, day):
        return self.exclude(lacks_consent(day))


class Named(models.Model):
    class Place(models.TextChoices):
        AUTHOR = "author", _("author")
        TEXT = "text", _("named in the text")
        PHOTO = "photo", _("shown in a photo")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="named", verbose_name=_("publication"))
    person = models.ForeignKey(User, models.PROTECT, related_name="named_in", verbose_name=_("person"))
    place = models.CharField(_("where"), max_length=6, choices=Place)
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, blank=True, related_name="shown")

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        ordering = ["place", "person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "person", "place"], condition=~Q(place="photo"), name="named_once"
            ),
            models.UniqueConstraint(
                fields=["attachment", "person"], condition=Q(place="photo"), name="shown_once_in_a_photo"
            ),
            models.CheckConstraint(
                condition=Q(place="photo", attachment__isnull=False) | (~Q(place="photo") & Q(attachment__isnull=True)),
                name="photo_says_who_is_in_it",
            ),
        ]

    def __str__(self):
        return str(self.person)
