"""Events: planned, moved, held, cancelled; seen by those they invite; a gap of the diagnostics begins a training."""

import datetime

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts import clock, workflow
from events.models import Event, Invited, Talk
from tests import factories as f
from tests.posting import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
TODAY = f.TODAY
LATER = TODAY + datetime.timedelta(days=7)


def fill_in(client, **fields):
    """The form of a new event as the page offers it, with these fields in it."""
    return fields_of(client.get(reverse("event_create"))) | {"title": "Семинар", "on": TODAY.isoformat()} | fields


def titles(client, **query):
    return [event.title for event in client.get(reverse("event_list"), query).context["page"]]


def errors_of(answer):
    return set(answer.context["form"].errors)


def test_a_planned_event_remembers_its_first_day(signed_in, year):
    assert signed_in.post(reverse("event_create"), fill_in(signed_in)).status_code == 302
    event = Event.objects.get()
    assert (event.year, event.state, event.on, event.original_on) == (year, "planned", TODAY, TODAY)
    moved = {"on": LATER.isoformat(), "starts_at": "15:00", "ends_at": "16:00", "comment": "Зал занят"}
    assert signed_in.post(reverse("event_postpone", args=[event.pk]), moved).status_code == 302
    event.refresh_from_db()
    assert (event.on, event.original_on, event.shown_state, event.move_reason) == (LATER, TODAY, "moved", "Зал занят")


def test_a_move_says_why_and_goes_somewhere(signed_in, year):
    event = f.event(year, on=LATER, ends_at=datetime.time(23, 59))
    url = reverse("event_postpone", args=[event.pk])
    offered = fields_of(signed_in.get(url))
    assert errors_of(signed_in.post(url, offered)) == {"comment"}
    assert errors_of(signed_in.post(url, offered | {"comment": "Так"})) == {"on"}
    outside = offered | {"comment": "Так", "on": "2031-01-01"}
    assert errors_of(signed_in.post(url, outside)) == {"on"}


@pytest.mark.parametrize(
    "fields, wrong",
    [
        ({"starts_at": "15:00", "ends_at": "15:00"}, {"ends_at"}),
        ({"on": "2031-01-01"}, {"on"}),
        ({"kind": "outside"}, {"level"}),
        ({"audience": "group"}, {"group"}),
        ({"hours": "0"}, {"hours"}),
        ({"link": "javascript:alert(1)"}, {"link"}),
        ({"title": ""}, {"title"}),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(signed_in, year, fields, wrong):
    answer = signed_in.post(reverse("event_create"), fill_in(signed_in, **fields))
    assert (answer.status_code, errors_of(answer), Event.objects.count()) == (200, wrong, 0)


def test_a_second_press_plans_nothing_twice(signed_in, year):
    sent = fill_in(signed_in)
    assert [signed_in.post(reverse("event_create"), sent).status_code for _press in range(2)] == [302, 200]
    assert Event.objects.count() == 1


def test_a_game_expects_ninety_percent_unless_told_otherwise(signed_in, year):
    signed_in.post(reverse("event_create"), fill_in(signed_in, kind="game"))
    signed_in.post(reverse("event_create"), fill_in(signed_in, kind="game", title="Другая", threshold="75"))
    assert set(Event.objects.values_list("title", "threshold")) == {("Семинар", 90), ("Другая", 75)}


def test_an_event_is_not_held_before_its_day(year, curator):
    event = f.event(year, on=LATER)
    with pytest.raises(workflow.Refused):
        workflow.perform(event, "hold", curator)
    with clock.on(LATER):
        assert workflow.perform(event, "hold", curator).state == "held"


def test_a_cancelled_event_keeps_its_reason_and_comes_back(signed_in, year, curator):
    event = f.event(year)
    url = reverse("event_move", args=[event.pk, "cancel"])
    signed_in.post(url, {"comment": ""})
    assert Event.objects.get().state == "planned"
    signed_in.post(url, {"comment": "Карантин"})
    event.refresh_from_db()
    assert (event.state, event.cancelled_on, event.cancel_reason) == ("cancelled", TODAY, "Карантин")
    twin = f.event(year, title=event.title)
    with pytest.raises(workflow.Refused):
        workflow.perform(event, "reopen", curator, "Ошибка")
    twin.delete()
    assert workflow.perform(event, "reopen", curator, "Ошибка").cancelled_on is None


def test_nothing_is_planned_in_a_closed_year(signed_in, year, curator):
    event = f.event(year)
    workflow.perform(year, "close", curator, "Год окончен")
    assert signed_in.get(reverse("event_create")).status_code == 302
    assert signed_in.post(reverse("event_move", args=[event.pk, "cancel"]), {"comment": "Так"}).status_code == 403


# ---------------------------------------------------------------- who sees what


def test_people_see_what_they_are_invited_to(client, year, pair):
    other = f.pair(year)
    group = year.groups.create(name="Молодые")
    other.groups.add(group)
    f.event(year, title="Всем")
    f.event(year, title="Наставникам", audience="mentors")
    f.event(year, title="Наставляемым", audience="mentees")
    f.event(year, title="Группе", audience="group", group=group)
    named = f.event(year, title="Поимённо", audience="by_name")
    Invited.objects.create(year=year, event=named, person=pair.mentor.person)
    answers_for = f.event(year, title="Отвечаю", audience="by_name", responsible=other.mentee.person)
    f.event(year, title="До приказа", on=datetime.date(2024, 9, 1))
    seen = {who: set(titles(f.as_user(client, who))) for who in (pair.mentor.person, other.mentee.person)}
    assert seen[pair.mentor.person] == {"Всем", "Наставникам", "Поимённо"}
    assert seen[other.mentee.person] == {"Всем", "Наставляемым", "Группе", "Отвечаю"}
    assert client.get(answers_for.get_absolute_url()).status_code == 200
    assert client.get(named.get_absolute_url()).status_code == 404


def test_a_participant_reads_no_names_of_others(client, year, pair):
    event = f.event(year)
    page = f.as_user(client, pair.mentee.person).get(event.get_absolute_url()).content.decode()
    assert pair.mentor.person.full_name not in page
    event.responsible = pair.mentee.person
    event.save()
    assert pair.mentor.person.full_name in client.get(event.get_absolute_url()).content.decode()


def test_the_list_filters_sorts_and_counts(signed_in, year):
    f.event(year, title="А", on=datetime.date(2024, 10, 2), state="held")
    f.event(year, title="Б", kind="council", on=datetime.date(2024, 12, 5), original_on=TODAY)
    f.event(year, title="В", on=datetime.date(2024, 12, 4))
    assert titles(signed_in) == ["В", "Б", "А"]  # what comes next, then what is over
    assert titles(signed_in, sort="title") == ["А", "Б", "В"]
    assert titles(signed_in, kind="council") == ["Б"]
    assert titles(signed_in, month="2024-12", sort="-title") == ["В", "Б"]
    assert titles(signed_in, shown="moved") == ["Б"]
    assert titles(signed_in, shown="planned") == ["В"]
    assert titles(signed_in, month="2031-77", kind="dance") == ["В", "Б", "А"]
    tabs = signed_in.get(reverse("event_list")).context["tabs"]
    assert {state: number for state, _label, number in tabs} == {"planned": 1, "moved": 1, "held": 1, "cancelled": 0}


# ---------------------------------------------------------------- a gap begins a training


def test_a_gap_of_the_diagnostics_begins_a_training(signed_in, year):
    lesson = f.competence(year.school, "Ведение урока")
    form = signed_in.get(reverse("event_create"), {"kind": "training", "competence": lesson.code}).context["form"]
    assert (form["kind"].value(), form["competence"].value()) == ("training", lesson.pk)
    assert form["title"].value() == "Обучение: Ведение урока"
    assert "Ведение урока" in form["programme"].value()


def test_a_competence_that_is_not_of_this_school_begins_nothing(signed_in, year):
    foreign = f.competence(f.school(), "Чужая")
    for code in (foreign.code, "нет такой", "9" * 400):
        form = signed_in.get(reverse("event_create"), {"kind": "dance", "competence": code}).context["form"]
        assert (form["title"].value(), form["competence"].value()) == ("", None)


# ---------------------------------------------------------------- by name


def test_the_list_by_name_is_what_is_ticked(signed_in, year, pair):
    event, colleague = f.event(year, audience="by_name"), f.person(year.school)
    url = reverse("event_invite", args=[event.pk])
    for chosen in ([colleague.pk, pair.mentee.person.pk], [colleague.pk]):
        assert signed_in.post(url, {"people": chosen}).status_code == 302
        assert set(event.invited_people.values_list("person_id", flat=True)) == set(chosen)
    assert errors_of(signed_in.post(url, {"people": [f.person(f.school()).pk]})) == {"people"}


def test_somebody_of_whom_a_fact_is_known_stays_on_the_list(signed_in, year, pair):
    event = f.event(year, kind="outside", level="regional", audience="by_name")
    Invited.objects.create(year=year, event=event, person=pair.mentee.person, result="Диплом")
    answer = signed_in.post(reverse("event_invite", args=[event.pk]), {"sent": "1"})
    assert errors_of(answer) == {"people"}
    assert event.invited_people.count() == 1


# ---------------------------------------------------------------- talks of a council


@pytest.fixture
def council(year):
    return f.event(year, kind="council", title="Педсовет")


def test_talks_are_scheduled_ordered_and_marked(signed_in, year, pair, council):
    other, url = f.pair(year), reverse("talk_list", args=[council.pk])
    assert set(signed_in.get(url).context["silent"]) == {pair, other}
    for each in (pair, other):
        sent = {"pair": each.pk, "topic": f"Тема {each.pk}", "speaker": "both"}
        assert signed_in.post(url, sent).status_code == 302
    first, second = council.talks.all()
    signed_in.post(reverse("talk_shift", args=[second.pk]), {"to": "up"})
    assert list(council.talks.all()) == [second, first]
    signed_in.post(reverse("talk_mark", args=[first.pk]), {"spoken": "1"})
    signed_in.post(reverse("talk_remove", args=[first.pk]))
    signed_in.post(reverse("talk_remove", args=[second.pk]))
    assert list(Talk.objects.values_list("pk", "spoken_on")) == [(first.pk, council.on)]
    assert list(signed_in.get(url).context["silent"]) == [other]


def test_a_pair_speaks_once_at_a_council_and_not_before_its_day(signed_in, year, pair, council):
    talk = Talk.objects.create(year=year, event=council, pair=pair, topic="Год")
    again = signed_in.post(
        reverse("talk_list", args=[council.pk]), {"pair": pair.pk, "topic": "Ещё", "speaker": "both"}
    )
    assert errors_of(again) == {"pair"}
    Event.objects.filter(pk=council.pk).update(on=LATER)
    signed_in.post(reverse("talk_mark", args=[talk.pk]), {"spoken": "1"})
    talk.refresh_from_db()
    assert talk.spoken_on is None


def test_only_a_council_has_talks(signed_in, year):
    assert signed_in.get(reverse("talk_list", args=[f.event(year).pk])).status_code == 404


# ---------------------------------------------------------------- the calendar


def test_the_calendar_file_is_in_universal_time_and_keeps_its_identity(client, year, pair):
    event = f.event(
        year, title="Семинар; «итоги»", on=LATER, starts_at=datetime.time(14, 0), ends_at=datetime.time(15, 30),
        place="Зал", programme="Первое\nВторое",
    )  # fmt: skip
    answer = f.as_user(client, pair.mentee.person).get(reverse("event_ics", args=[event.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    entry = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert entry.decoded("dtstart") == datetime.datetime(2024, 11, 27, 11, 0, tzinfo=datetime.UTC)
    assert entry.decoded("dtend") == datetime.datetime(2024, 11, 27, 12, 30, tzinfo=datetime.UTC)
    assert (str(entry["summary"]), str(entry["location"])) == ("Семинар; «итоги»", "Зал")
    assert str(entry["uid"]).startswith(f"event-{event.pk}@")
    assert b"DTSTART:20241127T110000Z" in answer.content
