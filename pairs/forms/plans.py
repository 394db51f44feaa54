"""The plan's words, its lines, progress, the approval on paper, templates."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from pairs.forms.fields import day_field, several_lines
from pairs.models import Competence, Pair, Plan, PlanItem, PlanTemplate, PlanTemplateItem
from papers.fields import UploadField


class PlanForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["goal", "request"]
        widgets = {"goal": several_lines(3), "request": several_lines(4)}
        help_texts = {
            "goal": _("Read by the pair, the curator and the head; printed in the plan"),
            "request": _("What the mentee wants to learn or to solve; read and printed like the goal"),
        }


class PlanStartForm(forms.Form):
    """For whom, and from what: a template, an earlier plan of the same people, or nothing."""

    pair = forms.ModelChoiceField(Pair.objects.none(), label=_("Pair"), empty_label=None)
    source = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(self, *args, user, year, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Pair.objects.visible_to(user).live().filter(year=year, plan__isnull=True).with_people()
        self.fields["pair"].queryset = rows
        self.templates = {f"template-{row.pk}": row for row in PlanTemplate.objects.visible_to(user).in_use()}
        self.plans = {f"plan-{row.pk}": row for row in self.earlier_plans(user, year, rows)}
        self.fields["source"].choices = [
            *((key, _("Template: %(name)s") % {"name": row.name}) for key, row in self.templates.items()),
            *((key, _("%(year)s: %(pair)s") % {"year": row.year, "pair": row.pair}) for key, row in self.plans.items()),
            ("empty", _("An empty plan")),
        ]
        self.fields["source"].initial = next(iter(self.templates), "empty")

    def earlier_plans(self, user, year, pairs):
        """Plans of earlier years that this person may read, of the mentors and mentees who have no plan yet."""
        people = Q(pair__mentor__person__in=pairs.order_by().values("mentor__person"))
        people |= Q(pair__mentee__person__in=pairs.order_by().values("mentee__person"))
        rows = Plan.objects.visible_to(user).filter(people, year__first_year__lt=year.first_year)
        return rows.with_people().order_by("-year__first_year", "pk")[:20]

    def chosen(self):
        """{"template": …} or {"last_plan": …} or {}."""
        source = self.cleaned_data["source"]
        if source in self.templates:
            return {"template": self.templates[source]}
        return {"last_plan": self.plans[source]} if source in self.plans else {}

    def clean(self):
        super().clean()
        pair, plan = self.cleaned_data.get("pair"), self.plans.get(self.cleaned_data.get("source"))
        if pair and plan and not ({pair.mentor.person_id, pair.mentee.person_id} & people_of(plan)):
            self.add_error("source", _("This earlier plan belongs to other people."))


def people_of(plan):
    return {plan.pair.mentor.person_id, plan.pair.mentee.person_id}


class PlanItemForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = PlanItem
        fields = ["what", "due_on", "expected", "competence"]
        widgets = {"what": several_lines(2), "expected": several_lines(2), "due_on": DateInput()}
        help_texts = {"expected": _("What will be there at the end: a lesson plan, a list, a note")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Q(archived=False) | Q(pk=self.instance.competence_id)
        rows = Competence.objects.filter(own, school=self.instance.plan.year.school_id)
        self.fields["competence"].queryset = rows
        self.fields["competence"].empty_label = _("not chosen")
        # The model holds one line of text; a line break would be one in the printed table too.
        for name in ("what", "expected"):
            self.fields[name].widget.attrs["maxlength"] = 500

    def clean_due_on(self):
        day, (first, last) = self.cleaned_data["due_on"], self.instance.plan.period()
        if not first <= day <= last:
            raise ValidationError(
                _("The pair works from %(first)s to %(last)s: choose a day between.")
                % {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
            )
        return day


class MarkForm(RevisionMixin, forms.ModelForm):
    """Progress of one line."""

    done_on = day_field(required=False, label=_("Done on"), help_text=_("Leave empty while the work goes on"))
    file = UploadField(required=False, label=_("Proof"))

    class Meta:
        model = PlanItem
        fields = ["done_on", "result"]
        widgets = {"result": several_lines(3)}
        help_texts = {"result": _("Read by the pair, the curator and the head; printed in the plan")}

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > today():
            raise ValidationError(_("This day is still ahead."))
        if day and day < self.instance.plan.year.starts_on:
            raise ValidationError(_("This day is before the school year."))
        return day

    def clean(self):
        super().clean()
        if self.cleaned_data.get("done_on") and not self.cleaned_data.get("result", "").strip():
            self.add_error("result", _("Write in a few words what came of it."))


class PaperApprovalForm(forms.Form):
    """The head signed on paper: the curator records it."""

    approved_on = day_field(label=_("Approved on"))
    order = forms.CharField(max_length=60, label=_("Order or protocol №"))
    paper = UploadField(required=False, label=_("Scan of the paper"))

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_approved_on(self):
        day, year = self.cleaned_data["approved_on"], self.plan.year
        if day > today():
            raise ValidationError(_("This day is still ahead."))
        if not year.starts_on <= day <= year.ends_on:
            raise ValidationError(_("This day is not in the school year %(year)s.") % {"year": year})
        return day


class PlanFilter(forms.Form):
    """`?q=&state=&mentor=`; a value that is not one is left out."""

    q = forms.CharField(max_length=100, required=False, label=_("Name"))
    state = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("none", ""), ("ever_approved", ""), *Plan.State.choices],
        widget=forms.HiddenInput,
    )


class TemplateForm(RevisionMixin, forms.ModelForm):
    class Meta:
        model = PlanTemplate
        fields = ["name", "goal", "archived"]
        widgets = {"goal": several_lines(2)}


class TemplateLineForm(forms.ModelForm):
    class Meta:
        model = PlanTemplateItem
        fields = ["what", "due_day", "due_month", "expected", "competence"]
        widgets = {"what": several_lines(2), "expected": several_lines(2)}


class TemplateLines(forms.BaseInlineFormSet):
    """Lines of a template; competences are read once for all of them."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not hasattr(self, "competences"):
            rows = Competence.objects.filter(school=self.instance.school_id, archived=False)
            self.competences = [("", "—"), *((row.pk, str(row)) for row in rows)]
        form.fields["competence"].queryset = Competence.objects.filter(school=self.instance.school_id)
        form.fields["competence"].choices = self.competences


TemplateLineSet = forms.inlineformset_factory(
    PlanTemplate,
    PlanTemplateItem,
    TemplateLineForm,
    TemplateLines,
    extra=3,
    max_num=60,
    absolute_max=61,
    validate_max=True,
)
