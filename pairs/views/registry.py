"""The registry: teachers, their part in a year, what they ask for and offer."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import journal
from accounts.clock import today
from accounts.forms import free_username
from accounts.lists import page_of, sort_of
from accounts.models import Entry, Participation, User
from accounts.roles import STAFF, Role, roles_allowed
from accounts.text import folded
from accounts.years import chosen_year
from pairs import consents
from pairs.forms.registry import (
    CardForm,
    CompetenceForm,
    DeclinedForm,
    EndParticipationForm,
    NameForm,
    ParticipationForm,
    ReasonForm,
    RegistryFilterForm,
)
from pairs.models import Competence, Declined, Pair, Reason, TeacherCard, mentees_without_mentor

WRITERS = (Role.ADMIN, Role.CURATOR)
SORTS = {
    "name": ("sort_key", "pk"),
    "subject": ("card__subject", "sort_key"),
    "experience": ("card__experience_months", "sort_key"),
}


@roles_allowed(*STAFF)
def registry(request):
    """Teachers, mentors or mentees of the year: one list, three tabs."""
    year, side = chosen_year(request), side_of(request)
    form = RegistryFilterForm(request.GET, school=request.user.school, side=side)
    people = listed(request.user, year, side, form).order_by(*sort_of(request, SORTS, "name"))
    people = people.select_related("card").prefetch_related(*related(side))
    context = {
        "year": year,
        "side": side,
        "form": form,
        "page": page_of(request, with_part(people, year, side)),
        "may_write": request.user.has_role(*WRITERS),
    }
    return render(request, "pairs/registry.html", context)


def side_of(request):
    asked = request.GET.get("side", "")
    return asked if asked in Participation.Side.values else ""


def related(side):
    lists = {"mentor": ["participations__offers__competence"],
             "mentee": ["participations__reasons__reason", "participations__requests__competence"]}  # fmt: skip
    return ["participations", *lists.get(side, [])]


def listed(user, year, side, form):
    """People of the school with a card, narrowed by the tab and the filters in force."""
    people = User.objects.visible_to(user).filter(card__isnull=False)
    parts = Participation.objects.filter(person=OuterRef("pk"), year=year)
    if side:
        people = people.filter(Exists(parts.filter(side=side)))
    if not form.is_valid():
        return people
    chosen = form.cleaned_data
    people = people.search(chosen["q"])
    if chosen["subject"]:
        people = people.filter(subject_like(chosen["subject"]))
    if chosen.get("reason"):
        people = people.filter(Exists(parts.filter(reasons__reason=chosen["reason"])))
    if chosen.get("paired") == "lonely":
        people = people.filter(Exists(mentees_without_mentor(year, year.as_of()).filter(person=OuterRef("pk"))))
    elif chosen.get("paired"):
        live = Q(pairs_as_mentor__state="fixed") if side == "mentor" else Q(pairs_as_mentee__state="fixed")
        paired = Exists(parts.filter(live, side=side))
        people = people.filter(paired if chosen["paired"] == "yes" else ~paired)
    return people


def subject_like(words):
    """SQLite's icontains does not know Cyrillic: the word as typed, in lower case and capitalised."""
    found = Q()
    for form in {words, words.lower(), words.capitalize()}:
        found |= Q(card__subject__contains=form)
    return found


def with_part(people, year, side):
    """The same people, each knowing the participation that the row shows."""
    return PeopleOfYear(people, year, side)


class PeopleOfYear:
    """A sliceable list for the pager: adds `part` and `sides` to each person of the asked page."""

    def __init__(self, people, year, side):
        self.people, self.year, self.side = people, year, side

    def count(self):
        return self.people.count()

    def __len__(self):
        return self.people.count()

    def __getitem__(self, places):
        rows = list(self.people[places])
        for person in rows:
            own = [part for part in person.participations.all() if part.year_id == self.year.pk]
            person.sides = [part.get_side_display() for part in own]
            person.part = next((part for part in own if part.side == self.side), None)
        return rows


@roles_allowed(*STAFF)
def teacher_detail(request, pk):
    person = find_person(request, pk)
    return render(request, "pairs/teacher_detail.html", card_context(request, person))


def find_person(request, pk):
    return get_object_or_404(User.objects.visible_to(request.user).select_related("card", "school"), pk=pk)


def card_context(request, person):
    year = chosen_year(request)
    lists = ("reasons__reason", "requests__competence", "offers__competence")
    parts = person.participations.select_related("year").prefetch_related(*lists).order_by("-year__first_year", "side")
    pairs = Pair.objects.visible_to(request.user).with_people().with_shown_state(today())
    card = getattr(person, "card", None)
    return {
        "person": person,
        "card": card,
        "missing": card.missing() if card else [],
        "parts": parts,
        "absent_sides": absent_sides(parts, year),
        "declined": Declined.objects.filter(year=year, person=person).first(),
        "pairs": pairs.filter(Q(mentor__person=person) | Q(mentee__person=person)).order_by("-pk"),
        "consents": consents_of(person, year),
        "year": year,
        "may_write": request.user.has_role(*WRITERS),
        "may_consent": request.user.has_role(Role.CURATOR),
        "entries": Entry.objects.about(person)[:10] if request.user.has_role(*STAFF) else [],
    }


def consents_of(person, year):
    """What is asked of the person and what was given, kind by kind."""
    people = consents.with_states(User.objects.filter(pk=person.pk), year, today())
    return consents.lines_of(consents.with_consents(people).get())


def absent_sides(parts, year):
    """[(side, label)] in which the person does not take part this year."""
    have = {part.side for part in parts if part.year_id == year.pk}
    return [(side, label) for side, label in Participation.Side.choices if side not in have]


def my_card(request):
    """What the school keeps on the person who looks, and who reads it; also for those with no part in mentoring."""
    person = User.objects.select_related("card", "school").get(pk=request.user.pk)
    own = {"may_write": False, "may_consent": False, "is_own": True}
    return render(request, "pairs/my_card.html", card_context(request, person) | own)


@roles_allowed(*WRITERS)
def teacher_create(request):
    person = User(school=request.user.school)
    name_form = NameForm(request.POST or None, instance=person)
    card_form = CardForm(request.POST or None, instance=TeacherCard(school=request.user.school), prefix="card")
    if name_form.is_valid() and card_form.is_valid() and create(request, name_form, card_form):
        messages.success(request, _("The teacher is in the list. Now say how they take part this year."))
        return redirect("teacher_detail", pk=person.pk)
    return render(request, "pairs/teacher_create.html", {"name_form": name_form, "card_form": card_form})


def create(request, name_form, card_form):
    person = name_form.instance
    person.username = person.email or free_username(person.last_name)
    person.set_unusable_password()
    with transaction.atomic():
        if not journal.save(name_form, request.user):
            return False
        card_form.instance.person = person
        return journal.save(card_form, request.user)


@roles_allowed(*WRITERS)
def teacher_edit(request, pk):
    person = find_person(request, pk)
    card = getattr(person, "card", None) or TeacherCard(person=person, school=person.school)
    form = CardForm(request.POST or None, instance=card)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect("teacher_detail", pk=pk)
    return render(request, "pairs/teacher_edit.html", {"form": form, "person": person})


@roles_allowed(*WRITERS)
def participation_create(request, pk, side):
    person, year = find_person(request, pk), chosen_year(request)
    if side not in Participation.Side.values or year.is_closed:
        messages.error(request, _("A closed year takes no new participants."))
        return redirect("teacher_detail", pk=pk)
    part = Participation(person=person, year=year, side=side)
    form = ParticipationForm(request.POST or None, instance=part, initial={"since": max(year.starts_on, year.as_of())})
    return save_participation(request, form, "pairs/participation_create.html")


@roles_allowed(*WRITERS)
def participation_edit(request, pk):
    form = ParticipationForm(request.POST or None, instance=find_part(request, pk))
    return save_participation(request, form, "pairs/participation_edit.html")


def find_part(request, pk):
    rows = Participation.objects.visible_to(request.user).select_related("person", "year__school")
    return get_object_or_404(rows, pk=pk)


def save_participation(request, form, template):
    part = form.instance
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect("teacher_detail", pk=part.person_id)
    return render(request, template, {"form": form, "part": part})


@roles_allowed(*WRITERS)
def participation_end(request, pk):
    """People leave: the participation gets a last day and a reason; working pairs are ended first."""
    part = find_part(request, pk)
    live = Pair.objects.live().filter(Q(mentor=part) | Q(mentee=part))
    if live.exists():
        messages.error(request, _("End the pairs first: there are %(n)d working.") % {"n": live.count()})
        return redirect("teacher_detail", pk=part.person_id)
    form = EndParticipationForm(request.POST or None, instance=part, initial={"until": today()})
    return save_participation(request, form, "pairs/participation_end.html")


@roles_allowed(*WRITERS)
def declined_create(request, pk):
    """A teacher who qualifies as a mentee and does not take part this year (roadmap 1.1)."""
    person, year = find_person(request, pk), chosen_year(request)
    form = DeclinedForm(request.POST or None, instance=Declined(person=person, year=year))
    if form.is_valid() and journal.save(form, request.user, _("recorded that mentoring was declined")):
        messages.success(request, _("Saved."))
        return redirect("teacher_detail", pk=pk)
    return render(request, "pairs/declined_create.html", {"form": form, "person": person})


@roles_allowed(Role.CURATOR)
def competence_list(request):
    return edit_list(request, Competence, CompetenceForm, "pairs/competence_list.html")


@roles_allowed(Role.CURATOR)
def reason_list(request):
    return edit_list(request, Reason, ReasonForm, "pairs/reason_list.html")


def edit_list(request, model, form_class, template):
    """The list and, below it, a form for one more line."""
    rows = model.objects.visible_to(request.user)
    new = model(school=request.user.school, position=rows.count())
    form = form_class(request.POST or None, instance=new)
    if form.is_valid():
        new.code = free_code(rows, form.cleaned_data["name"])
        if journal.save(form, request.user):
            return redirect(request.path)
    return render(request, template, {"rows": rows, "form": form})


def free_code(rows, name):
    """A short code that the list does not have yet; people never see it."""
    base = slugify(folded(name)) or "own"
    taken = set(rows.values_list("code", flat=True))
    return next(code for n in range(1, 10_000) if (code := f"{base[:30]}-{n}") not in taken)


@roles_allowed(Role.CURATOR)
def competence_edit(request, pk):
    return edit_item(request, Competence, CompetenceForm, pk, "competence_list", "pairs/competence_edit.html")


@roles_allowed(Role.CURATOR)
def reason_edit(request, pk):
    return edit_item(request, Reason, ReasonForm, pk, "reason_list", "pairs/reason_edit.html")


def edit_item(request, model, form_class, pk, back, template):
    item = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    form = form_class(request.POST or None, instance=item)
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect(back)
    return render(request, template, {"form": form, "object": item})
