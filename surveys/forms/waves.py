"""Forms of the waves: open one, change one."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import DateInput, RevisionMixin
from pairs.audience import Audience
from pairs.models import Group
from surveys.actions import date_nameless
from surveys.models import Questionnaire, Wave
from surveys.wave_actions import crowding, why_named


class WaveCreateForm(forms.ModelForm):
    """A questionnaire put to people, for a period of the year or for days of its own.

    What only warns is shown with a box to tick; what would break the promise of namelessness is refused.
    """

    anyway = forms.BooleanField(label=_("Open it all the same"), required=False)

    class Meta:
        model = Wave
        fields = ["questionnaire", "period", "opens_on", "closes_on", "audience", "group", "anonymous"]
        widgets = {"opens_on": DateInput, "closes_on": DateInput}
        help_texts = {
            "opens_on": _("Needed where no period is chosen; a period has its own dates"),
            "group": _("Needed for a group of pairs"),
            "anonymous": _("Nobody sees who answered what. Diagnostics that the roadmap counts are always named"),
        }

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings = []
        self.fields["questionnaire"].queryset = Questionnaire.objects.filter(school=school).published()
        self.fields["period"].queryset = self.instance.year.periods.all()
        self.fields["period"].empty_label = gettext("Own dates")
        self.fields["group"].queryset = Group.objects.filter(year=self.instance.year)
        for name in ("opens_on", "closes_on"):
            self.fields[name].required = False

    def clean(self):
        data = super().clean()
        if data.get("audience") != Audience.GROUP:
            data["group"] = None
        elif not data.get("group"):
            self.add_error("group", _("Name the group."))
        if not data.get("period"):
            for name in ("opens_on", "closes_on"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose a period or give the dates."))
        form = data.get("questionnaire")
        if form and data.get("anonymous") and form.purpose in Questionnaire.DIAGNOSTIC:
            self.add_error("anonymous", _("Diagnostics feed the roadmap: they are named."))
        return data

    def _post_clean(self):
        """The instance has got its fields here: only now it can say what follows from them."""
        wave = self.instance
        if not self.errors:
            for name in self._meta.fields:
                setattr(wave, name, self.cleaned_data.get(name))
            wave.derive()
            self.cleaned_data |= {"opens_on": wave.opens_on, "closes_on": wave.closes_on}
        super()._post_clean()
        if not self.errors:
            self.look_around(wave)

    def look_around(self, wave):
        if wave.anonymous and (why := why_named(wave)):
            self.add_error("anonymous", why)
        self.warnings = [
            gettext("“%(other)s” asks %(count)s of the same people within a month: %(from)s – %(to)s.")
            % {"other": other.title, "count": count, "from": day(other.opens_on), "to": day(other.closes_on)}
            for other, count in crowding(wave)
        ]
        if self.warnings and not self.cleaned_data.get("anyway"):
            self.add_error(None, _("The same people would get two questionnaires within a month."))


def day(date):
    return f"{date:%d.%m.%Y}"


class WaveForm(RevisionMixin, forms.ModelForm):
    """Close earlier, prolong; with or without names as long as nobody has begun."""

    class Meta:
        model = Wave
        fields = ["opens_on", "closes_on", "anonymous"]
        widgets = {"opens_on": DateInput, "closes_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.may_change_names:
            del self.fields["anonymous"]

    def clean(self):
        data = super().clean()
        if self.instance.shuffled_on:
            raise forms.ValidationError(
                _("The results are shown already: a late answer would be seen by its difference. Open a new one.")
            )
        return data

    def _post_clean(self):
        super()._post_clean()
        if "anonymous" in self.changed_data and self.instance.anonymous and (why := why_named(self.instance)):
            self.add_error("anonymous", why)

    def save(self, commit=True):
        wave = super().save(commit)
        date_nameless(Wave.objects.filter(pk=wave.pk))
        return wave
