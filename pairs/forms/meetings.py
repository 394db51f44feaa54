"""One meeting on one page: the meeting itself, the mentees' plan lines, the private notes."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms import DateInput, RevisionMixin
from pairs.forms.fields import SeveralField, day_field, several_lines
from pairs.models import Attendance, Meeting, Pair, PlanItem, Shown, Step
from papers.fields import UploadField


class PairsField(SeveralField):
    def label_from_instance(self, pair):
        name = pair.mentee.person.full_name
        return f"{name} ({pair.get_state_display()})" if pair.state != Pair.State.FIXED else name


class StepsField(SeveralField):
    def label_from_instance(self, step):
        return _("%(step)s, by %(day)s") % {"step": step, "day": formats.date_format(step.due_on, "SHORT_DATE_FORMAT")}


class MeetingForm(RevisionMixin, forms.ModelForm):
    pairs = PairsField(
        Pair.objects.none(),
        label=_("Whom you met"),
        error_messages={"required": _("Choose at least one mentee.")},
    )
    steps = StepsField(
        Step.objects.none(),
        required=False,
        label=_("Which step of the pair's work was it"),
    )
    form_key = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    paper = UploadField(required=False, label=_("Scan of the paper"))

    class Meta:
        model = Meeting
        fields = ["on", "minutes", "kind", "topic", "agreed", "steps", "next_on"]
        widgets = {
            "on": DateInput(),
            "next_on": DateInput(),
            "kind": forms.RadioSelect,
            "agreed": several_lines(),
            "topic": forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
        }
        labels = {"minutes": _("Minutes")}
        help_texts = {
            "agreed": _("Read by the pair, the curator and the head"),
            "next_on": _("The portal puts it into the plan of meetings"),
        }

    def __init__(self, *args, pairs, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        self.pair_list = list(pairs)
        self.fields["pairs"].queryset = pairs
        self.fields["steps"].queryset = Step.objects.filter(year=self.instance.year)
        self.fields["form_key"].initial = uuid.uuid4().hex
        if not self.instance.from_paper:
            del self.fields["paper"]

    def clean_on(self):
        day, year = self.cleaned_data["on"], self.instance.year
        if not year.starts_on <= day <= year.ends_on:
            raise ValidationError(_("This day is not in the school year %(year)s.") % {"year": year})
        if day > today() and self.held:
            raise ValidationError(
                _("This day is still ahead: press “Plan it”, and record the meeting when it is over.")
            )
        return day

    def clean(self):
        super().clean()
        self.check_next_day()
        self.check_pairs()
        if self.instance._state.adding:
            self.instance.form_key = self.cleaned_data.get("form_key", "")

    def check_next_day(self):
        day, following = self.cleaned_data.get("on"), self.cleaned_data.get("next_on")
        if not (day and following):
            return
        if following <= day:
            self.add_error("next_on", _("The next meeting is after this one."))
        elif following > self.instance.year.ends_on:
            self.add_error("next_on", _("This day is not in the school year %(year)s.") % {"year": self.instance.year})

    def check_pairs(self):
        day = self.cleaned_data.get("on")
        for pair in self.cleaned_data.get("pairs") or []:
            last = pair.ended_on or pair.completed_on
            if day and last and day > last:
                self.add_error("pairs", _("%(pair)s: the pair ended before this day.") % {"pair": pair})

    def early_pairs(self):
        """Chosen pairs that begin after the meeting: a warning, for an acquaintance may come before the order."""
        day = self.cleaned_data["on"]
        return [pair for pair in self.cleaned_data["pairs"] if pair.starts_on and pair.starts_on > day]


class PlanLineForm(forms.Form):
    """What happened to one line of a mentee's plan."""

    NOTHING, WORKED, DONE = "", "worked", "done"
    touched = forms.ChoiceField(
        choices=[(NOTHING, _("not this time")), (WORKED, _("worked on")), (DONE, _("done"))],
        required=False,
        widget=forms.RadioSelect,
    )
    result = forms.CharField(max_length=1000, required=False, label=_("What came of it"))

    def __init__(self, *args, item, is_linked=False, **kwargs):
        self.item = item
        initial = {"touched": self.WORKED if is_linked else self.NOTHING, "result": item.result}
        super().__init__(*args, prefix=f"line{item.pk}", initial=initial, **kwargs)

    def clean(self):
        if self.cleaned_data.get("touched") == self.DONE and not self.cleaned_data.get("result", "").strip():
            self.add_error("result", _("Write in a few words what came of it."))


class NoteForm(forms.Form):
    private_note = forms.CharField(
        max_length=4000,
        required=False,
        label=_("Private note"),
        widget=several_lines(2),
        help_text=_("Read by the two of you alone: not by the curator, not by the head"),
    )


class PairPart:
    """One mentee's part of the page: their plan lines, and the pair's note for its own two readers."""

    def __init__(self, data, pair, items, linked, note, with_note):
        self.pair = pair
        self.lines = [PlanLineForm(data, item=item, is_linked=item.pk in linked) for item in items]
        initial = {"private_note": note}
        self.note = NoteForm(data, prefix=f"pair{pair.pk}", initial=initial) if with_note else None

    @property
    def next_lines(self):
        """What is due next stands open, so that a phone shows a page and not a roll; the rest is one tap away."""
        return self.lines[:3]

    @property
    def later_lines(self):
        return self.lines[3:]

    def forms(self):
        return [*self.lines, *([self.note] if self.note else [])]

    def touched(self):
        return [line for line in self.lines if line.cleaned_data.get("touched")]


class MeetingSheet:
    """The whole page. `is_valid()`, then `form`, `parts` and `chosen_parts()` carry what was typed."""

    def __init__(self, data=None, files=None, *, meeting, by, pairs, held, initial=None):
        self.meeting, self.held = meeting, held
        self.form = MeetingForm(data, files, instance=meeting, pairs=pairs, held=held, initial=initial)
        linked = set(meeting.plan_items.values_list("pk", flat=True)) if meeting.pk else set()
        notes = dict(meeting.attendances.values_list("pair_id", "private_note")) if meeting.pk else {}
        items = self.items_by_pair()
        self.parts = [
            PairPart(data, pair, items.get(pair.pk, []), linked, notes.get(pair.pk, ""), pair.has_member(by))
            for pair in self.form.pair_list
        ]

    def items_by_pair(self):
        found = {}
        rows = PlanItem.objects.in_work().filter(plan__pair__in=self.form.pair_list)
        for item in rows.select_related("plan"):
            found.setdefault(item.plan.pair_id, []).append(item)
        return found

    def is_valid(self):
        forms_here = [self.form, *(form for part in self.parts for form in part.forms())]
        if any([bool(form.errors) for form in forms_here]):  # noqa: C419 - every form shows its errors at once
            return False
        self.check_unchosen()
        self.check_planned()
        return self.form.is_valid()

    def chosen_parts(self):
        chosen = set(self.form.cleaned_data.get("pairs") or [])
        return [part for part in self.parts if part.pair in chosen]

    def check_unchosen(self):
        chosen = self.chosen_parts()
        for part in self.parts:
            note = part.note.cleaned_data["private_note"] if part.note and part.note.has_changed() else ""
            if part not in chosen and (note or any(line.has_changed() for line in part.lines)):
                name = part.pair.mentee.person.short_name
                self.form.add_error("pairs", _("You wrote about %(name)s: choose them too.") % {"name": name})

    def check_planned(self):
        done = [line for part in self.parts for line in part.touched() if line.cleaned_data["touched"] == "done"]
        if done and not self.held:
            self.form.add_error(None, _("A meeting that is only planned cannot have lines done."))


class AnswerForm(forms.Form):
    """The mentee's word on a meeting."""

    answer = forms.ChoiceField(choices=[(Attendance.Answer.CONFIRMED, ""), (Attendance.Answer.OBJECTED, "")])
    objection = forms.CharField(max_length=300, required=False)

    def clean(self):
        if self.cleaned_data.get("answer") == Attendance.Answer.CONFIRMED:
            self.cleaned_data["objection"] = ""
        elif not self.cleaned_data.get("objection", "").strip():
            raise ValidationError(_("Say in a word what was not so."))


class MeetingFilter(forms.Form):
    """`?pair=&mentor=&kind=&shown=&since=&until=`; a value that is not one is left out.

    `shown=took_place` are the meetings that count: held, and not objected to.
    """

    mentor = forms.ChoiceField(required=False, label=_("Mentor"))
    pair = forms.ChoiceField(required=False, label=_("Pair"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=[("", _("any")), *Meeting.Kind.choices])
    since = day_field(required=False, label=_("From"))
    until = day_field(required=False, label=_("Until"))
    shown = forms.ChoiceField(
        required=False, choices=[("", ""), ("took_place", ""), *Shown.choices], widget=forms.HiddenInput
    )

    def __init__(self, data, *, pairs):
        super().__init__(data)
        mentors = {pair.mentor_id: pair.mentor.person for pair in pairs}
        mentors = sorted(mentors.items(), key=lambda row: row[1].sort_key)
        self.fields["mentor"].choices = [("", _("any")), *((str(pk), person.short_name) for pk, person in mentors)]
        self.fields["pair"].choices = [("", _("any")), *((str(pair.pk), str(pair)) for pair in pairs)]
        if len(mentors) < 2:
            del self.fields["mentor"]
        if len(pairs) < 2:
            del self.fields["pair"]
        self.full_clean()

    def apply(self, meetings):
        """The rows asked for, but for `shown`, whose numbers stand beside each other."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        lookups = {"mentor": "mentor_id", "kind": "kind", "since": "on__gte", "until": "on__lte"}
        meetings = meetings.filter(**{lookups[name]: value for name, value in asked.items() if name in lookups})
        if "pair" in asked:
            meetings = meetings.filter(pk__in=Attendance.objects.filter(pair=asked["pair"]).values("meeting_id"))
        return meetings
