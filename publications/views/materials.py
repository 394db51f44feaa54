"""Materials, documents, news and best practices inside the school: lists, reading, writing, publishing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from accounts import moves, workflow
from accounts.clock import today
from accounts.lists import page_of
from accounts.models import Entry, User
from accounts.roles import EVERYONE, STAFF, Role, roles_allowed
from pairs.audience import Audience
from publications import actions, markup
from publications.forms.publications import OFFERED, PUBLIC_FIRST, MaterialFilter, PeopleForm, PublicationForm
from publications.models import LEVELS, PUBLIC, Named, Publication
from publications.models.people import lacks_consent
from publications.naming import seem_named

KIND, SORT = Publication.Kind, Publication.Sort
# `?kind=` → what it shows
TABS = {
    **{sort.value: {"kind": KIND.MATERIAL, "sort": sort} for sort in SORT},
    KIND.PRACTICE.value: {"kind": KIND.PRACTICE},
    KIND.NEWS.value: {"kind": KIND.NEWS},
}
TAB_LABELS = [
    (SORT.PROGRAMME.value, pgettext_lazy("materials", "Programmes")),
    (SORT.METHODICAL.value, pgettext_lazy("materials", "Methodical")),
    (SORT.DIDACTIC.value, pgettext_lazy("materials", "Didactic")),
    (KIND.PRACTICE.value, pgettext_lazy("materials", "Best practices")),
    (KIND.NEWS.value, pgettext_lazy("materials", "News")),
]
AUTHORS = Prefetch(
    "named", Named.objects.filter(place=Named.Place.AUTHOR).select_related("person"), to_attr="author_names"
)


@roles_allowed(*EVERYONE, Role.SITE)
def material_list(request):
    user = request.user
    asked = MaterialFilter(request.GET, school=user.school, everything=user.has_role(*STAFF))
    rows = Publication.objects.visible_to(user).exclude(kind=KIND.DOCUMENT)
    rows = asked.apply(rows.filter(**TABS.get(request.GET.get("kind"), {})))
    rows = rows.order_by(F("published_on").desc(nulls_first=True), "-pk")
    context = {
        "page": page_of(request, with_what_a_row_shows(rows)),
        "filter": asked,
        "narrowed": any(asked.cleaned_data.values()),
        "is_filtered": any(asked.cleaned_data.values()) or request.GET.get("kind") in TABS,
        "kind": request.GET.get("kind") if request.GET.get("kind") in TABS else "",
        "tabs": TAB_LABELS,
        "may_write": bool(kinds_for(user)),
        "everything": user.has_role(*STAFF),
    }
    return render(request, "publications/material_list.html", context)


def with_what_a_row_shows(rows):
    files = Count("attachments", filter=Q(attachments__removed_on__isnull=True), distinct=True)
    rows = rows.defer("body", "search_key").select_related("group")
    return rows.prefetch_related(AUTHORS, "competences").annotate(files=files)


@roles_allowed(*EVERYONE, Role.SITE)
def document_list(request):
    """Normative documents by level, the newest first."""
    rows = Publication.objects.visible_to(request.user).filter(kind=KIND.DOCUMENT).defer("body", "search_key")
    found = {level: [] for level in Publication.Level}
    for row in rows.annotate(files=Count("attachments", filter=Q(attachments__removed_on__isnull=True))):
        found[row.level].append(row)
    context = {
        "levels": [(LEVELS[level], rows) for level, rows in found.items()],
        "is_empty": not any(found.values()),
        "curates": request.user.is_curator,
    }
    return render(request, "publications/document_list.html", context)


def kinds_for(user):
    """What this person may begin to write."""
    if user.has_role(Role.CURATOR):
        return list(KIND)
    return list(OFFERED) if user.has_role(Role.MENTOR) else []


@roles_allowed(Role.MENTOR, Role.CURATOR)
def publication_create(request):
    """`?kind=` says what is written, `?title=&event=` what it is about; without a kind it is chosen first."""
    kinds = kinds_for(request.user)
    if "kind" not in request.GET:
        return render(request, "publications/publication_create.html", {"kinds": kinds})
    if request.GET["kind"] not in kinds:
        raise Http404("no such kind for this person")
    publication = begun(request)
    form = PublicationForm(request.POST or None, instance=publication, by=request.user)
    return written(request, form, "publications/publication_create.html", {"kind": publication.get_kind_display()})


def begun(request):
    """An unsaved publication with what the link knew."""
    kind = KIND(request.GET["kind"])
    audience = PUBLIC if kind in PUBLIC_FIRST and request.user.is_curator else Audience.EVERYBODY
    made = Publication(
        kind=kind, audience=audience, title=request.GET.get("title", "")[:300], school=request.user.school
    )
    made.dated = today() if kind == KIND.NEWS else None
    made.source = source_of(request)
    return made


def source_of(request):
    """«event:12»: what the draft is about, so that nobody is asked to write it twice."""
    code = next((f"{name}:{request.GET[name]}" for name in ("event", "material") if request.GET.get(name)), "")[:40]
    return code if all(letter.isalnum() or letter in ":_-" for letter in code) and code.isascii() else ""


def written(request, form, template, context):
    """The page of a form with its preview, or the saved publication."""
    looks = request.method == "POST" and "preview" in request.POST
    if not looks and form.is_valid() and (saved := actions.offer(form=form, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect(saved)
    if looks:
        context["preview"] = markup.html(str(form["body"].value() or ""))
        form.is_valid()
    return render(request, template, context | {"form": form})


def visible(request, pk):
    return get_object_or_404(Publication.objects.visible_to(request.user).select_related("school", "group"), pk=pk)


@roles_allowed(*EVERYONE, Role.SITE)
def publication_detail(request, pk):
    publication = visible(request, pk)
    user, curates = request.user, request.user.is_curator
    named = with_consents(publication.named.select_related("person"))
    inside = user.has_role(*STAFF) or publication.offered_by_id == user.pk
    unnamed = suspects(publication, named) if curates and publication.is_public else []
    context = {
        "publication": publication,
        "body": markup.html(publication.body),
        "files": publication.attachments.present().select_related("file").prefetch_related("shown__person"),
        "authors": [each.person for each in named if each.place == Named.Place.AUTHOR],
        "named": named if inside else [],
        "suspects": unnamed,
        "inside": inside,
        "curates": curates,
        "may_edit": publication.may_be_edited_by(user),
        "packs": publication.is_public and user.has_role(Role.CURATOR, Role.SITE),
        "placements": publication.placements.all() if user.has_role(*STAFF, Role.SITE) else [],
        "moves": workflow.available(publication, user),
        "entries": Entry.objects.about(publication) if inside else [],
    }
    return render(request, "publications/publication_detail.html", context)


def with_consents(named):
    """Rows of named people as a list, each with `unasked`: no consent to publication is in force today."""
    return list(named.annotate(unasked=lacks_consent(today())))


def suspects(publication, named):
    """Who seems to be named in the text and is not marked as such."""
    known = {each.person_id for each in named if each.place != Named.Place.PHOTO}
    people = User.objects.filter(school=publication.school, is_active=True)
    found = seem_named(f"{publication.title}\n{publication.body}", people)
    return [person for person in found if person.pk not in known]


@roles_allowed(Role.MENTOR, Role.CURATOR)
def publication_edit(request, pk):
    publication = editable(request, pk)
    form = PublicationForm(request.POST or None, instance=publication, by=request.user)
    return written(request, form, "publications/publication_edit.html", {"publication": publication})


def editable(request, pk):
    """404 for what the person does not see, 403 for what may not be changed by them now."""
    publication = visible(request, pk)
    if not publication.may_be_edited_by(request.user):
        raise PermissionDenied
    return publication


@roles_allowed(Role.CURATOR)
def publication_people(request, pk):
    """Who wrote it and who is named in it: who needs a consent before strangers see it."""
    publication = visible(request, pk)
    people = User.objects.filter(Q(is_active=True) | Q(named_in__publication=publication), school=request.user.school)
    rows = list(people.distinct().annotate(unasked=lacks_consent(today(), "pk")))
    form = PeopleForm(request.POST or None, people=people.distinct())
    if form.is_valid():
        chosen = form.cleaned_data
        actions.name_people(
            publication=publication, authors=chosen["author"], named=chosen["named"], by=request.user
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect(publication)
    context = {"publication": publication, "form": form, "people": ticked(request, publication, rows)}
    return render(request, "publications/publication_people.html", context)


def ticked(request, publication, people):
    """The people with their ticks; those who seem to be named in the text come first."""
    seem = {each.pk for each in seem_named(f"{publication.title}\n{publication.body}", people)}
    there = {(each.person_id, each.place) for each in publication.named.all()}
    for person in people:
        person.seems_named = person.pk in seem
        person.is_author, person.is_named = (person.pk, "author") in there, (person.pk, "text") in there
        if request.method == "POST":
            person.is_author = str(person.pk) in request.POST.getlist("author")
            person.is_named = str(person.pk) in request.POST.getlist("named")
    return sorted(
        people, key=lambda person: (not (person.seems_named or person.is_author or person.is_named), person.sort_key)
    )


@roles_allowed(Role.MENTOR, Role.CURATOR)
@require_POST
def publication_move(request, pk, name):
    return moves.take(request, visible(request, pk), name)
