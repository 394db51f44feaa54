"""Acts over several models of the diagnostics."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import journal, outbox
from accounts.clock import today
from pairs.audience import Audience
from surveys.models import Questionnaire, Reminder, Response, Wave

# What each of the year's four periods asks; where there is no such questionnaire, the next in the row stands in.
Purpose = Questionnaire.Purpose
RHYTHM = {1: (Purpose.ENTRY, Purpose.QUARTERLY), 4: (Purpose.EXIT, Purpose.QUARTERLY)}
LAST = 4


@transaction.atomic
def open_waves(*, year):
    """The year's rhythm: entry first, exit and satisfaction at the end, the quarterly diagnostics between.

    Running it again adds waves only to a period that has no diagnostics: what a year has, it keeps.
    """
    newest = {}
    forms = Questionnaire.objects.filter(school=year.school).published().exclude(audience=Audience.GROUP)
    for form in forms.order_by("published_on", "version", "pk"):
        newest.setdefault(form.purpose, {})[form.audience] = form
    for period in year.periods.all():
        if not period.waves.feeding().exists():
            asked = forms_for(newest, RHYTHM.get(period.number, (Purpose.QUARTERLY,)))
            asked += newest.get(Purpose.SATISFACTION, {}).values() if period.number == LAST else []
            for form in asked:
                open_wave(year, period, form)


def forms_for(newest, purposes):
    """One form for everybody, or one for each side, of the first purpose that has one for them."""
    found = {}
    for purpose in purposes:
        forms = newest.get(purpose, {})
        if Audience.EVERYBODY in forms and not found:
            return [forms[Audience.EVERYBODY]]
        found = {audience: form for audience, form in forms.items() if audience != Audience.EVERYBODY} | found
    return list(found.values())


def open_wave(year, period, form):
    wave = Wave(year=year, period=period, questionnaire=form, audience=form.audience, anonymous=form.anonymous)
    wave.derive()
    wave.save()


@transaction.atomic
def sync_waves(*, year):
    """Waves follow the dates of their periods; nameless ones whose answers are mixed already stay as they were."""
    open_waves(year=year)
    for period in year.periods.all():
        waves = Wave.objects.filter(period=period, shuffled_on__isnull=True)
        waves.update(opens_on=period.opens_on, closes_on=period.closes_on)
        date_nameless(waves)


def date_nameless(waves):
    """Answers without a name bear the day on which their wave closes, the same for all."""
    for wave in waves.filter(anonymous=True):
        Response.objects.filter(wave=wave, participation__isnull=True).update(submitted_on=wave.closes_on)


@transaction.atomic
def remind(*, wave, by):
    """Remind just those who have not answered: a line on their Today and, where there is an address, a letter.

    Returns how many people were reminded today for the first time.
    """
    done = Reminder.objects.filter(wave=wave, on=today()).values("participation_id")
    people = list(wave.silent().exclude(pk__in=done).select_related("person__school"))
    Reminder.objects.bulk_create(Reminder(wave=wave, participation=part, on=today(), by=by) for part in people)
    for part in people:
        if part.person.email:
            send_letter(wave, part.person)
    if people:
        journal.record(by, _("reminded those who have not answered"), wave, comment=str(len(people)))
    return len(people)


def send_letter(wave, person):
    with override(person.language):
        outbox.queue(
            to=person.email, subject=_("Please fill in the questionnaire"), body=reminder_text(wave),
            school=person.school,
        )  # fmt: skip


def reminder_text(wave):
    """For a letter and for the school chat: no names, they would be read by everybody."""
    return _(
        "Good day! Please fill in “%(title)s” by %(day)s: it takes about %(minutes)d min and can be left and resumed.\n%(address)s"
    ) % {
        "minutes": wave.questionnaire.minutes,
        "title": wave.questionnaire.title,
        "day": f"{wave.closes_on:%d.%m.%Y}",
        "address": settings.SITE_URL + reverse("survey_list"),
    }
