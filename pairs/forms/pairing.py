"""Forms of pairs, pauses, groups and steps."""

from django import forms
from django.db.models import Q
from django.forms import modelformset_factory
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from accounts.models import Participation
from pairs.forms.fields import SeveralField
from pairs.models import Group, Pair, Pause, Step


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, part):
        return part.person.full_name


class MentorChoice(forms.ModelChoiceField):
    """Every mentor of the year with the free places beside the name."""

    def label_from_instance(self, part):
        return _("%(name)s (free places: %(free)d)") % {"name": part.person.full_name, "free": part.free_places}


class PairForm(RevisionMixin, forms.ModelForm):
    mentor = MentorChoice(Participation.objects.none(), label=_("Mentor"))
    mentee = PersonChoice(Participation.objects.none(), label=_("Mentee"))

    class Meta:
        model = Pair
        fields = ["mentee", "mentor", "is_main", "form", "kind", "groups", "chosen_because"]
        field_classes = {"groups": SeveralField}
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        year = self.instance.year
        rows = Participation.objects.of_year(year).on(today()).select_related("person")
        self.fields["mentor"].queryset = rows.mentors()
        self.fields["mentee"].queryset = rows.mentees()
        self.fields["groups"].queryset = Group.objects.filter(year=year)

    def clean(self):
        data = super().clean()
        mentor, mentee = data.get("mentor"), data.get("mentee")
        if mentor and mentee and mentor.person_id == mentee.person_id:
            self.add_error("mentor", _("Nobody can be their own mentor."))
        return data


class PairFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("All")), *((s.value, s.label) for s in Pair.Shown if s != Pair.Shown.WITHDRAWN),
            ("of_year", _("Pairs of the year: fixed by an order, completed ones too")),
            ("silent", _("No meeting for three weeks")), ("over", _("Time is up, not completed yet")),
        ],
    )  # fmt: skip
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"), required=False, empty_label=_("All"))
    mentor = PersonChoice(Participation.objects.none(), label=_("Mentor"), required=False, empty_label=_("All"))

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = Group.objects.filter(year=year)
        self.fields["mentor"].queryset = Participation.objects.of_year(year).mentors().select_related("person")


class EndPairForm(forms.Form):
    ended_on = forms.DateField(label=_("Last day"), widget=DateInput)
    ended_by_wish_of = forms.ChoiceField(label=_("Who asked for it"), choices=Pair.Asker)
    comment = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("It is read by the pair and by those who run the school, and stays in the history"),
    )  # fmt: skip

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair

    def clean_ended_on(self):
        day = self.cleaned_data["ended_on"]
        if day < self.pair.starts_on:
            raise forms.ValidationError(
                _("The pair began on %(day)s: it cannot end before.") % {"day": f"{self.pair.starts_on:%d.%m.%Y}"}
            )
        if day > self.pair.year.ends_on:
            raise forms.ValidationError(_("This day is after the school year."))
        return day


class PauseForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Pause
        fields = ["since", "until", "reason"]
        widgets = {"since": DateInput, "until": DateInput}

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and self.overlaps(since, until):
            raise forms.ValidationError(_("The pair is already paused on some of these days."))
        return data

    def overlaps(self, since, until):
        rows = Pause.objects.filter(pair=self.instance.pair).exclude(pk=self.instance.pk)
        rows = rows.filter(Q(until__isnull=True) | Q(until__gte=since))
        return (rows.filter(since__lte=until) if until else rows).exists()


class ResumeForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Pause
        fields = ["until"]
        widgets = {"until": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True
        self.fields["until"].label = _("Last day of the pause")


class GroupForm(RevisionMixin, forms.ModelForm):
    """Its name, whom it is for, and its own list of pairs; the group of all pairs has no list."""

    pairs = SeveralField(
        Pair.objects.none(), label=_("Pairs of the group"), required=False,
        help_text=_("Questionnaires and materials addressed to the group reach both sides of these pairs"),
    )  # fmt: skip

    class Meta:
        model = Group
        fields = ["name", "about"]
        widgets = {"about": forms.Textarea({"rows": 2})}
        help_texts = {"about": _("For example: mentees in their first year; those who came to a primary class")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.holds_all or not self.instance.pk:  # a new one gets its pairs on its own page
            del self.fields["pairs"]
            return
        own, over = self.instance.pairs.values("pk"), [Pair.State.ENDED, Pair.State.WITHDRAWN]
        rows = Pair.objects.filter(Q(pk__in=own) | ~Q(state__in=over), year=self.instance.year)
        self.fields["pairs"].queryset = rows.with_people().order_by("mentee__person__sort_key")
        self.fields["pairs"].initial = list(own.values_list("pk", flat=True))

    def save(self, commit=True):
        group = super().save(commit)
        if "pairs" in self.fields:
            group.pairs.set(self.cleaned_data["pairs"])
        return group


class StepForm(forms.ModelForm):
    class Meta:
        model = Step
        fields = ["due_on"]
        widgets = {"due_on": DateInput}


StepFormSet = modelformset_factory(Step, StepForm, extra=0, max_num=5, absolute_max=5)
