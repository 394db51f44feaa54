"""Groups of pairs, and the five steps of a pair's work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import SchoolYear


class OfYearQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__school_id=user.school_id)


class Group(models.Model):
    """A set of pairs with a target group: questionnaires and materials go to them; every year starts with «Все пары»."""

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=150)
    about = models.TextField(_("target group"), max_length=1000, blank=True)
    holds_all = models.BooleanField(default=False, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["-holds_all", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "name"],
                name="group_once",
                violation_error_message=_("The list already has this name."),
            ),
            models.UniqueConstraint(fields=["year"], condition=Q(holds_all=True), name="one_group_of_all"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        from django.urls import reverse

        return f"{reverse('pair_list')}?year={self.year.first_year}&group={self.pk}"


class Step(models.Model):
    """One of the five steps of a pair's work (roadmap 1.5), with its due date in this year."""

    class Code(models.TextChoices):
        ACQUAINTANCE = "acquaintance", _("Acquaintance meeting")
        TRIAL = "trial", _("Trial meeting")
        PLANNING = "planning", _("Planning meeting")
        WORK = "work", _("Joint work by the plan")
        FINAL = "final", _("Final meeting")

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="steps")
    code = models.CharField(_("step"), max_length=12, choices=Code)
    due_on = models.DateField(_("due"))
    position = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a pair's work")
        verbose_name_plural = _("steps of a pair's work")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["year", "code"], name="step_once")]

    def __str__(self):
        return self.get_code_display()
