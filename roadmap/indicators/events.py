"""Whom the indicators of trainings and events count (1.3, 1.9, 4.3, 5.2, 5.4); the verbs belong to `events`."""

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import Participation, User
from events import tables
from events.models import Attendance, Course, Event, Invited, Talk
from pairs.models import Pair, participants_of
from pairs.models.plans import percent_of

# ---------------------------------------------------------------- 1.3: the training schedule


def people_of_schedule(moment):
    """Everybody who has a line in the training schedule, each once."""
    lines = Course.objects.scheduled(moment.year, moment.on)
    return User.objects.filter(school_id=moment.year.school_id, pk__in=lines.values("person_id"))


def trained(people, moment):
    """A confirmed course of the year that ended by the day, the one of the schedule or another."""
    return people.filter(pk__in=Course.objects.completed(moment.year, moment.on).values("person_id"))


def trained_beside(moment):
    """«из них наставников 3, дистанционно 2, часов 540; вне графика 1»."""
    done = Course.objects.completed(moment.year, moment.on)
    mentors = Participation.objects.filter(year=moment.year, side="mentor").values("person_id")
    scheduled = Course.objects.scheduled(moment.year, moment.on).values("person_id")
    rows = set(done.values_list("pk", "person_id", "is_distance"))
    if not rows:
        return ""
    of_mentors = set(done.filter(person__in=mentors).values_list("person_id", flat=True))
    beyond = set(done.exclude(person__in=scheduled).values_list("person_id", flat=True))
    words = _("of them mentors: %(mentors)d, at a distance: %(distance)d") % {
        "mentors": len(of_mentors), "distance": len({person for _pk, person, distance in rows if distance})
    }  # fmt: skip
    return words + (_(", beside the schedule: %(n)d") % {"n": len(beyond)} if beyond else "")


def trainings_table(moment, user):
    """Lines of the schedule, and what was completed beside it, as of the day."""
    seen = Course.objects.filter(year=moment.year).exclude(state=Course.State.WITHDRAWN)
    return tables.courses(seen.filter(Q(scheduled_on__lte=moment.on) | Q(ends_on__lte=moment.on)))


# ---------------------------------------------------------------- 1.9: the closing game


def game(moment):
    return Event.objects.last_game(moment.year, moment.on)


def game_people(moment):
    """People in pairs of the year on the day of the game; nobody before it. Each once, whatever their sides."""
    there = participants_of(moment.year, game(moment).values("on"))
    return User.objects.filter(school_id=moment.year.school_id, pk__in=there.values("person_id"))


def at_the_game(people, moment):
    return people.filter(pk__in=Attendance.objects.present_at(game(moment)).people())


def game_beside(moment):
    """«20.05.2027, уважительная причина: 1»; before the game: when it is planned."""
    found = game(moment).first()
    if found is None:
        return planned_game(moment)
    excused = found.attendances.filter(mark=Attendance.Mark.EXCUSED).count()
    words = f"{found.title}, {found.on:%d.%m.%Y}"
    return words + (_("; absent for a good reason, counted too: %(n)d") % {"n": excused} if excused else "")


def planned_game(moment):
    coming = Event.objects.standing().filter(year=moment.year, kind=Event.Kind.GAME).order_by("on").first()
    return _("planned for %(day)s") % {"day": f"{coming.on:%d.%m.%Y}"} if coming else ""


def game_row(person, moment):
    return person.mark_words or ""


def game_table(moment, user):
    found = game(moment).select_related("year").first()
    return tables.attendance(found) if found else None


def with_marks(people, moment):
    """Adds what the list says of those who were not there."""
    rows = Attendance.objects.filter(event__in=game(moment).values("pk"), person=OuterRef("pk"))
    return people.annotate(mark_words=Subquery(rows.values("reason")[:1]))


# ---------------------------------------------------------------- 4.3: the council


def pairs_at_the_end(moment):
    """Pairs of the year on the item's last day, or on the day that is asked for while it is still ahead."""
    return Pair.objects.of_year(moment.year, min(moment.on, moment.due or moment.on))


def presented(pairs, moment):
    return pairs.filter(pk__in=Talk.objects.filter(year=moment.year).spoken_by(moment.on).values("pair_id"))


def council_table(moment, user):
    return tables.council(moment.year, moment.on, pairs_at_the_end(moment))


def talks_beside(moment):
    """«запланировано выступлений: 3»."""
    number = Talk.objects.filter(year=moment.year).coming().count()
    return _("talks scheduled: %(n)d") % {"n": number} if number else ""


# ---------------------------------------------------------------- 5.2: events on time


def assigned(moment):
    return Event.objects.filter(year=moment.year).assigned_and_due(moment.on)


def on_time(events, moment):
    return events.on_time(moment.on)


def event_row(event, moment):
    """Why it is not counted: moved, cancelled, or not said yet."""
    if event.state == Event.State.CANCELLED:
        return event.cancel_reason or str(event.shown_state.label)
    if event.is_moved:
        return _("moved to %(day)s") % {"day": f"{event.on:%d.%m.%Y}"}
    return str(event.shown_state.label).lower()


def register_table(moment, user):
    return tables.register(assigned(moment))


# ---------------------------------------------------------------- 5.4: outside events


def nominated(moment):
    rows = Invited.objects.nominated(moment.year, moment.on)
    return User.objects.filter(school_id=moment.year.school_id, pk__in=rows.values("person_id"))


def took_part(people, moment):
    """Present at an outside event of the year that has come."""
    return people.filter(pk__in=outside_attendances(moment).people())


def outside_attendances(moment):
    events = Event.objects.standing().filter(year=moment.year, kind=Event.Kind.OUTSIDE, on__lte=moment.on)
    return Attendance.objects.present_at(events)


def participants_outside(moment):
    """«из участников системы: 5 из 18 (27 %)»."""
    everybody = participants_of(moment.year, moment.on)
    people = User.objects.filter(school_id=moment.year.school_id, pk__in=everybody.values("person_id"))
    total, there = people.count(), took_part(people, moment).count()
    if not total:
        return ""
    words = {"there": there, "total": total, "percent": percent_of(there, total)}
    return _("of all participants took part: %(there)d of %(total)d (%(percent)d %%)") % words


def outside_table(moment, user):
    return tables.outside(moment.year, moment.on)
