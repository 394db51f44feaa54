"""What waits for the administrator: who cannot get in, which letters did not leave."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from mentorship_portal.today.task import Section, Step, Task


def section(look):
    people = User.objects.filter(school=look.user.school, is_active=True)
    return Section(
        Role.ADMIN.label,
        "mentorship_portal/today/admin.html",
        [*not_in_yet(people), *letters(people)],
        {"steps": first_steps(look, people)},
    )


def first_steps(look, people):
    """A school begins with its curator and its head; empty once both are named."""
    found = people.filter(Q(is_curator=True) | Q(is_head=True)).values_list("is_curator", "is_head")
    curator, head = any(row[0] for row in found), any(row[1] for row in found)
    if curator and head:
        return []
    return [
        Step(_("Fill in the school's page"), _("Its official name and place stand on orders and papers"),
             reverse("school_edit"), bool(look.user.school.full_name)),
        Step(_("Name the curator"), _("Add a person, give the role, print the invitation"),
             reverse("person_create"), curator),
        Step(_("Name the head of the school"), _("Approves the roadmap; the name stands on the papers"),
             reverse("person_create"), head),
    ]  # fmt: skip


def not_in_yet(people):
    """Who has never signed in, and who of them holds no invitation that still works."""
    found = list(people.never_signed_in())
    uninvited = tuple(named(person) for person in found if not person.invited)
    every = tuple(named(person) for person in found)
    tasks = []
    if uninvited:
        words = ngettext(
            "%(n)d person has no valid invitation", "%(n)d people have no valid invitation", len(uninvited)
        )
        url = f"{reverse('person_list')}?state=uninvited"
        tasks.append(Task(words % {"n": len(uninvited)}, url, _("Print invitations"), "warn", people=uninvited))
    if len(every) > len(uninvited):
        words = ngettext("%(n)d person has never signed in", "%(n)d people have never signed in", len(every))
        tasks.append(
            Task(words % {"n": len(every)}, f"{reverse('person_list')}?state=never", _("See them"), people=every)
        )
    return tasks


def named(person):
    return (person.short_name, person.get_absolute_url(), "")


def letters(people):
    """Letters wait in the outbox and are tried again; a person who cannot be reached gets a slip."""
    found = tuple((person.short_name, person.get_absolute_url(), person.email) for person in people.unreached())
    if not found:
        return []
    words = ngettext("A letter to %(n)d person was not sent", "Letters to %(n)d people were not sent", len(found))
    url = f"{reverse('person_list')}?state=unreached"
    return [Task(words % {"n": len(found)}, url, _("See them"), "bad", people=found)]
