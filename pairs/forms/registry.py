"""Forms of the registry: teacher, participation, lists, import."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, PersonForm, RevisionMixin
from accounts.models import Participation
from pairs import reading
from pairs.forms.fields import SeveralField
from pairs.models import Competence, Declined, MenteeReason, Offer, Reason, Request, TeacherCard
from papers.templatetags.ui import months


class NameForm(PersonForm):
    """Name and contacts of a new teacher; the account gets its password by an invitation."""

    class Meta(PersonForm.Meta):
        fields = ["last_name", "first_name", "patronymic", "gender", "email", "phone"]

    def __init__(self, *args, **kwargs):
        forms.ModelForm.__init__(self, *args, **kwargs)
        self.fields["revision"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        return forms.ModelForm.clean(self)


class CardForm(RevisionMixin, forms.ModelForm):
    experience = forms.CharField(
        label=_("Teaching experience"), max_length=60, required=False,
        help_text=_("For example: 5, or “2 года 3 мес.”, or “с 2019 года”"),
    )  # fmt: skip

    class Meta:
        model = TeacherCard
        fields = ["post", "subject", "stage", "category", "building", "at_school_since", "note"]
        widgets = {"at_school_since": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if (known := self.instance.experience_now()) is not None:
            self.fields["experience"].initial = months(known)
        self.order_fields(["post", "subject", "stage", "category", "experience"])

    def clean_experience(self):
        text = self.cleaned_data["experience"]
        try:
            return reading.experience(text, today()) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def save(self, commit=True):
        card, given = self.instance, self.cleaned_data["experience"]
        if given != card.experience_now():
            card.experience_months, card.experience_on = given, None if given is None else today()
        card.completed_on = None if card.missing() else card.completed_on or today()
        return super().save(commit)


class ParticipationForm(RevisionMixin, forms.ModelForm):
    """A mentee's reasons and requests, or a mentor's places and offers; the side is given."""

    LINKS = {"reasons": (MenteeReason, "reason"), "requests": (Request, "competence"), "offers": (Offer, "competence")}

    class Meta:
        model = Participation
        fields = ["since", "capacity"]
        widgets = {"since": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        school = self.instance.year.school
        if self.instance.is_mentor:
            self.add_list("offers", _("What the mentor can give"), Competence.objects.filter(school=school))
        else:
            del self.fields["capacity"]
            self.add_list("reasons", _("Why they are a mentee"), Reason.objects.filter(school=school))
            self.add_list("requests", _("What they ask for"), Competence.objects.filter(school=school))

    def add_list(self, name, label, rows):
        link, attribute = self.LINKS[name]
        chosen = link.objects.filter(participation=self.instance) if self.instance.pk else link.objects.none()
        ids = list(chosen.values_list(f"{attribute}_id", flat=True))
        self.fields[name] = SeveralField(
            rows.filter(archived=False) | rows.filter(pk__in=ids), label=label, required=False, initial=ids
        )

    def clean_capacity(self):
        places = self.cleaned_data["capacity"]
        if places < self.instance.live_pairs:
            raise forms.ValidationError(
                _("The mentor has %(n)d mentees now: the capacity cannot be less.") % {"n": self.instance.live_pairs}
            )
        return places

    def clean_since(self):
        day, year = self.cleaned_data["since"], self.instance.year
        if not year.starts_on <= day <= year.ends_on:
            raise forms.ValidationError(_("This day is outside the school year."))
        return day

    @transaction.atomic
    def save(self, commit=True):
        if not self.instance.is_mentor and not self.instance.pk:
            self.instance.capacity = 0
        part = super().save(commit)
        for name in self.LINKS.keys() & self.fields.keys():
            link, attribute = self.LINKS[name]
            chosen = self.cleaned_data[name]
            rows = link.objects.filter(participation=part)
            rows.exclude(**{f"{attribute}__in": chosen}).delete()
            for item in chosen:
                rows.get_or_create(participation=part, **{attribute: item})
        return part


class EndParticipationForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Participation
        fields = ["until", "end_reason"]
        widgets = {"until": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].required = self.fields["end_reason"].required = True


class DeclinedForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Declined
        fields = ["on", "reason"]
        widgets = {"on": DateInput}


class RegistryFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=100, required=False)
    reason = forms.ModelChoiceField(Reason.objects.none(), label=_("Reason"), required=False, empty_label=_("All"))
    paired = forms.ChoiceField(
        label=_("Pair"), required=False,
        choices=[
            ("", _("All")), ("yes", _("In a pair")), ("no", _("Without a pair")), ("lonely", _("Without a mentor this year")),
        ],
    )  # fmt: skip

    def __init__(self, *args, school, side, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = Reason.objects.filter(school=school)
        if side != "mentee":
            del self.fields["reason"]
        if not side:
            del self.fields["paired"]
        elif side != "mentee":
            self.fields["paired"].choices = self.fields["paired"].choices[:3]


class TeachersFileForm(forms.Form):
    SIDES = [("", _("As the column “Роль” says, else only into the list of teachers")),
             ("mentee", _("All of them are mentees")), ("mentor", _("All of them are mentors"))]  # fmt: skip
    file = forms.FileField(label=_("Excel file (.xlsx) or .csv"), widget=forms.FileInput({"accept": ".xlsx,.csv"}))
    side = forms.ChoiceField(label=_("Who is in the file"), choices=SIDES, required=False)


def list_item_form(model_class):
    """The form of one line of a list: a competence or a reason."""

    class ListItemForm(RevisionMixin, forms.ModelForm):
        class Meta:
            model = model_class
            fields = ["name", "position", "archived"]

    return ListItemForm


CompetenceForm, ReasonForm = list_item_form(Competence), list_item_form(Reason)
