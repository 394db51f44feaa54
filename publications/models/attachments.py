"""Photos and documents of a publication. What was a photo is a fresh picture without the camera's notes (papers.photo)."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import StoredFile
from publications.models.publications import Publication


class AttachmentQuerySet(models.QuerySet):
    def present(self):
        return self.filter(removed_on__isnull=True)

    def visible_to(self, user):
        return self.present().filter(publication__in=Publication.objects.visible_to(user).values("pk"))

    def public(self, day):
        """What strangers may have: of a public publication, and nobody in the photo is without a consent in force."""
        return self.shown_with_consent(day).filter(publication__in=Publication.objects.public(day).values("pk"))

    def shown_with_consent(self, day):
        from publications.models.people import Named

        return self.present().filter(~Exists(Named.objects.without_consent(day).filter(attachment=OuterRef("pk"))))


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
