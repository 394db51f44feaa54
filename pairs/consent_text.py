"""The wording of a consent filled in with a person's data. Russian always: these are the school's papers."""

import re

from django.utils import formats, translation

from pairs.naming import decline, decline_post

BLANK = "______________________"
IN_BRACES = re.compile(r"\{([^{}\n]{1,40})\}")

# What the words in braces stand for, in the order in which the page explains them.
PLACES = {
    "ФИО": lambda person: person.full_name,
    "ФИО_родительный": lambda person: decline(person, "genitive"),
    "должность": lambda person: post_of(person),
    "должность_родительный": lambda person: decline_post(post_of(person), "genitive"),
    "роль": lambda person: " и ".join(ROLES[side][0] for side in sides_of(person)),
    "роль_родительный": lambda person: " и ".join(ROLES[side][1] for side in sides_of(person)),
    "контакт": lambda person: person.email or person.phone,
    "школа": lambda person: person.school.full_name or person.school.name,
    "место": lambda person: person.school.place,
    "сайт": lambda person: person.school.site_url,
}
ROLES = {"mentor": ("наставник", "наставника"), "mentee": ("наставляемый", "наставляемого")}
TITLES = {
    "mentor_work": "на выполнение работы по наставничеству",
    "participation": "на участие в системе наставничества",
    "personal_data": "на обработку персональных данных",
    "publication": "на обработку персональных данных, разрешённых субъектом персональных данных для распространения",
}


def post_of(person):
    card = getattr(person, "card", None)
    return card.post if card else ""


def sides_of(person):
    """The sides on which the person takes part in the newest of their years, mentor first."""
    parts = list(person.participations.all())
    newest = max((part.year.first_year for part in parts), default=None)
    return [side for side in ROLES if any(part.side == side and part.year.first_year == newest for part in parts)]


def filled(text, person):
    """The text with the person's data in it; what is not known is a line to write on."""
    return IN_BRACES.sub(lambda found: value_of(found[1], person), text).replace("№ ", "№\u00a0")


def value_of(place, person):
    if place not in PLACES:
        return "{" + place + "}"
    return PLACES[place](person) or BLANK


def unknown_places(text):
    """Words in braces that stand for nothing."""
    return [place for place in IN_BRACES.findall(text) if place not in PLACES]


def capital(words):
    return words[:1].upper() + words[1:]


def sheet(text, person, head):
    """What one printed sheet needs: to whom, from whom, the title, the paragraphs, and which version it is."""
    school = person.school
    with translation.override("ru"):
        since = formats.date_format(text.since, "d.m.Y")
    return {
        "to": capital(f"{decline_post(school.head_post, 'dative')} {school.name}".strip()),
        "to_name": decline(head, "dative") if head else BLANK,
        "from_name": decline(person, "genitive"),
        "from_post": decline_post(post_of(person), "genitive"),
        "title": TITLES[text.kind],
        "lines": filled(text.text, person).splitlines(),
        "name": person.short_name,
        "version": f"Версия {text.number} от {since}",
    }
