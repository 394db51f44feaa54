"""Forms shared by all rooms, and those of people, years and the school."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import DiagnosticPeriod, School, SchoolYear, Term, User
from accounts.roles import Role


class DateInput(forms.DateInput):
    """The browser's own calendar; the value in the form it understands."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MoveForm(forms.Form):
    """The reason given with a step; checked like any other text."""

    comment = forms.CharField(label=_("Comment"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))


class RevisionMixin:
    """Carries the revision that was seen, so that a second tab cannot overwrite in silence (see journal.save)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=str(self.instance.revision)
        )


class PersonForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["last_name", "first_name", "patronymic", "gender", "username", "email", "phone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].required = False
        self.fields["username"].help_text = _("Leave empty: the e-mail, or a name made from the last name")
        self.fields["gender"].label = _("Grammatical gender")

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()

    def clean_email(self):
        return (self.cleaned_data["email"] or "").strip().lower() or None

    def clean(self):
        data = super().clean()
        if not data.get("username") and "username" not in self.errors:
            data["username"] = data.get("email") or free_username(data.get("last_name", ""))
        return data


LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)


def free_username(last_name):
    """A sign-in name for somebody without e-mail: the last name in Latin letters and the first free number."""
    base = "".join(LATIN.get(letter, letter) for letter in last_name.casefold())
    base = "".join(letter for letter in base if letter.isascii() and letter.isalnum())[:40] or "user"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for number in range(1, 100_000) if (name := f"{base}{number}") not in taken)


class RolesForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["is_admin", "is_head", "is_curator", "is_site_keeper"]

    def clean_is_admin(self):
        keeps = self.cleaned_data["is_admin"]
        others = User.objects.filter(school=self.instance.school, is_admin=True, is_active=True)
        if not keeps and not others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The school would be left without an administrator: name another one first."))
        return keeps


class ProfileForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "phone", "language", "theme"]

    def clean_email(self):
        return (self.cleaned_data["email"] or "").strip().lower() or None


class NewPasswordForm(forms.Form):
    """A password typed twice, checked against the person's own names too."""

    password = forms.CharField(
        label=_("New password"), max_length=128, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a short sentence is easy to remember"),
    )  # fmt: skip
    repeated = forms.CharField(
        label=_("The same once more"), max_length=128, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, person, *args, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self):
        password_validation.validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean_repeated(self):
        if self.cleaned_data["repeated"] != self.cleaned_data.get("password", self.cleaned_data["repeated"]):
            raise ValidationError(_("The two passwords differ."))
        return self.cleaned_data["repeated"]


class PasswordChangeForm(NewPasswordForm):
    old_password = forms.CharField(
        label=_("Current password"), max_length=128, strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ["old_password", "password", "repeated"]

    def clean_old_password(self):
        if not self.person.check_password(self.cleaned_data["old_password"]):
            raise ValidationError(_("This is not your current password."))
        return self.cleaned_data["old_password"]


class PasswordResetForm(forms.Form):
    username = forms.CharField(label=_("Sign-in name or e-mail"), max_length=150)


class PeopleFilterForm(forms.Form):
    STATES = [
        ("", _("All")), ("never", _("Never signed in")), ("uninvited", _("Never signed in, no valid invitation")),
        ("unreached", _("A letter to them was not sent")), ("off", _("May not sign in")),
    ]  # fmt: skip
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False,
        choices=[("", _("All")), *((r.value, r.label) for r in Role if r != Role.KEEPER)],
    )  # fmt: skip
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)


class JournalFilterForm(forms.Form):
    person = forms.ModelChoiceField(User.objects.none(), label=_("Who"), required=False, empty_label=_("All"))
    q = forms.CharField(label=_("What, with what"), max_length=100, required=False)
    since = forms.DateField(label=_("from"), required=False, widget=DateInput)
    until = forms.DateField(label=_("until"), required=False, widget=DateInput)

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(school=school)


class SchoolForm(RevisionMixin, forms.ModelForm):
    site_url = forms.URLField(
        label=School._meta.get_field("site_url").verbose_name, max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = School
        fields = [
            "name", "full_name", "place", "head_post", "site_url", "mentees_norm", "young_years", "plan_approver",
            "mentor_consent_on_paper",
        ]  # fmt: skip


class YearForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = SchoolYear
        fields = ["starts_on", "teaching_ends_on", "ends_on"]
        widgets = {"starts_on": DateInput, "teaching_ends_on": DateInput, "ends_on": DateInput}


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ["kind", "name", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}


class PeriodForm(forms.ModelForm):
    class Meta:
        model = DiagnosticPeriod
        fields = ["name", "opens_on", "closes_on"]
        widgets = {"opens_on": DateInput, "closes_on": DateInput}
