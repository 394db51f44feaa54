"""The positions of a roadmap, in the words of the paper, with the typed reading of their deadlines."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from roadmap import deadline_words
from roadmap.models.roadmaps import Roadmap, Section


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(roadmap__year__school_id=user.school_id)


class Item(models.Model):
    """One position of the roadmap, in the words of the paper."""

    class DeadlineKind(models.TextChoices):
        BY_DATE = "by_date", _("By a date")
        DATE_LIST = "date_list", _("On several days")
        MONTH = "month", _("In a month")
        MONTH_RANGE = "month_range", _("From month to month")
        FUZZY = "fuzzy", _("About these days")
        RECURRING = "recurring", _("Repeatedly")
        SCHOOL_TERM = "school_term", _("In a school term")
        WHOLE_PERIOD = "whole_period", _("During the whole period")
        EXTERNAL_SCHEDULE = "external_schedule", _("By a separate schedule")
        ON_DEMAND = "on_demand", _("When it is needed")
        RELATIVE = "relative", _("Within a time after an event")
        UNCLEAR = "unclear", _("Not understood: set it by hand")

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.PROTECT, related_name="items", verbose_name=_("section"))
    number = models.CharField(_("№"), max_length=12)
    position = models.PositiveSmallIntegerField(default=0)
    content = models.TextField(_("content"), max_length=4000)
    deadline_words = models.CharField(_("deadline, as in the paper"), max_length=300, blank=True)
    deadline_kind = models.CharField(
        _("kind of deadline"), max_length=20, choices=DeadlineKind, default=DeadlineKind.UNCLEAR
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    times_a_year = models.PositiveSmallIntegerField(
        _("times a year"), null=True, blank=True, validators=[MaxValueValidator(366)]
    )
    deadline_guessed = models.BooleanField(_("the year of the deadline is guessed"), default=False)
    result = models.TextField(_("expected result (kind of document)"), max_length=4000, blank=True)
    indicator_words = models.TextField(_("efficiency indicator, as in the paper"), max_length=4000, blank=True)
    responsible = models.CharField(_("responsible"), max_length=500, blank=True)
    indicator = models.SlugField(_("indicator"), max_length=40, blank=True)
    target = models.PositiveSmallIntegerField(
        _("target, %"), null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("roadmap item")
        verbose_name_plural = _("roadmap items")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "number"],
                name="item_number_once",
                violation_error_message=_("The roadmap already has an item with this number."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.content}"[:200]

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("roadmap_item", args=[self.pk])

    def reading(self):
        """The deadline's typed reading, as `deadline_words.Deadline`."""
        stored = deadline_words.stored(
            self.deadline_kind,
            self.deadline_words,
            self.starts_on,
            self.due_on,
            self.times_a_year,
            self.deadline_guessed,
        )
        return deadline_words.fitting(stored, self.roadmap.year.first_year)
