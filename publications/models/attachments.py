"""Photos and documents of a publication. What was a photo is a fresh picture without the camera's notes (papers.photo)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StoredFile
from papers import guard
from publications.models.publications import Publication

PICTURES = (guard.JPEG, guard.PNG, guard.WEBP)


class AttachmentQuerySet(models.QuerySet):
    def present(self):
        return self.filter(removed_on__isnull=True)

    def visible_to(self, user):
        return self.present().filter(publication__in=Publication.objects.visible_to(user))


class Attachment(models.Model):
    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="attachments", verbose_name=_("publication")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    removed_on = models.DateField(_("removed on"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.caption or self.file.name

    def get_absolute_url(self):
        return self.publication.get_absolute_url()

    @property
    def is_photo(self):
        return self.kind == self.Kind.PHOTO
