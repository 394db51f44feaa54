"""The head's order that fixes pairs."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import workflow
from accounts.clock import today
from accounts.models import Consent, SchoolYear, StoredFile
from accounts.roles import Role
from accounts.workflow import Move
from pairs.models.groups import OfYearQuerySet

# From this day a pair cannot come into force without the mentor's written consent (Labour Code art. 351.8).
CONSENT_BINDS_FROM = datetime.date(2025, 3, 1)


class Order(models.Model):
    """The head's order that fixes pairs (приказ о закреплении наставнических пар)."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("order", "Draft")
        SIGNED = "signed", pgettext_lazy("order", "Signed")
        WITHDRAWN = "withdrawn", pgettext_lazy("order", "Withdrawn")

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="orders")
    number = models.CharField(_("order №"), max_length=40, blank=True)
    signed_on = models.DateField(_("date of the order"), null=True, blank=True)
    in_force_from = models.DateField(_("pairs work from"), default=today)
    until = models.DateField(_("pairs work until"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=500, blank=True)
    text = models.TextField(_("text of the order"), max_length=20_000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signed") | (Q(signed_on__isnull=False) & ~Q(number="")),
                name="signed_order_has_number_and_date",
                violation_error_message=_("A signed order has a number and a date."),
            ),
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=Q(state="signed"),
                name="order_number_once",
                violation_error_message=_("There is an order with this number already."),
            ),
        ]

    MOVES = {
        "sign": Move(
            label=_("Sign: the pairs are fixed"),
            done=_("signed the order"),
            sources=("draft",),
            target="signed",
            roles=(Role.CURATOR,),
            missing=lambda order: order.missing(),
            effect=lambda order, by: order.fix_pairs(by),
            tone="primary",
        ),
        "withdraw": Move(
            label=_("Withdraw the draft order"),
            done=_("withdrew the draft order"),
            sources=("draft",),
            target="withdrawn",
            roles=(Role.CURATOR,),
            comment=True,
            effect=lambda order, by: order.pairs.update(order=None),
        ),
    }

    def missing(self):
        """Sentences: what forbids to sign."""
        pairs = list(self.pairs.select_related("mentor__person", "mentee__person"))
        gaps = [] if self.number and self.signed_on else [_("Write the number and the date of the order.")]
        gaps += [] if pairs else [_("Add pairs to the order.")]
        if self.in_force_from >= CONSENT_BINDS_FROM:
            gaps += [
                _("%(name)s: the written consent to work as a mentor is not recorded.") % {"name": person}
                for person in self.without_consent(pairs)
            ]
        return gaps

    def without_consent(self, pairs=None):
        """Mentors of the order without a consent in force (Labour Code art. 351.8)."""
        pairs = self.pairs.select_related("mentor__person") if pairs is None else pairs
        people = {pair.mentor.person_id: pair.mentor.person for pair in pairs}
        given = Consent.objects.filter(person__in=people, kind=Consent.Kind.MENTOR_WORK).in_force(self.in_force_from)
        agreed = set(given.values_list("person_id", flat=True))
        return [person for pk, person in people.items() if pk not in agreed]

    def fix_pairs(self, by):
        for pair in self.pairs.select_related("mentor__person", "mentee__person", "year__school"):
            workflow.perform(pair, "fix", by, order=self)

    def __str__(self):
        if not self.number:
            return str(_("Draft order"))
        return str(_("Order № %(number)s") % {"number": self.number})

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("order_detail", args=[self.pk])
