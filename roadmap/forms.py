"""Forms of the roadmap: the file, the preview, items, approval from paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from papers.fields import UploadField
from roadmap import deadline_words, indicators
from roadmap.drafts import typed
from roadmap.models import Item, Roadmap, Section

FROM_WORDS = ""


def day_field(**options):
    """A date chosen in the browser's own calendar, or typed."""
    return forms.DateField(
        required=False,
        widget=DateInput,
        error_messages={"invalid": _("Write the date as 31.12.2024.")},
        **options,
    )


class RoadmapFileForm(forms.Form):
    file = forms.FileField(
        label=_("File with the roadmap"),
        max_length=255,
        help_text=_("A Word document (.docx), an Excel workbook (.xlsx), or a table saved as text (.txt, .csv)."),
        widget=forms.FileInput({"accept": ".docx,.xlsx,.txt,.csv,.tsv"}),
    )


class HeadForm(forms.ModelForm):
    """Title, goal and the end of the period, of a roadmap that is not saved yet."""

    period_ends_on = forms.DateField(
        label=_("The period ends on"),
        widget=DateInput,
        help_text=_("“During the whole period” means until this day."),
    )

    class Meta:
        model = Roadmap
        fields = ["title", "goal", "period_ends_on"]
        widgets = {"title": forms.Textarea({"rows": 2}), "goal": forms.Textarea({"rows": 3})}

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_period_ends_on(self):
        ends = self.cleaned_data["period_ends_on"]
        if not self.year.starts_on <= ends <= self.year.ends_on:
            raise forms.ValidationError(_("The period must end within the school year."))
        return ends


class RoadmapForm(RevisionMixin, HeadForm):
    pass


class SectionForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Section
        fields = ["number", "title"]


class ItemForm(forms.ModelForm):
    """One item. `sections` are (number, title); without a kind of deadline its words are read anew."""

    section = forms.TypedChoiceField(label=_("Section"), coerce=int)
    deadline_kind = forms.ChoiceField(label=_("Kind of deadline"), required=False)
    starts_on = day_field(label=_("From"))
    due_on = day_field(label=_("Due"))
    indicator = forms.ChoiceField(label=_("Indicator that the portal counts"), required=False)
    field_order = ["number", "section", "content", "deadline_words", "deadline_kind", "starts_on", "due_on"]

    class Meta:
        model = Item
        fields = [
            "number", "content", "deadline_words", "deadline_kind", "starts_on", "due_on", "times_a_year",
            "result", "indicator_words", "indicator", "target", "responsible",
        ]  # fmt: skip
        widgets = {
            "content": forms.Textarea({"rows": 3}),
            "result": forms.Textarea({"rows": 2}),
            "indicator_words": forms.Textarea({"rows": 2}),
            "responsible": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args, sections, first_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.first_year = first_year
        self.fields["section"].choices = [(number, f"{number}. {title}") for number, title in sections]
        self.fields["deadline_kind"].choices = [(FROM_WORDS, _("Read it from the words")), *Item.DeadlineKind.choices]
        self.fields["indicator"].choices = indicators.choices()

    def clean_number(self):
        return self.cleaned_data["number"].strip().rstrip(".")

    def clean(self):
        data = super().clean()
        if data.get("deadline_kind") == FROM_WORDS:
            self.read_words(data)
        else:
            self.check_dates(data)
        return data

    def read_words(self, data):
        reading = deadline_words.parse(data.get("deadline_words") or "", self.first_year)
        if reading.note in deadline_words.WHY_UNCLEAR:
            sentence = _("The words cannot be read: %(why)s.") % {"why": deadline_words.WHY_UNCLEAR[reading.note]}
            self.add_error("deadline_words", sentence)
        data.update(typed(reading))
        self.instance.deadline_guessed = reading.guessed

    def check_dates(self, data):
        kind, start, due = (data.get(name) for name in ("deadline_kind", "starts_on", "due_on"))
        self.instance.deadline_guessed = False
        if kind in deadline_words.WITH_DATES and not due:
            self.add_error("due_on", _("Write the day by which it is due."))
        if kind == deadline_words.RECURRING and not data.get("times_a_year"):
            self.add_error("times_a_year", _("Write how many times a year."))
        for name, day in (("starts_on", start), ("due_on", due)):
            if day and not deadline_words.FIRST_YEAR <= day.year <= deadline_words.LAST_YEAR:
                self.add_error(name, _("Check the year."))
        if start and due and start > due:
            self.add_error("due_on", _("The end cannot be before the beginning."))
        if kind != deadline_words.RECURRING:
            data["times_a_year"] = None


class SavedItemForm(RevisionMixin, ItemForm):
    """An item of a roadmap that is saved."""

    def __init__(self, *args, roadmap, **kwargs):
        self.rows = {section.number: section for section in roadmap.sections.all()}
        sections = [(number, section.title) for number, section in self.rows.items()]
        super().__init__(*args, sections=sections, first_year=roadmap.year.first_year, **kwargs)
        self.instance.roadmap = roadmap
        if self.instance.section_id:
            self.initial["section"] = self.instance.section.number

    def clean_section(self):
        self.instance.section = self.rows[self.cleaned_data["section"]]
        return self.instance.section

    def clean_number(self):
        number = super().clean_number()
        others = Item.objects.filter(roadmap=self.instance.roadmap, number=number).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("The roadmap already has an item with this number."))
        return number


class PreviewSectionForm(forms.Form):
    title = forms.CharField(label=_("Section"), max_length=300)


class PreviewItemForm(ItemForm):
    """An item as it was understood, before anything is saved; it may be left out."""

    leave_out = forms.BooleanField(label=_("Leave this item out"), required=False)

    def values(self):
        """Values of Item's fields for `actions.create_roadmap`."""
        data = dict(self.cleaned_data)
        for name in ("section", "leave_out"):
            data.pop(name)
        return data | {"deadline_guessed": self.instance.deadline_guessed}


class PaperForm(forms.Form):
    """The approval that the head signed on paper."""

    order = forms.CharField(label=_("Order №"), max_length=60)
    on = forms.DateField(label=_("Date of the order"), widget=DateInput)
    scan = UploadField(label=_("Scan of the order"), required=False)

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(_("The order cannot be of a later day than today."))
        return self.cleaned_data["on"]
