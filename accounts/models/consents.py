"""Consents: the texts that a school asks for, every version kept, and what people gave and took back."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.models.people import User
from accounts.models.records import StoredFile
from accounts.models.schools import School
from accounts.roles import Role


class ConsentKind(models.TextChoices):
    """Each purpose is a separate paper."""

    MENTOR_WORK = "mentor_work", _("to work as a mentor")
    PARTICIPATION = "participation", _("to take part in mentoring")
    PERSONAL_DATA = "personal_data", _("to the processing of personal data")
    PUBLICATION = "publication", _("to the publication of name and photo")


class ConsentTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(school_id=user.school_id)

    def newest(self):
        """One of each kind: the version that is given now."""
        newer = ConsentText.objects.filter(
            school=OuterRef("school"), kind=OuterRef("kind"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))

    def on(self, day):
        """The version that was given on the day, of one kind; None before the first."""
        return self.filter(since__lte=day).order_by("-number").first()


class ConsentText(models.Model):
    """A version of the wording of one consent. Never changed: an edit makes the next one."""

    school = models.ForeignKey(School, models.PROTECT, related_name="consent_texts")
    kind = models.CharField(_("consent"), max_length=15, choices=ConsentKind)
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=20_000)
    since = models.DateField(_("from"), default=today)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name=_("who"))

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "number"], name="consent_text_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="consent_text_numbered_from_one"),
        ]

    def __str__(self):
        return _("Consent %(kind)s, version %(number)d") % {"kind": self.get_kind_display(), "number": self.number}

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("consent_text_edit", args=[self.kind])


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(person__school_id=user.school_id)
        return rows if user.has_role(Role.ADMIN, Role.HEAD, Role.CURATOR) else rows.filter(person=user)

    def in_force(self, day):
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day), given_on__lte=day)

    def given_to_older_text(self):
        """Given to a version after which the school wrote another; a paper in the school's own words is not counted."""
        newer = ConsentText.objects.filter(
            school=OuterRef("text__school"), kind=OuterRef("kind"), number__gt=OuterRef("text__number")
        )
        return self.filter(Exists(newer))


class Consent(models.Model):
    """A paper, or a step on the screen, by which a person agreed to something. Withdrawn, it stays with its dates."""

    Kind = ConsentKind

    person = models.ForeignKey(User, models.PROTECT, related_name="consents", verbose_name=_("person"))
    kind = models.CharField(_("consent"), max_length=15, choices=ConsentKind)
    text = models.ForeignKey(
        ConsentText,
        models.PROTECT,
        related_name="consents",
        null=True,
        blank=True,
        verbose_name=_("version of the text"),
    )
    text_version = models.CharField(
        _("other wording"),
        max_length=60,
        blank=True,
        help_text=_("If the sheet was not printed here: its name, date or version"),
    )
    wording = models.TextField(_("what was agreed to, word for word"), blank=True, editable=False)
    given_on = models.DateField(_("given on"), default=today)
    on_screen = models.BooleanField(_("given on the screen"), default=False, editable=False)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name=_("signed sheet")
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name=_("recorded by"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("withdrawal recorded by")
    )
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_consent_in_force",
                violation_error_message=_("This consent is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("consent_detail", args=[self.pk])

    @property
    def version(self):
        """Which words were agreed to, as people name them."""
        if self.text_id:
            return _("version %(number)d") % {"number": self.text.number}
        return self.text_version
