"""What the public rubric shows: gathered at each look, so that a consent withdrawn a minute ago is heeded.

Every function asks the same number of questions for one post and for a thousand.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.clock import today
from accounts.models import Consent, SchoolYear, User
from publications import markup
from publications.models import LEVELS, Publication, Rubric
from publications.models.people import lacks_consent
from publications.naming import seem_named
from publications.packs import with_public_parts
from roadmap.deadline_words import beside, describe
from roadmap.indicators import measure
from roadmap.models import Roadmap

KIND = Publication.Kind
LATEST = 5
HEAVY = ("body", "search_key")


@dataclass(frozen=True)
class MonthOfNews:
    first: date
    count: int

    @property
    def code(self):
        return f"{self.first:%Y-%m}"


def opened(pk):
    """The school's open rubric; 404 for a closed one."""
    rows = Rubric.objects.opened().select_related("school", "contact")
    return get_object_or_404(rows, school_id=pk)


def public(rubric):
    return Publication.objects.filter(school_id=rubric.school_id).public(today())


def front(rubric):
    """The first page: who, why, by what documents, what is new, whom to ask."""
    silent = who_took_it_back(rubric)
    shelf = list(public(rubric).exclude(kind=KIND.NEWS).defer(*HEAVY))
    documents = [row for row in shelf if row.kind == KIND.DOCUMENT]
    news = public(rubric).filter(kind=KIND.NEWS)
    return {
        "rubric": rubric,
        "school": rubric.school,
        "about": markup.html(without(silent, rubric.about)),
        "goals": markup.html(without(silent, rubric.goals)),
        "regulation": next((row for row in documents if row.pk == rubric.regulation_id), None),
        "levels": [
            (LEVELS[level], [row for row in documents if row.level == level and row.pk != rubric.regulation_id])
            for level in Publication.Level
        ],
        "no_documents": not documents,
        "practices": [row for row in shelf if row.kind == KIND.PRACTICE],
        "materials": [row for row in shelf if row.kind == KIND.MATERIAL],
        "latest": with_beginnings(news[:LATEST]),
        "months": months_of(news),
        "roadmap": approved_roadmap(rubric) if rubric.shows_roadmap else None,
        "contact": contact(rubric, silent),
        "on": today(),
    }


def who_took_it_back(rubric):
    """People of the school whose consent to publication was withdrawn and not given again."""
    asked = Consent.objects.filter(kind=Consent.Kind.PUBLICATION, person=OuterRef("pk"))
    people = User.objects.filter(Exists(asked), school_id=rubric.school_id)
    return list(people.filter(lacks_consent(today(), "pk")).only("last_name"))


def without(people, text):
    """The text without the paragraphs in which one of them seems to be named."""
    kept = [part for part in re.split(r"\n[ \t\r]*\n", text) if not seem_named(part, people)] if people else [text]
    return "\n\n".join(kept)


def with_beginnings(posts):
    posts = list(posts)
    for post in posts:
        post.beginning = markup.beginning(post.body)
    return posts


def months_of(news):
    """Months with news, the last first."""
    counts = {}
    for day in news.values_list("dated", flat=True):
        first = day.replace(day=1)
        counts[first] = counts.get(first, 0) + 1
    return [MonthOfNews(first, count) for first, count in sorted(counts.items(), reverse=True)]


def contact(rubric, silent):
    """Whom to ask, by name only while they agree to it; None where nothing is to be shown."""
    person = rubric.contact
    if person and type(person).objects.filter(lacks_consent(today(), "pk"), pk=person.pk).exists():
        person = None
    found = {
        "person": person,
        "post": without(silent, rubric.contact_post),
        "phone": rubric.phone,
        "email": rubric.email,
        "hours": without(silent, rubric.hours),
    }
    return found if any(found.values()) else None


def approved_roadmap(rubric):
    """The roadmap of the current year, once the head has approved it."""
    rows = Roadmap.objects.filter(year__school_id=rubric.school_id, year__state=SchoolYear.State.CURRENT)
    return rows.filter(state=Roadmap.State.APPROVED).select_related("year").first()


def month(rubric, code):
    """The news of «2026-11». 404 for what is no month, and for one without news."""
    try:
        first = date.fromisoformat(f"{code}-01")
    except ValueError:
        raise Http404("no such month") from None
    news = Publication.objects.filter(
        school_id=rubric.school_id, kind=KIND.NEWS, dated__year=first.year, dated__month=first.month
    )
    posts = with_beginnings(with_public_parts(news, today()))
    if not posts:
        raise Http404("no news in this month")
    for post in posts:
        post.photo = next((each for each in post.public_files if each.is_photo), None)
    return {"rubric": rubric, "school": rubric.school, "first": first, "posts": posts}


def post(rubric, pk):
    """One post with its files and authors; 404 while somebody named in it has not agreed."""
    found = with_public_parts(Publication.objects.filter(school_id=rubric.school_id, pk=pk), today())
    if not found:
        raise Http404("no such post")
    return {
        "rubric": rubric,
        "school": rubric.school,
        "post": found[0],
        "body": markup.html(found[0].body),
        "photos": [each for each in found[0].public_files if each.is_photo],
        "files": [each for each in found[0].public_files if not each.is_photo],
    }


def roadmap(rubric):
    """The roadmap with numbers and states, no names; 404 where the school does not show it."""
    plan = approved_roadmap(rubric) if rubric.shows_roadmap else None
    if plan is None:
        raise Http404("no roadmap to show")
    plan.year.school = rubric.school
    measured = measure(plan, plan.year.as_of())
    items = [(item, reading_of(item, plan), measured.get(item.pk)) for item in plan.items.all()]
    return {
        "rubric": rubric,
        "school": rubric.school,
        "roadmap": plan,
        "on": plan.year.as_of(),
        "sections": [
            (section, [row for row in items if row[0].section_id == section.pk]) for section in plan.sections.all()
        ],
    }


def reading_of(item, plan):
    """When the item is due this year, where the words of an older roadmap do not say it."""
    item.roadmap = plan
    return beside(item.deadline_words, describe(item.reading()))


def whole(rubric):
    """Everything for the dated print: the first page and the roadmap."""
    found = front(rubric)
    return found | ({"sections": roadmap(rubric)["sections"]} if found["roadmap"] else {})
