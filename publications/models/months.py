"""The months of a school year: news is told month by month, and the roadmap asks about each."""

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import SchoolYear


class MonthQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__school_id=user.school_id)

    def of_period(self, year, until):
        """Months of the year that have begun by the end of its period."""
        return self.filter(year=year, starts_on__lte=until)


class Month(models.Model):
    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="months", verbose_name=_("school year"))
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))

    objects = MonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("month")
        verbose_name_plural = _("months")
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["year", "starts_on"], name="month_once"),
            models.CheckConstraint(condition=Q(starts_on__lt=models.F("ends_on")), name="month_dates_in_order"),
        ]

    def __str__(self):
        return date_format(self.starts_on, "YEAR_MONTH_FORMAT")

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("pack_month", args=[self.pk])
