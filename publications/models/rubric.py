"""The school's public rubric: its words and what it shows. The page itself is in `reports`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from publications.models.publications import Publication


class RubricQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(school_id=user.school_id)

    def opened(self):
        """What strangers may open."""
        return self.filter(is_open=True)


class Rubric(models.Model):
    school = models.OneToOneField(School, models.CASCADE, related_name="rubric", verbose_name=_("school"))
    is_open = models.BooleanField(_("everybody may read the rubric"), default=False)
    about = models.TextField(_("about the programme"), max_length=20_000, blank=True)
    goals = models.TextField(_("goals"), max_length=10_000, blank=True)
    regulation = models.ForeignKey(
        Publication, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("regulation")
    )
    shows_roadmap = models.BooleanField(_("show the roadmap with its state"), default=True)
    contact = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("whom to ask")
    )
    contact_post = models.CharField(_("post"), max_length=150, blank=True)
    phone = models.CharField(_("phone for strangers"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail for strangers"), max_length=150, blank=True)
    hours = models.CharField(_("when and where"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def __str__(self):
        return str(_("Rubric on the site"))

    @classmethod
    def of(cls, school):
        """The school's rubric; an unsaved, closed one where nobody has written it yet."""
        return cls.objects.filter(school=school).first() or cls(school=school)

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("site_desk")
