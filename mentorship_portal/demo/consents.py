"""The demo year's consents: most are given, two are missing, one is withdrawn, some were given to an older text."""

from django.utils.translation import gettext as _

from accounts import clock, journal
from accounts.models import Consent, ConsentText
from pairs.consent_actions import give_on_screen, withdraw, write_text
from pairs.consents import KINDS, MENTOR_WORK, PARTICIPATION, PERSONAL_DATA, PUBLICATION

# Who has not brought which sheet yet, by last name.
MISSING = {("Белых", PARTICIPATION), ("Ткач", PERSONAL_DATA)}
SILENT = {"Орлов", "Шевченко", "Ахметов"}  # about the publication, which is free
ON_SCREEN = ("Петрова", "Черняк", "Белых", "Фомина")  # give the publication again, to the newer text
WITHDREW = "Ким"
ADDED = "Фотографии с участием других людей публикуются, только если согласие дали и они."


def signed(parts, curator):
    """Sheets that were signed when the people joined, entered in one go."""
    texts = {text.kind: text for text in ConsentText.objects.filter(school=curator.school)}
    rows = [
        Consent(person=part.person, kind=kind, text=texts[kind], given_on=clock.today(), recorded_by=curator)
        for part in parts
        for kind in KINDS
        if brought(part, kind)
    ]
    for consent in Consent.objects.bulk_create(rows):
        journal.record(curator, _("recorded a consent"), consent)


def brought(part, kind):
    if kind == MENTOR_WORK and not part.is_mentor:
        return False
    name = part.person.last_name
    return (name, kind) not in MISSING and not (kind == PUBLICATION and name in SILENT)


def of_year(days, parts, curator):
    """In October the text on publication becomes stricter; some give it anew, in November one takes it back."""
    people = {part.person.last_name: part.person for part in parts}
    text = ConsentText.objects.get(school=curator.school, kind=PUBLICATION)
    if (day := days.on(10, 1)) <= days.today:
        with clock.on(day):
            text = write_text(newest=text, text=f"{text.text}\n{ADDED}", by=curator, seen=text.number)
    for number, name in enumerate(ON_SCREEN):
        if (day := days.weekday(days.on(10, 5 + 4 * number))) <= days.today:
            with clock.on(day):
                give_on_screen(person=people[name], text=text, seen=text.number)
    if (day := days.weekday(days.on(11, 10))) <= days.today:
        with clock.on(day):
            consent = Consent.objects.get(person=people[WITHDREW], kind=PUBLICATION)
            withdraw(
                consent=consent, by=people[WITHDREW], on=day, reason="Не хочу, чтобы мои фотографии были в интернете."
            )
