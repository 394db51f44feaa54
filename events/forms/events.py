"""Forms of events: the event itself, another day for it, whom it invites by name, the filter of the list."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.forms import DateInput, RevisionMixin
from accounts.models import User
from events.models import Event, Invited
from pairs.audience import Audience
from pairs.forms.fields import SeveralField, day_field, several_lines
from pairs.models import Competence, Group
from papers.fields import UploadField

GAME_THRESHOLD = 90  # roadmap 1.9


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


def colleagues(school):
    """Whom an event can name: people of the school who may sign in, and those who have a card and may not."""
    return User.objects.filter(school=school).filter(Q(is_active=True) | Q(card__isnull=False))


def check_day(day, year):
    if not year.starts_on <= day <= year.ends_on:
        raise ValidationError(_("This day is not in the school year %(year)s.") % {"year": year})
    return day


class EventForm(RevisionMixin, forms.ModelForm):
    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("For a distant event: where to connect"),
    )

    class Meta:
        model = Event
        fields = [
            "kind", "title", "level", "competence", "on", "starts_at", "ends_at", "place", "is_distance", "link", "hours",
            "audience", "group", "responsible", "threshold", "is_assigned", "programme",
        ]  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "on": DateInput,
            "starts_at": TimeInput,
            "ends_at": TimeInput,
            "audience": forms.RadioSelect,
            "programme": several_lines(6),
        }
        labels = {"competence": _("Competence that it trains"), "level": _("Level (of an outside event)")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        school, year = self.instance.year.school, self.instance.year
        self.fields["competence"].queryset = Competence.objects.filter(school=school, archived=False)
        self.fields["group"].queryset = Group.objects.filter(year=year, holds_all=False)
        self.fields["responsible"].queryset = colleagues(school)
        if self.instance.pk:
            del self.fields["on"]  # another day is a step of its own, with its reason

    def clean_on(self):
        return check_day(self.cleaned_data["on"], self.instance.year)

    def clean(self):
        data = super().clean()
        if data.get("kind") != Event.Kind.OUTSIDE:
            data["level"] = ""
        elif not data.get("level") and "level" not in self.errors:
            self.add_error("level", _("Choose the level of the outside event."))
        if data.get("audience") != Audience.GROUP:
            data["group"] = None
        elif not data.get("group") and "group" not in self.errors:
            self.add_error("group", _("Choose the group."))
        check_times(self)
        if data.get("kind") == Event.Kind.GAME and not data.get("threshold"):
            data["threshold"] = GAME_THRESHOLD
        return data


def check_times(form):
    starts, ends = form.cleaned_data.get("starts_at"), form.cleaned_data.get("ends_at")
    if starts and ends and ends <= starts:
        form.add_error("ends_at", _("The end comes after the beginning, on the same day."))


class PostponeForm(forms.Form):
    on = day_field(label=_("New date"))
    starts_at = forms.TimeField(label=_("begins at"), widget=TimeInput)
    ends_at = forms.TimeField(label=_("ends at"), widget=TimeInput)
    comment = forms.CharField(
        label=_("Why it is moved"), max_length=2000, widget=several_lines(2),
        help_text=_("It is read by everybody who sees this page and stays in the history."),
    )  # fmt: skip

    def __init__(self, *args, event, **kwargs):
        initial = {"on": event.on, "starts_at": event.starts_at, "ends_at": event.ends_at}
        super().__init__(*args, initial=initial, **kwargs)
        self.event = event

    def clean_on(self):
        return check_day(self.cleaned_data["on"], self.event.year)

    def clean(self):
        data = super().clean()
        check_times(self)
        if not self.errors and all(data[name] == getattr(self.event, name) for name in ("on", "starts_at", "ends_at")):
            self.add_error("on", _("This is the day and the time that it has already."))
        if not self.errors and self.twin(data).exists():
            self.add_error("on", _("This event is entered already: same kind, title and time."))
        return data

    def twin(self, data):
        same = {"year": self.event.year, "kind": self.event.kind, "title": self.event.title}
        rows = Event.objects.standing().filter(**same, on=data["on"], starts_at=data["starts_at"])
        return rows.exclude(pk=self.event.pk)


class PeopleField(SeveralField):
    def label_from_instance(self, person):
        return person.full_name


class InviteForm(forms.Form):
    people = PeopleField(User.objects.none(), label=_("Whom the event invites by name"), required=False)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["people"].queryset = colleagues(event.year.school)
        self.fields["people"].initial = list(event.invited_people.values_list("person_id", flat=True))


class NomineeForm(RevisionMixin, forms.ModelForm):
    upload = UploadField(label=_("Confirmation: diploma, certificate, letter"), required=False)

    class Meta:
        model = Invited
        fields = ["result"]


class EventFilter(forms.Form):
    """`?kind=&month=`; a value that is not one is left out. `shown` are the tabs."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), *Event.Kind.choices])
    month = forms.ChoiceField(label=_("Month"), required=False)
    shown = forms.ChoiceField(required=False, choices=[("", ""), *Event.Shown.choices], widget=forms.HiddenInput)

    def __init__(self, data, *, year):
        super().__init__(data)
        self.fields["month"].choices = [("", _("any")), *months_of(year)]
        self.full_clean()

    def apply(self, events):
        """The rows asked for, but for `shown`, whose numbers stand beside each other."""
        asked = self.cleaned_data
        if asked.get("kind"):
            events = events.filter(kind=asked["kind"])
        if asked.get("month"):
            first = datetime.date.fromisoformat(asked["month"] + "-01")
            events = events.filter(on__year=first.year, on__month=first.month)
        return events


def months_of(year):
    """[("2024-09", "Сентябрь 2024")] of the school year."""
    day, found = year.starts_on.replace(day=1), []
    while day <= year.ends_on:
        found.append((f"{day:%Y-%m}", date_format(day, "F Y").capitalize()))
        day = (day + datetime.timedelta(days=31)).replace(day=1)
    return found
