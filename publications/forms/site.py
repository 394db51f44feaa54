"""The rubric's words, and what was placed on the official site."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from accounts.models import User
from pairs.forms.fields import several_lines
from publications.forms.publications import MARKS
from publications.models import Publication, Rubric

ABOUT = (
    "В школе действует система наставничества педагогических работников. Опытные педагоги помогают молодым и недавно "
    "пришедшим учителям войти в должность, освоить новое и остаться в профессии."
)
GOALS = (
    "- помочь молодым и вновь пришедшим педагогам войти в профессию и в коллектив\n"
    "- восполнить профессиональные дефициты\n"
    "- передать и обобщить лучший опыт педагогов школы"
)


class RubricForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Rubric
        fields = [
            "is_open", "about", "goals", "regulation", "shows_roadmap", "contact", "contact_post", "phone", "email",
            "hours",
        ]  # fmt: skip
        widgets = {"about": several_lines(8), "goals": several_lines(6)}
        help_texts = {
            "is_open": _("Until then strangers read nothing; what is in the portal stays as it is"),
            "about": MARKS,
            "regulation": _("Among the published documents of the school; it stands first"),
            "shows_roadmap": _("Numbers and states, no names"),
            "contact": _("The name is shown only with a consent to publication"),
            "phone": _("Only what you write here is shown, not the person's own phone"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        school = self.instance.school
        documents = Publication.objects.filter(school=school, kind="document", level="local", audience="public")
        self.fields["regulation"].queryset = documents.filter(state=Publication.State.PUBLISHED)
        people = User.objects.filter(school=school, is_active=True)
        self.fields["contact"].queryset = people
        if not self.instance.pk:
            self.initial |= {"about": ABOUT, "goals": GOALS}


class PlacementForm(forms.Form):
    address = forms.URLField(
        label=_("Address on the official site"), max_length=500, assume_scheme="https",
        help_text=_("Copy it from the browser when the page is open there"),
    )  # fmt: skip
    placed_on = forms.DateField(label=_("Placed on"), widget=DateInput)

    def clean_placed_on(self):
        return not_later(self.cleaned_data["placed_on"])


class TakeDownForm(forms.Form):
    on = forms.DateField(label=_("Taken down on"), widget=DateInput)

    def clean_on(self):
        return not_later(self.cleaned_data["on"])


def not_later(day):
    if day > today():
        raise ValidationError(_("The day cannot be later than today."))
    return day
