"""Courses: the training schedule for many people at once, and a completed course with its certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from accounts.models import User
from events.forms.events import PeopleField, colleagues
from events.models import Course
from papers.fields import UploadField

WORDS = ["title", "organisation", "place", "hours", "is_distance", "starts_on", "ends_on"]


class CourseForm(RevisionMixin, forms.ModelForm):
    """What a course is; a line of the schedule before it is completed."""

    class Meta:
        model = Course
        fields = WORDS
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end cannot be before the beginning."))
        return data


class CoursePlanForm(CourseForm):
    """One course for many people: each gets a line of the training schedule."""

    people = PeopleField(User.objects.none(), label=_("Who is to take it"))
    field_order = [*WORDS, "people"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = colleagues(self.instance.year.school)
        del self.fields["revision"]


class CourseClaimForm(CourseForm):
    """A completed course. What is missing is said beside its field; the file is kept with the course."""

    upload = UploadField(label=_("Certificate: photo, scan or PDF"), required=False)

    class Meta(CourseForm.Meta):
        fields = [*WORDS, "certificate_number"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("hours", "ends_on"):
            self.fields[name].required = True

    def clean(self):
        data = super().clean()
        ends, year = data.get("ends_on"), self.instance.year
        if ends and ends > today():
            self.add_error("ends_on", _("The course ends later: enter it when it is over."))
        elif ends and not year.starts_on <= ends <= year.ends_on:
            self.add_error("ends_on", _("This day is not in the school year %(year)s.") % {"year": year})
        given = data.get("certificate_number") or data.get("upload") or self.instance.certificate_id
        if not given and not {"certificate_number", "upload"} & self.errors.keys():
            self.add_error("certificate_number", _("Add the number of the certificate, or its file."))
        return data


class CourseEntryForm(CourseClaimForm):
    """The curator enters it for somebody who does not type."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Who took it"), empty_label=_("choose a person"))
    field_order = ["person", *WORDS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(self.instance.year.school)

    def clean(self):
        data = super().clean()
        person, title = data.get("person"), data.get("title")
        if person:
            self.instance.person = person
        if person and title and Course.objects.filter(year=self.instance.year, person=person, title=title).exists():
            self.add_error("person", _("This course of this person is entered already."))
        return data


class CourseFilter(forms.Form):
    """`?person=&distance=`; `state` are the tabs."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    distance = forms.ChoiceField(
        label=_("Form"), required=False, choices=[("", _("any")), ("yes", _("at a distance")), ("no", _("in person"))]
    )
    state = forms.ChoiceField(required=False, choices=[("", ""), *Course.State.choices], widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data)
        self.full_clean()

    def apply(self, courses, people):
        """`people`: those of the school, for the search by name."""
        asked = self.cleaned_data
        if asked.get("q"):
            courses = courses.filter(person__in=people.search(asked["q"]))
        if asked.get("distance"):
            courses = courses.filter(is_distance=asked["distance"] == "yes")
        return courses
