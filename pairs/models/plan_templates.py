"""Starting texts for plans, kept by the school."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from pairs.models.registry import Competence, OfSchoolQuerySet


class PlanTemplate(models.Model):
    """A starting text for plans, kept by the school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="plan_templates")
    code = models.SlugField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    goal = models.TextField(_("goal"), max_length=2000, blank=True)
    archived = models.BooleanField(_("no longer offered"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("plan_template_edit", args=[self.pk])


class PlanTemplateItem(models.Model):
    template = models.ForeignKey(PlanTemplate, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(_("activity, task"), max_length=500)
    due_month = models.PositiveSmallIntegerField(
        _("month"),
        help_text=_("9 for September … 5 for May"),
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    due_day = models.PositiveSmallIntegerField(
        _("day"), default=20, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    expected = models.CharField(_("expected result"), max_length=500, blank=True)
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("item of a plan template")
        verbose_name_plural = _("items of a plan template")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.what

    def due_in(self, year):
        """The date in a school year: September to December of its first calendar year, the rest of its second."""
        return datetime.date(year.first_year + (self.due_month < 9), self.due_month, self.due_day)
