"""Writing: one form for each kind, with the fields that this kind has."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from accounts.models import SchoolYear, User
from pairs.audience import Audience
from pairs.forms.fields import SeveralField, several_lines
from pairs.models import Competence, Group, Step
from publications.models import READERS, Publication, StepTag

KIND = Publication.Kind
FIELDS = {
    KIND.MATERIAL: ["title", "sort", "body", "audience", "group", "competences", "steps"],
    KIND.DOCUMENT: ["title", "level", "number", "dated", "link", "body", "audience", "group", "remark"],
    KIND.NEWS: ["title", "dated", "body", "audience", "group"],
    KIND.PRACTICE: ["title", "body", "audience", "group", "competences", "steps"],
}
OFFERED = (KIND.MATERIAL, KIND.PRACTICE)  # what a mentor may offer
PUBLIC_FIRST = (KIND.DOCUMENT, KIND.NEWS, KIND.PRACTICE)
MARKS = _("An empty line begins a paragraph; “- ” a list; **bold**; ## a heading; [words](https://address)")


class PublicationForm(RevisionMixin, forms.ModelForm):
    link = forms.URLField(label=_("Official address"), max_length=500, required=False, assume_scheme="https")
    competences = SeveralField(Competence.objects.none(), label=_("Competences"), required=False)
    steps = forms.MultipleChoiceField(
        label=_("Of use at these steps"), choices=Step.Code.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Publication
        fields = [
            "title", "sort", "level", "number", "dated", "link", "body", "audience", "group", "competences", "remark",
            "published_on",
        ]  # fmt: skip
        widgets = {"dated": DateInput, "published_on": DateInput, "body": several_lines(12)}
        help_texts = {
            "body": MARKS,
            "remark": _("Read by those who run the school"),
            "published_on": _("By this day the roadmap counts it"),
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        publication, self.by = self.instance, by
        kept = {*FIELDS[publication.kind], "revision"}
        if publication.state == Publication.State.PUBLISHED:
            kept.add("published_on")
            self.fields["published_on"].required = True
        self.choose_readers(kept)
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        self.order_fields(FIELDS[publication.kind])
        self.fill_lists(by.school, publication)

    def choose_readers(self, kept):
        if not self.by.is_curator:
            kept.discard("group")
            self.fields["audience"].choices = [each for each in READERS if each[0] != Audience.GROUP]

    def fill_lists(self, school, publication):
        if "group" in self.fields:
            open_years = ~Q(year__state=SchoolYear.State.CLOSED) | Q(pk=publication.group_id)
            self.fields["group"].queryset = Group.objects.filter(open_years, year__school=school).select_related("year")
            self.fields["group"].help_text = _("For a group of pairs only")
        if "competences" in self.fields:
            own = publication.competences.all() if publication.pk else Competence.objects.none()
            known = Competence.objects.filter(Q(archived=False) | Q(pk__in=own.values("pk")), school=school)
            self.fields["competences"].queryset = known
        if "steps" in self.fields and publication.pk:
            self.fields["steps"].initial = [tag.code for tag in publication.step_tags.all()]
        for name in ("sort", "level"):
            if name in self.fields:
                self.fields[name].required = True

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day and day > today():
            raise forms.ValidationError(_("It cannot be published later than today."))
        return day

    def clean(self):
        data = super().clean()
        if data.get("audience") != Audience.GROUP:
            data["group"] = None
        elif "group" not in self.errors and not data.get("group"):
            self.add_error("group", _("Choose the group to which it is addressed."))
        if self.instance.kind == KIND.NEWS and "dated" not in self.errors and not data.get("dated"):
            self.add_error("dated", _("Give the day of the news: it stands in that month."))
        return data

    def save(self, commit=True):
        publication = super().save(commit)
        if "steps" in self.fields:
            chosen = set(self.cleaned_data["steps"])
            publication.step_tags.exclude(code__in=chosen).delete()
            known = {tag.code for tag in publication.step_tags.all()}
            tags = [code for code in Step.Code.values if code in chosen - known]
            StepTag.objects.bulk_create(StepTag(publication=publication, code=code) for code in tags)
        return publication


class PeopleForm(forms.Form):
    """Who wrote it, and who is named in its text."""

    author = SeveralField(User.objects.none(), required=False)
    named = SeveralField(User.objects.none(), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].queryset = people


class MaterialFilter(forms.Form):
    """`?kind=&competence=&step=&audience=&state=&q=`; a value that is not one is left out."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    competence = forms.ChoiceField(label=_("Competence"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False, choices=[("", _("any")), *Step.Code.choices])
    audience = forms.ChoiceField(label=_("For whom"), required=False, choices=[("", _("any")), *READERS])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *Publication.State.choices]
    )  # fmt: skip

    def __init__(self, data, *, school, everything):
        super().__init__(data)
        rows = Competence.objects.filter(school=school).values_list("code", "name")
        self.fields["competence"].choices = [("", _("any")), *rows]
        if not everything:
            del self.fields["audience"], self.fields["state"]
        self.full_clean()

    def apply(self, rows):
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if "q" in asked:
            rows = rows.search(asked["q"])
        if "competence" in asked:
            rows = rows.filter(competences__code=asked["competence"])
        if "step" in asked:
            rows = rows.filter(step_tags__code=asked["step"])
        return rows.filter(**{name: asked[name] for name in ("audience", "state") if name in asked})
