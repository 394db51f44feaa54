"""What a page costs: queries, and time in hellos."""

from statistics import median
from time import perf_counter

ROWS = (1, 3, 300)
HELLO = "/hello/"


def lists():
    """{name: address} of the pages with many rows."""
    return {
        "participants": "/registry/",
        "mentors": "/registry/?side=mentor",
        "mentees": "/registry/?side=mentee",
        "pairs": "/pairs/",
        "orders": "/pairs/orders/",
        "plans": "/plans/",
        "meetings": "/meetings/",
        "people": "/people/",
        "journal": "/journal/",
        "diagnostics": "/surveys/",
    }


def details(plot):
    """{name: address} of the pages about one thing, of a school filled by `bench.fill`."""
    from pairs.models import Meeting, Plan
    from roadmap.models import Item
    from surveys.models import Wave

    pair = plot.pairs[0]
    item = Item.objects.get(roadmap__year=plot.year, indicator="pairs-work")
    wave = Wave.objects.filter(year=plot.year, side="mentee").first()
    return {
        "teacher": f"/registry/{pair.mentee.person_id}/",
        "person": f"/people/{pair.mentee.person_id}/",
        "pair": pair.get_absolute_url(),
        "order": pair.order.get_absolute_url(),
        "plan": Plan.objects.get(pair=pair).get_absolute_url(),
        "meeting": Meeting.objects.filter(attendances__pair=pair).first().get_absolute_url(),
        "wave": wave.get_absolute_url(),
        "questionnaire": f"/surveys/forms/{wave.questionnaire_id}/",
        "roadmap item": item.get_absolute_url(),
        "year": plot.year.get_absolute_url(),
    }


WHOLE = {"roadmap": "/roadmap/", "today": "/", "proposal of pairs": "/pairs/match/"}


def hellos(visitor, address, rounds=7):
    """Time of a page in hellos: medians, page and hellos taken turn and turn about."""
    visitor.get(address), visitor.get(HELLO)
    pages, greetings = [], []
    for _ in range(rounds):
        greetings.append(seconds(lambda: [visitor.get(HELLO) for _ in range(20)]) / 20)
        pages.append(seconds(lambda: visitor.get(address)))
    return median(pages) / median(greetings)


def seconds(act):
    begun = perf_counter()
    act()
    return perf_counter() - begun
