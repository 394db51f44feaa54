"""What stands on the school's official site: where, since when, and whom it names."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.models import School, User
from publications.models.months import Month
from publications.models.people import lacks_consent
from publications.models.publications import Publication


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(school_id=user.school_id)

    def in_force(self, day):
        """What stood on the site at the end of that day."""
        return self.filter(Q(taken_down_on__isnull=True) | Q(taken_down_on__gt=day), placed_on__lte=day)

    def of_section(self):
        return self.filter(publication__isnull=True)

    def of_posts(self):
        return self.filter(publication__isnull=False)

    def of_year(self, year):
        return self.filter(school_id=year.school_id, placed_on__range=(year.starts_on, year.ends_on))

    def to_take_down(self, day):
        """What names somebody whose consent is no longer in force, and what the school has withdrawn."""
        unasked = PlacedName.objects.filter(lacks_consent(day), placement=OuterRef("pk"))
        withdrawn = Q(publication__state=Publication.State.WITHDRAWN)
        return self.in_force(day).filter(Q(Exists(unasked)) | withdrawn)


class Placement(models.Model):
    """One publication, or the section itself, placed on the official site. A month's issue is a row for each of its posts."""

    school = models.ForeignKey(School, models.PROTECT, related_name="placements", verbose_name=_("school"))
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name=_("publication")
    )
    month = models.ForeignKey(
        Month, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name=_("issue of the month")
    )
    address = models.URLField(_("address on the official site"), max_length=500)
    placed_on = models.DateField(_("placed on"), default=today)
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("placed by"))
    taken_down_on = models.DateField(_("taken down on"), null=True, blank=True)
    taken_down_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement on the official site")
        verbose_name_plural = _("placements on the official site")
        ordering = ["-placed_on", "-pk"]
        indexes = [models.Index(fields=["school", "-placed_on"], name="placements_of_school")]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"],
                condition=Q(taken_down_on__isnull=True),
                name="placed_once",
                violation_error_message=_("This is recorded as placed already."),
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(taken_down_on__isnull=True, publication__isnull=True),
                name="one_section_on_the_site",
                violation_error_message=_("The address of the section is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(publication__isnull=False), name="an_issue_is_made_of_posts"
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True, taken_down_by__isnull=True)
                | Q(taken_down_on__gte=F("placed_on"), taken_down_by__isnull=False),
                name="placement_dates_in_order",
                violation_error_message=_("The end cannot be before the beginning."),
            ),
        ]

    def __str__(self):
        return str(self.publication) if self.publication_id else str(_("Section on the official site"))

    def get_absolute_url(self):
        from django.urls import reverse

        return self.publication.get_absolute_url() if self.publication_id else reverse("site_desk")


class PlacedName(models.Model):
    """Who was named or shown in what was placed: kept, for the post may change while the official site does not."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="names")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("name on the official site")
        verbose_name_plural = _("names on the official site")
        ordering = ["person__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["placement", "person"], name="placed_name_once")]

    def __str__(self):
        return str(self.person)
