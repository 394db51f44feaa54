"""What is known about a teacher, and what they ask for or offer in a year."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.models import Participation, School, SchoolYear, User
from accounts.roles import STAFF


class OfSchoolQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(school_id=user.school_id)

    def in_use(self):
        return self.filter(archived=False)


class Competence(models.Model):
    """One dimension of a teacher's work: requests, offers, questions and plan items speak of the same list."""

    school = models.ForeignKey(School, models.CASCADE, related_name="competences")
    code = models.SlugField(_("code"), max_length=40, editable=False)
    name = models.CharField(_("name"), max_length=150)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    archived = models.BooleanField(_("no longer offered"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                name="competence_once",
                violation_error_message=_("The list already has this name."),
            ),
            models.UniqueConstraint(fields=["school", "code"], name="competence_code_once"),
        ]

    def __str__(self):
        return self.name


class Reason(models.Model):
    """Why somebody is a mentee; several may hold at once."""

    school = models.ForeignKey(School, models.CASCADE, related_name="reasons")
    code = models.SlugField(_("code"), max_length=40, editable=False)
    name = models.CharField(_("name"), max_length=150)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    archived = models.BooleanField(_("no longer offered"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason to be a mentee")
        verbose_name_plural = _("reasons to be a mentee")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                name="reason_once",
                violation_error_message=_("The list already has this name."),
            ),
            models.UniqueConstraint(fields=["school", "code"], name="reason_code_once"),
        ]

    def __str__(self):
        return self.name


class TeacherCardQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(school_id=user.school_id)
        return rows if user.has_role(*STAFF) else rows.filter(person=user)


class TeacherCard(models.Model):
    """What mentoring needs to know about a teacher, and nothing more (152-ФЗ)."""

    class Stage(models.TextChoices):
        PRESCHOOL = "preschool", _("Preschool")
        PRIMARY = "primary", _("Primary school")
        BASIC = "basic", _("Basic school")
        SECONDARY = "secondary", _("Secondary school")

    class Category(models.TextChoices):
        NONE = "none", _("No category")
        FITNESS = "fitness", _("Fit for the post")
        FIRST = "first", _("First category")
        HIGHEST = "highest", _("Highest category")
        METHODIST = "methodist", _("Teacher-methodist")
        MENTOR = "mentor", _("Teacher-mentor")

    school = models.ForeignKey(School, models.PROTECT, related_name="cards")
    person = models.OneToOneField(User, models.PROTECT, related_name="card", verbose_name=_("person"))
    post = models.CharField(_("post"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    stage = models.CharField(_("teaching stage"), max_length=10, choices=Stage, blank=True)
    building = models.CharField(_("building"), max_length=100, blank=True)
    category = models.CharField(_("category"), max_length=10, choices=Category, blank=True)
    experience_months = models.PositiveSmallIntegerField(
        _("teaching experience, months"), null=True, blank=True, validators=[MaxValueValidator(70 * 12)]
    )
    experience_on = models.DateField(_("experience as of"), null=True, blank=True)
    at_school_since = models.DateField(_("at this school since"), null=True, blank=True)
    note = models.CharField(
        _("note"), max_length=500, blank=True, help_text=_("Read by curator, head, administrator and the teacher")
    )
    completed_on = models.DateField(_("card complete since"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = TeacherCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("teacher card")
        verbose_name_plural = _("teacher cards")
        ordering = ["person__sort_key"]

    def __str__(self):
        return str(self.person)

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("teacher_detail", args=[self.person_id])

    def experience_now(self, day=None):
        """Full months of teaching experience on a day (default today), or None when unknown."""
        if self.experience_months is None:
            return None
        day, since = day or today(), self.experience_on or today()
        passed = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
        return max(0, self.experience_months + passed)

    def missing(self):
        """Sentences: what the card still lacks for the personal record (indicator 3.3)."""
        gaps = {
            _("post"): self.post,
            _("subject"): self.subject,
            _("teaching stage"): self.stage,
            _("category"): self.category,
            _("teaching experience"): self.experience_months is not None,
        }
        return [str(name) for name, filled in gaps.items() if not filled]


class MenteeReason(models.Model):
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="reasons")
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participation", "reason"], name="mentee_reason_once")]

    def __str__(self):
        return str(self.reason)


class Request(models.Model):
    """What a mentee asks for (запрос)."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="requests")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+", verbose_name=_("competence"))
    text = models.CharField(_("in own words"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [models.UniqueConstraint(fields=["participation", "competence"], name="request_once")]

    def __str__(self):
        return str(self.competence)


class Offer(models.Model):
    """What a mentor can give (ресурс наставника)."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="offers")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+", verbose_name=_("competence"))

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [models.UniqueConstraint(fields=["participation", "competence"], name="offer_once")]

    def __str__(self):
        return str(self.competence)


class Declined(models.Model):
    """A teacher who qualifies as a mentee but takes no part this year, with the reason (indicator 1.1)."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="declined")
    person = models.ForeignKey(User, models.PROTECT, related_name="declined_years", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=300)
    on = models.DateField(_("date"), default=today)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("declined mentoring")
        verbose_name_plural = _("declined mentoring")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "person"],
                name="declined_once",
                violation_error_message=_("This is recorded already."),
            )
        ]

    def __str__(self):
        return str(self.person)
