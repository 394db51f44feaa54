"""People, their standing roles, and their part in a school year."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.models.schools import School, SchoolYear
from accounts.roles import Role
from accounts.text import folded


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The people of the same school for those who run it; oneself for everybody else."""
        people = self.filter(school_id=user.school_id)
        return people if user.has_role(Role.ADMIN, Role.HEAD, Role.CURATOR) else people.filter(pk=user.pk)

    def search(self, words):
        """People whose name, sign-in or e-mail contains every word, ё and case aside."""
        for word in folded(words).split()[:6]:
            self = self.filter(search_key__contains=word)
        return self

    # The two below name models of the records, which point at people: hence the late imports.

    def never_signed_in(self):
        """May sign in and never did; adds `invited`: is there an invitation that can still be used."""
        from accounts.models.records import Invitation

        usable = Invitation.objects.filter(
            person=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
        )
        return self.filter(last_login__isnull=True, is_active=True).annotate(invited=Exists(usable))

    def unreached(self):
        """People to whom a letter of their school could not be sent yet."""
        from accounts.models.records import Letter

        failed = Letter.objects.filter(to=OuterRef("email"), school=OuterRef("school"), sent_at__isnull=True)
        return self.filter(Exists(failed.exclude(error="")))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    class Gender(models.TextChoices):
        MALE = "m", _("male")
        FEMALE = "f", _("female")

    class Language(models.TextChoices):
        RU = "ru", "Русский"
        EN = "en", "English"

    class Theme(models.TextChoices):
        AUTO = "", _("As on the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    school = models.ForeignKey(
        School, models.PROTECT, related_name="people", null=True, blank=True, verbose_name=_("school")
    )
    username = models.CharField(
        _("sign-in name"),
        max_length=150,
        unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+\Z", _("Letters, digits and . @ + - _ only."))],
        error_messages={"unique": _("This sign-in name is taken.")},
        help_text=_("An e-mail address or a name given by the school"),
    )
    email = models.EmailField(
        _("e-mail"),
        max_length=150,
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": _("This e-mail belongs to another person.")},
    )
    last_name = models.CharField(_("last name"), max_length=100)
    first_name = models.CharField(_("first name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    gender = models.CharField(
        _("grammatical gender"),
        max_length=1,
        choices=Gender,
        blank=True,
        help_text=_("Only for the right case of the name in orders"),
    )
    declined = models.JSONField(_("name in other cases"), default=dict, blank=True, editable=False)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.RU)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO, blank=True)
    is_admin = models.BooleanField(_("administrator"), default=False)
    is_head = models.BooleanField(_("head of the school"), default=False)
    is_curator = models.BooleanField(_("curator"), default=False)
    is_site_keeper = models.BooleanField(
        _("site keeper"), default=False, help_text=_("Places news and papers on the school's official site")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("keeper of the installation"), default=False, editable=False)
    search_key = models.CharField(max_length=700, editable=False)
    sort_key = models.CharField(max_length=320, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["last_name", "first_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["school", "sort_key"], name="people_of_school")]
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False)
                | Q(is_admin=False, is_head=False, is_curator=False, is_site_keeper=False),
                name="standing_role_needs_school",
            )
        ]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("person_detail", args=[self.pk])

    def save(self, *args, **kwargs):
        self.username = self.username.strip().lower()
        self.email = (self.email or "").strip().lower() or None
        self.search_key = folded(f"{self.full_name} {self.username} {self.email or ''}")
        self.sort_key = folded(self.full_name)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key", "sort_key", "username", "email"}
        super().save(*args, **kwargs)

    @property
    def full_name(self):
        return " ".join(filter(None, (self.last_name, self.first_name, self.patronymic)))

    @property
    def short_name(self):
        """«Петрова А. И.»"""
        initials = " ".join(f"{part[0]}." for part in (self.first_name, self.patronymic) if part)
        return f"{self.last_name} {initials}".strip()

    @property
    def initials(self):
        return (self.last_name[:1] + self.first_name[:1]).upper()

    @cached_property
    def roles(self):
        """Standing roles, and mentor or mentee for a participation of any year."""
        sides = set(self.participations.order_by().values_list("side", flat=True).distinct()) if self.pk else set()
        standing = {
            Role.ADMIN: self.is_admin,
            Role.HEAD: self.is_head,
            Role.CURATOR: self.is_curator,
            Role.SITE: self.is_site_keeper,
            Role.KEEPER: self.is_superuser,
        }
        return frozenset({role for role, holds in standing.items() if holds} | {Role(side) for side in sides})

    @property
    def has_standing_role(self):
        return self.is_admin or self.is_head or self.is_curator or self.is_site_keeper

    def has_role(self, *roles):
        return not self.roles.isdisjoint(roles)


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(year__school_id=user.school_id)
        return rows if user.has_role(Role.ADMIN, Role.HEAD, Role.CURATOR) else rows.filter(person=user)

    def of_year(self, year):
        return self.filter(year=year)

    def mentors(self):
        return self.filter(side=Participation.Side.MENTOR)

    def mentees(self):
        return self.filter(side=Participation.Side.MENTEE)

    def on(self, day):
        """Those who take part on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Participation(models.Model):
    """A person's part in a school year, on one side."""

    class Side(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        MENTEE = "mentee", _("Mentee")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="participations", verbose_name=_("school year"))
    person = models.ForeignKey(User, models.PROTECT, related_name="participations", verbose_name=_("person"))
    side = models.CharField(_("role in the year"), max_length=6, choices=Side)
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("how many mentees they agree to take"),
        default=1,
        validators=[MaxValueValidator(20), MinValueValidator(0)],
        help_text=_("For mentors; 0 keeps them in reserve"),
    )
    live_pairs = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "person", "side"],
                name="participation_once",
                violation_error_message=_("This person already takes part in this role this year."),
            ),
            models.CheckConstraint(
                condition=Q(side="mentee") | Q(live_pairs__lte=F("capacity")),
                name="mentor_capacity",
                violation_error_message=_("The mentor already has as many mentees as they agreed to take."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="participation_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]
        indexes = [models.Index(fields=["year", "side"], name="participation_year_side")]

    def __str__(self):
        return str(self.person)

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("teacher_detail", args=[self.person_id])

    @property
    def is_mentor(self):
        return self.side == self.Side.MENTOR

    @property
    def free_places(self):
        return max(0, self.capacity - self.live_pairs)
