"""Consents that are missing: for the curator whose, for a person which."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from mentorship_portal.today.task import Task
from pairs import consents


def missing(look):
    """Participants who lack a consent that is needed, never given or withdrawn."""
    people = consents.people_of(look.user, look.year, look.today).filter(consents.lacking())
    found = tuple(
        (person.short_name, reverse("teacher_detail", args=[person.pk]), lacks(person))
        for person in people.order_by("sort_key", "pk")
    )
    if not found:
        return []
    words = ngettext("%(n)d participant lacks a consent", "%(n)d participants lack a consent", len(found))
    url, all_of_them = look.to("consent_record", state="lacking"), look.to("consent_list", state="lacking")
    action = _("Record signed sheets")
    return [Task(words % {"n": len(found)}, url, action, "warn", people=found, list_url=all_of_them)]


def lacks(person):
    """«Участие, Персональные данные»"""
    kinds = [kind for kind in consents.NEEDED if getattr(person, f"state_{kind}") in consents.LACKING]
    return ", ".join(str(consents.SHORT[kind]).lower() for kind in kinds)


def waiting(look):
    """Consents that were never asked of the person who looks; what they took back is their own decision."""
    people = consents.with_states(User.objects.filter(pk=look.user.pk), look.year, look.today)
    state = people.values(*(f"state_{kind}" for kind in consents.NEEDED)).get()
    kinds = [kind for kind in consents.NEEDED if state[f"state_{kind}"] == consents.State.MISSING]
    if not kinds:
        return []
    names = ", ".join(str(consents.Kind(kind).label) for kind in kinds)
    words = ngettext("A consent waits for you: %(names)s", "Consents wait for you: %(names)s", len(kinds))
    url = reverse("consent_give", args=kinds) if len(kinds) == 1 else reverse("my_consents")
    return [Task(words % {"names": names}, url, _("Read and give"), "warn")]
