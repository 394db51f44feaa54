"""What the school writes for its participants and for everybody: materials, documents, news, best practices."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import today
from accounts.models import School, User
from accounts.roles import STAFF, Role
from accounts.text import folded
from accounts.workflow import Move
from pairs.audience import Audience
from pairs.models import Competence, Group, Pair, Step

PUBLIC = "public"  # besides the audiences inside the school: strangers, on the rubric
READERS = [
    (PUBLIC, _("Everybody, the public rubric too")),
    (Audience.EVERYBODY.value, _("All participants")),
    (Audience.MENTORS.value, Audience.MENTORS.label),
    (Audience.MENTEES.value, Audience.MENTEES.label),
    (Audience.GROUP.value, Audience.GROUP.label),
]


def is_own(publication, user):
    return publication.offered_by_id == user.pk


def why_not_shown(publication):
    """What is missing before somebody else may read it, as sentences."""
    return publication.gaps()


def nothing_to_read(publication):
    return publication.empty()


def published_today(publication, by):
    return {"published_on": today(), "published_by": by}


def withdrawn_today(publication, by):
    return {"withdrawn_on": today()}


def mark_who_seems_named(publication, by):
    from publications.models.people import mark_seemingly_named

    mark_seemingly_named(publication)


def no_longer_published(publication, by):
    return {"published_on": None, "published_by": None, "withdrawn_on": None}


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everything for those who run the school; for the others what is published and addressed to them, and their own."""
        rows = self.filter(school_id=user.school_id)
        if user.has_role(*STAFF):
            return rows
        seen = Q(state=Publication.State.PUBLISHED) & addressed_to(user) | Q(offered_by=user)
        if user.has_role(Role.SITE):  # what was withdrawn may still stand on the official site
            seen |= Q(audience=PUBLIC, state=Publication.State.WITHDRAWN)
        return rows.filter(seen)

    def published_by(self, day):
        """What was published and not withdrawn on that day."""
        still = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        return self.filter(still, published_on__lte=day)

    def public(self, day):
        """What strangers may read: nobody is named in it without a consent that is in force."""
        from publications.models.people import Named

        unasked = Named.objects.without_consent(day).filter(publication=OuterRef("pk"), place=Named.Place.TEXT)
        shown = self.filter(state=Publication.State.PUBLISHED, audience=PUBLIC, published_on__lte=day)
        return shown.filter(~Exists(unasked))

    def hidden(self, day):
        """Public ones that strangers do not see, because somebody is named in them without a consent."""
        shown = self.filter(state=Publication.State.PUBLISHED, audience=PUBLIC, published_on__lte=day)
        return shown.exclude(pk__in=self.public(day).values("pk"))

    def waiting(self, day):
        """What strangers may read and what does not stand on the official site."""
        from publications.models.placements import Placement

        there = Placement.objects.filter(publication=OuterRef("pk"), taken_down_on__isnull=True)
        return self.public(day).filter(~Exists(there))

    def search(self, words):
        """Those whose title, number or text contains every word, ё and case aside."""
        for word in folded(words).split()[:6]:
            self = self.filter(search_key__contains=word)
        return self

    def of_month(self, month):
        """News by its own date, everything else by the day on which it was published."""
        days = (month.starts_on, month.ends_on)
        news = Q(kind=Publication.Kind.NEWS)
        return self.filter(news & Q(dated__range=days) | ~news & Q(published_on__range=days))

    def for_outer_group(self):
        """In a query over groups: what serves the pairs of each, all but what is addressed to another group."""
        to_all = Q(group__holds_all=True, group__year=OuterRef("year"))
        return self.filter(~Q(audience=Audience.GROUP) | Q(group=OuterRef("pk")) | to_all)


def addressed_to(user):
    """A condition: which audiences hold this person."""
    sides = {Role.MENTOR: Audience.MENTORS, Role.MENTEE: Audience.MENTEES}
    found = [audience for role, audience in sides.items() if user.has_role(role)]
    condition = Q(audience=PUBLIC)
    if not found:
        return condition
    of_all = Group.objects.filter(holds_all=True, year__participations__person=user)
    # Two questions, each from the person's own pairs: one with an "or" would read the groups of every school.
    own = [Pair.groups.through.objects.filter(**{f"pair__{side}__person": user}) for side in ("mentor", "mentee")]
    groups = Q(group__in=of_all.values("pk"))
    for rows in own:
        groups |= Q(group__in=rows.values("group_id"))
    return condition | Q(audience__in=[Audience.EVERYBODY, *found]) | Q(audience=Audience.GROUP) & groups


class Publication(models.Model):
    class Kind(models.TextChoices):
        MATERIAL = "material", _("Material")
        DOCUMENT = "document", _("Normative document")
        NEWS = "news", _("News")
        PRACTICE = "practice", _("Best practice")

    class Sort(models.TextChoices):
        PROGRAMME = "programme", pgettext_lazy("material", "Programme")
        METHODICAL = "methodical", pgettext_lazy("material", "Methodical")
        DIDACTIC = "didactic", pgettext_lazy("material", "Didactic")

    class Level(models.TextChoices):
        FEDERAL = "federal", _("Federal")
        REGIONAL = "regional", _("Regional")
        LOCAL = "local", _("Local: of the school")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("publication", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("publication", "To be checked")
        RETURNED = "returned", pgettext_lazy("publication", "Returned")
        PUBLISHED = "published", pgettext_lazy("publication", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("publication", "Withdrawn")

    school = models.ForeignKey(School, models.PROTECT, related_name="publications", verbose_name=_("school"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    sort = models.CharField(_("kind of material"), max_length=10, choices=Sort, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=Level, blank=True)
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("text"), max_length=40_000, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    link = models.URLField(_("official address"), max_length=500, blank=True)
    remark = models.CharField(_("remark for the school"), max_length=200, blank=True)
    audience = models.CharField(_("for whom"), max_length=9, choices=READERS, default=Audience.EVERYBODY)
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name=_("group")
    )
    competences = models.ManyToManyField(
        Competence, blank=True, related_name="publications", verbose_name=_("competences")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    offered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    source = models.CharField(
        max_length=40, blank=True, editable=False, validators=[RegexValidator(r"^[a-z_]+:[\w-]+\Z")]
    )
    search_key = models.TextField(blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = [F("dated").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(fields=["school", "kind", "state"], name="publications_of_school"),
            models.Index(fields=["school", "state", "published_on"], name="publications_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="material") & ~Q(sort="") | ~Q(kind="material") & Q(sort=""),
                name="material_has_its_sort",
                violation_error_message=_("Say which kind of material it is."),
            ),
            models.CheckConstraint(
                condition=Q(kind="document") & ~Q(level="") | ~Q(kind="document") & Q(level=""),
                name="document_has_its_level",
                violation_error_message=_("Say of which level the document is."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="news") | Q(dated__isnull=False),
                name="news_has_its_day",
                violation_error_message=_("Give the day of the news: it stands in that month."),
            ),
            models.CheckConstraint(
                condition=Q(audience="group", group__isnull=False) | ~Q(audience="group") & Q(group__isnull=True),
                name="publication_for_a_group_names_it",
                violation_error_message=_("Choose the group to which it is addressed."),
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_on__isnull=False, withdrawn_on__isnull=True)
                | Q(state="withdrawn", published_on__isnull=False, withdrawn_on__isnull=False)
                | Q(state__in=["draft", "submitted", "returned"], published_on__isnull=True, withdrawn_on__isnull=True),
                name="publication_has_the_dates_of_its_state",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("publication_detail", args=[self.pk])

    MOVES = {
        "submit": Move(
            label=_("Send to the curator"),
            done=pgettext_lazy("publication", "sent for a check"),
            sources=(State.DRAFT, State.RETURNED),
            target=State.SUBMITTED,
            roles=(Role.MENTOR,),
            may=is_own,
            missing=nothing_to_read,
            tone="primary",
        ),
        "take_back": Move(
            label=_("Take it back"),
            done=pgettext_lazy("publication", "taken back"),
            sources=(State.SUBMITTED,),
            target=State.DRAFT,
            roles=(Role.MENTOR,),
            may=is_own,
        ),
        "publish": Move(
            label=_("Publish"),
            done=pgettext_lazy("publication", "published"),
            sources=(State.DRAFT, State.SUBMITTED),
            target=State.PUBLISHED,
            roles=(Role.CURATOR,),
            missing=why_not_shown,
            companions=published_today,
            effect=mark_who_seems_named,
            tone="primary",
        ),
        "return": Move(
            label=_("Return with a comment"),
            done=pgettext_lazy("publication", "returned with a comment"),
            sources=(State.SUBMITTED,),
            target=State.RETURNED,
            roles=(Role.CURATOR,),
            comment=True,
        ),
        "withdraw": Move(
            label=pgettext_lazy("publication", "Withdraw"),
            done=pgettext_lazy("publication", "withdrawn from publication"),
            sources=(State.PUBLISHED,),
            target=State.WITHDRAWN,
            roles=(Role.CURATOR,),
            comment=True,
            companions=withdrawn_today,
            tone="danger",
        ),
        "restore": Move(
            label=_("Make it a draft again"),
            done=pgettext_lazy("publication", "made a draft again"),
            sources=(State.WITHDRAWN,),
            target=State.DRAFT,
            roles=(Role.CURATOR,),
            companions=no_longer_published,
        ),
    }

    def save(self, *args, **kwargs):
        self.search_key = folded(f"{self.title} {self.number} {self.body}")
        super().save(*args, **kwargs)

    @property
    def is_public(self):
        return self.audience == PUBLIC

    @property
    def steps(self):
        return [Step.Code(tag.code).label for tag in self.step_tags.all()]

    @property
    def shown_kind(self):
        """«Программный материал», «Федеральный документ», «Новость»."""
        return SHOWN_KINDS.get((self.kind, self.sort or self.level), self.get_kind_display())

    @property
    def reference(self):
        """«от 25.12.2019 № Р-145» of a document; empty without both."""
        day = _("of %(day)s") % {"day": f"{self.dated:%d.%m.%Y}"} if self.dated else ""
        number = f"№ {self.number}" if self.number[:1].isdigit() or self.dated else self.number
        return " ".join(filter(None, (str(day), number if self.number else "")))

    def empty(self):
        """Nothing to read: no text, no file, no address. A document is known by its name and number already."""
        if self.kind == self.Kind.DOCUMENT or self.body.strip() or self.link or self.attachments.present().exists():
            return []
        return [_("Write the text or add a file first.")]

    def gaps(self):
        """What is missing before it may be published, as sentences."""
        if not self.is_public:
            return self.empty()
        unasked = self.named.without_consent(today()).filter(place="text").select_related("person")
        names = sorted({named.person.short_name for named in unasked})
        words = _("Without a consent to publication these people cannot be named in public: %(names)s.")
        return self.empty() + ([words % {"names": ", ".join(names)}] if names else [])

    def may_be_edited_by(self, user):
        if user.has_role(Role.CURATOR):
            return self.state != self.State.WITHDRAWN
        return is_own(self, user) and self.state in (self.State.DRAFT, self.State.RETURNED)


SHOWN_KINDS = {
    ("material", "programme"): _("Programme material"),
    ("material", "methodical"): _("Methodical material"),
    ("material", "didactic"): _("Didactic material"),
    ("document", "federal"): _("Federal document"),
    ("document", "regional"): _("Regional document"),
    ("document", "local"): _("Document of the school"),
}


LEVELS = {
    Publication.Level.FEDERAL: pgettext_lazy("documents", "Federal"),
    Publication.Level.REGIONAL: pgettext_lazy("documents", "Regional"),
    Publication.Level.LOCAL: pgettext_lazy("documents", "Of the school"),
}


class StepTag(models.Model):
    """For which step of a pair's work it is of use."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="step_tags")
    code = models.CharField(_("step"), max_length=12, choices=Step.Code)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "code"], name="step_tag_once")]

    def __str__(self):
        return self.get_code_display()
