"""Which pages are measured, for whom, and what each costs: queries, and time in hellos."""

from time import perf_counter, process_time

from django.db import connection

from bench.visitor import Visitor

HELLO = "/hello/"
ROWS = (1, 3, 300)
# Every page of a signed-in person asks for these: the session, the person with the school, the roles, the years.
FRAME = 4
LIST, DETAIL, WHOLE = 8, 12, 45  # queries promised beyond the frame; a whole page counts its frame too
TODAY = 55  # the roadmap's numbers, and one question for each kind of work that may wait

LISTS = {
    "participants": "/registry/",
    "mentors": "/registry/?side=mentor",
    "mentees": "/registry/?side=mentee",
    "consents": "/registry/consents/",
    "pairs": "/pairs/",
    "orders": "/pairs/orders/",
    "plans": "/plans/",
    "meetings": "/meetings/",
    "people": "/people/",
    "journal": "/journal/",
    "diagnostics": "/surveys/",
    "questionnaires": "/surveys/forms/",
    "analysis": "/surveys/analysis/",
    "events": "/events/",
    "courses": "/events/courses/",
}
# Pages that count answers.
OF_SURVEYS = {"diagnostics", "wave", "report of a wave", "growth of a person", "item 3.2", "today", "roadmap"}
WHOLES = {"roadmap": "/roadmap/", "today": "/"}
OWN_LISTS = {name: LISTS[name] for name in ("pairs", "plans", "meetings", "diagnostics", "events", "courses")}


def visitors(plot, kind=Visitor):
    """{role: Visitor} of a school filled by `bench.fill`."""
    people = {"curator": plot.curator, "head": plot.staff["is_head"], "admin": plot.staff["is_admin"]}
    people |= {"mentor": plot.mentors[0].person, "mentee": plot.mentees[0].person}
    return {role: kind(person) for role, person in people.items()}


def details(plot):
    """{name: address} of the pages about one thing."""
    from events.models import Course, Event
    from pairs.models import Meeting, Plan
    from surveys.models import Wave

    pair = plot.pairs[0]
    wave = Wave.objects.filter(year=plot.year, audience="mentees").first()
    game = Event.objects.get(year=plot.year, kind=Event.Kind.GAME)
    council = Event.objects.filter(year=plot.year, kind=Event.Kind.COUNCIL).last()
    return {
        "event": game.get_absolute_url(),
        "attendance": f"{game.get_absolute_url()}attendance/",
        "share": f"{game.get_absolute_url()}attendance/share/",
        "screen": f"{game.get_absolute_url()}screen/",
        "talks": f"{council.get_absolute_url()}talks/",
        "course": Course.objects.filter(person=pair.mentee.person).first().get_absolute_url(),
        "teacher": f"/registry/{pair.mentee.person_id}/",
        "person": f"/people/{pair.mentee.person_id}/",
        "pair": pair.get_absolute_url(),
        "order": pair.order.get_absolute_url(),
        "plan": Plan.objects.get(pair=pair).get_absolute_url(),
        "meeting": Meeting.objects.filter(attendances__pair=pair).first().get_absolute_url(),
        "wave": wave.get_absolute_url(),
        "report of a wave": f"/reports/wave/?wave={wave.pk}",
        "questionnaire": f"/surveys/forms/{wave.questionnaire_id}/",
        "growth of a person": f"/surveys/growth/{pair.mentee.person_id}/",
        "entry questionnaire": f"/surveys/analysis/{pair.mentee_id}/",
        "needs and resources": "/surveys/needs/",
        "analytical note": "/reports/note/",
        "growth of the school": "/reports/growth/",
        "year": plot.year.get_absolute_url(),
    }


def items(plot):
    """{name: address} of the roadmap's items whose indicators are counted."""
    from roadmap.indicators import INDICATORS
    from roadmap.models import Item

    counted = [code for code, indicator in INDICATORS.items() if indicator.is_counted]
    rows = Item.objects.filter(roadmap__year=plot.year, indicator__in=counted)
    return {f"item {item.number}": item.get_absolute_url() for item in rows}


def own_details(plot):
    """Those of `details` that mentor and mentee of the first pair may open."""
    return {name: url for name, url in details(plot).items() if name in ("pair", "plan", "meeting", "event")}


def everything(plot):
    """[(role, name, address)] of all that is measured in one school."""
    for_curator = LISTS | details(plot) | items(plot) | WHOLES | {"proposal of pairs": "/pairs/match/"}
    found = [("curator", name, url) for name, url in for_curator.items()]
    found += [(role, "today", "/") for role in ("head", "admin")]
    for role in ("mentor", "mentee"):
        found += [(role, name, url) for name, url in (OWN_LISTS | own_details(plot) | WHOLES).items()]
    return found


def count(visitor, address):
    """Queries of a page, the frame's included."""
    return len(visitor.queries(address))


def hellos(visitor, address, rounds=15):
    """Time of a page in hellos: the quickest of several, page and hello taken turn and turn about."""
    nobody = Visitor()
    visitor.get(address), nobody.get(HELLO)
    pages, greetings = [], []
    for _ in range(rounds):
        greetings.append(seconds(lambda: [nobody.get(HELLO) for _ in range(20)]) / 20)
        pages.append(seconds(lambda: visitor.get(address)))
    return min(pages) / min(greetings)


def seconds(act):
    """Of this process's work: what else runs on the machine does not count. PostgreSQL works apart: there by the clock."""
    clock = process_time if connection.vendor == "sqlite" else perf_counter
    begun = clock()
    act()
    return clock() - begun
