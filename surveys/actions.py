"""Acts over several models of the diagnostics."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import journal, outbox
from accounts.clock import today
from surveys.models import Questionnaire, Reminder, Wave


@transaction.atomic
def open_waves(*, year):
    """A wave for each period and audience that has published diagnostics; running it again adds what is missing."""
    published = Questionnaire.objects.filter(school=year.school, purpose="quarterly").published().order_by("version")
    forms = {form.audience: form for form in published}
    for period in year.periods.all():
        for audience, form in forms.items():
            days = {"opens_on": period.opens_on, "closes_on": period.closes_on}
            Wave.objects.get_or_create(
                period=period, audience=audience, feeds=True, defaults={"year": year, "questionnaire": form} | days
            )


@transaction.atomic
def sync_waves(*, year):
    """Waves follow the dates of their periods."""
    open_waves(year=year)
    for period in year.periods.all():
        Wave.objects.filter(period=period).update(opens_on=period.opens_on, closes_on=period.closes_on)


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
        "Good day! Please fill in “%(title)s” by %(day)s: it takes about five minutes and can be left and resumed.\n%(address)s"
    ) % {
        "title": wave.questionnaire.title,
        "day": f"{wave.closes_on:%d.%m.%Y}",
        "address": settings.SITE_URL + reverse("survey_list"),
    }
