"""What is kept about acts: journal entries, files, invitations, letters."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.schools import School, SchoolYear
from accounts.roles import Role


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(school_id=user.school_id)
        return rows if user.has_role(Role.ADMIN, Role.CURATOR) else rows.none()

    def about(self, target):
        """The history of one object, newest first."""
        kind = ContentType.objects.get_for_model(target, for_concrete_model=True)
        return self.filter(target_type=kind, target_id=target.pk).select_related("by")


class Entry(models.Model):
    """One line of the journal. Append-only: database triggers refuse UPDATE and DELETE."""

    school = models.ForeignKey(School, models.DO_NOTHING, related_name="+", null=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, models.DO_NOTHING, related_name="+", null=True, verbose_name=_("who"))
    by_label = models.CharField(max_length=320, blank=True)
    verb = models.CharField(_("what was done"), max_length=200)
    target_type = models.ForeignKey(ContentType, models.DO_NOTHING, related_name="+")
    target_id = models.BigIntegerField()
    target_label = models.CharField(_("with what"), max_length=500)
    target_url = models.CharField(max_length=300, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    changes = models.JSONField(_("changes"), default=list, blank=True, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["school", "-at"], name="journal_of_school"),
            models.Index(fields=["target_type", "target_id", "-at"], name="journal_of_target"),
        ]

    def __str__(self):
        return f"{self.by_label} {self.verb} {self.target_label}"


class StoredFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who run the school; everybody else reaches a file through the object that carries it."""
        rows = self.filter(school_id=user.school_id)
        return rows if user.has_role(Role.ADMIN, Role.HEAD, Role.CURATOR) else rows.filter(uploaded_by=user)


def random_path(instance, filename):
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class StoredFile(models.Model):
    """An uploaded scan or proof, stored under a random name and served only by views that ask `visible_to`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to=random_path, max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.name


class Invitation(models.Model):
    """One-use link by which a person sets their password; only its hash is stored."""

    person = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self):
        return str(self.person)


class Letter(models.Model):
    """The outbox: a letter waits here until it is sent, so that no request waits for a mail server."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+", null=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("outbox")
        ordering = ["pk"]
        indexes = [models.Index(fields=["created_at"], condition=Q(sent_at__isnull=True), name="letters_waiting")]

    def __str__(self):
        return self.subject


class ImportDraft(models.Model):
    """What a file said, kept between the preview and the confirmation; it belongs to one person."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=255)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("import draft")
        verbose_name_plural = _("import drafts")

    def __str__(self):
        return self.file_name
