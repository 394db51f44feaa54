"""The demo: every day of the year gives a believable school, made by the steps that people take."""

import datetime
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import translation

from accounts.clock import on
from accounts.models import Entry, Participation, School, SchoolYear, User
from mentorship_portal.demo import fill
from mentorship_portal.management.commands.demo import SIGN_INS
from pairs.models import Meeting, Pair, Plan
from papers import pdf
from roadmap.indicators import measure
from roadmap.indicators.measuring import NO_DATA
from roadmap.models import Proof, Roadmap
from surveys.models import Response, Wave
from tests import factories as make

pytestmark = pytest.mark.django_db
DAYS = [
    datetime.date(2026, 9, 1), datetime.date(2026, 9, 15), datetime.date(2026, 11, 20), datetime.date(2027, 1, 10),
    datetime.date(2027, 3, 20), datetime.date(2028, 2, 29), datetime.date(2027, 5, 31), datetime.date(2027, 7, 15),
    datetime.date(2027, 8, 31),
]  # fmt: skip
NOVEMBER = datetime.date(2026, 11, 20)
FIRST_SCHOOL = "МКОУ СОШ № 9"


@pytest.fixture
def quick(monkeypatch):
    """Papers are printed in a test of their own."""
    monkeypatch.setattr(pdf, "render", lambda *args: b"%PDF-1.4")


def demo_year():
    return SchoolYear.objects.get(school__name=FIRST_SCHOOL)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_day_has_its_school_and_nothing_of_tomorrow(quick, day):
    fill(day)
    year = demo_year()
    with on(day):
        assert year.starts_on <= day <= year.ends_on
        assert (
            Participation.objects.filter(year=year).mentors().count(),
            Participation.objects.filter(year=year).mentees().count(),
        ) == (8, 12)
        states = Counter(pair.shown_state for pair in Pair.objects.filter(year=year))
        assert (sum(states.values()), set(states)) == (11, set(Pair.Shown) - {Pair.Shown.WITHDRAWN})
        assert set(Plan.objects.filter(year=year).values_list("state", flat=True)) == set(Plan.State)
        shown = set(Meeting.objects.filter(year=year).with_shown_state().values_list("shown", flat=True))
        assert shown == {"planned", "held", "confirmed", "objected", "cancelled"}
        assert year.roadmap.state == Roadmap.State.APPROVED
        assert year.roadmap.items.count() == 21
        assert items_without_data(year, day) == []
    assert of_tomorrow(day) == {}


def items_without_data(year, day):
    """Numbers of the items that nothing measures, though they are due: none, whatever the day."""
    found = [
        each for each in measure(year.roadmap, day).values() if each.indicator is None or each.text == str(NO_DATA)
    ]
    return [each.checkpoint.item.number for each in found]


def of_tomorrow(day):
    """Facts later than the day, of which there must be none."""
    facts = {
        "entries": Entry.objects.filter(at__date__gt=day),
        "meetings": Meeting.objects.filter(on__gt=day).exclude(state=Meeting.State.PLANNED),
        "answers": Response.objects.filter(submitted_on__gt=day, participation__isnull=False),
        "proofs": Proof.objects.filter(Q(added_on__gt=day) | Q(dated__gt=day)),
        "lines": Plan.objects.filter(items__done_on__gt=day),
        "pairs": Pair.objects.filter(Q(fixed_on__gt=day) | Q(ended_on__gt=day) | Q(completed_on__gt=day)),
    }
    return {name: rows.count() for name, rows in facts.items() if rows.exists()}


def test_in_november_the_roadmap_has_items_of_every_kind(quick):
    fill(NOVEMBER)
    with on(NOVEMBER):
        found = measure(demo_year().roadmap, NOVEMBER)
    items = {}
    for each in found.values():
        items.setdefault(str(each.state), []).append(each.checkpoint.item.number)
    assert {state: sorted(numbers) for state, numbers in items.items()} == {
        "done": ["1.1", "1.6", "2.2", "3.1", "4.1", "5.3"], "done_late": ["2.1"], "explained": ["1.4"],
        "overdue": ["1.7"], "no_proof": ["3.3"], "ready": ["4.2"], "not_due": ["1.9", "4.3"],
        "running": ["1.2", "1.3", "1.5", "1.8", "3.2", "5.1", "5.2", "5.4"],
    }  # fmt: skip


def test_closed_waves_are_answered_and_the_open_one_in_part(quick):
    fill(NOVEMBER)
    waves = Wave.objects.filter(year=demo_year(), opens_on__lte=NOVEMBER).feeding().order_by("opens_on", "audience")
    with on(NOVEMBER):
        silent = [(wave.closes_on < NOVEMBER, wave.silent().count() > 0) for wave in waves]
    assert silent == [(True, False), (True, False), (False, True), (False, True)]


def test_the_promises_of_the_database_hold(quick):
    fill(NOVEMBER)
    mentors = Participation.objects.mentors().annotate(
        live=Count("pairs_as_mentor", filter=Q(pairs_as_mentor__state="fixed"))
    )
    assert mentors.exclude(live=F("live_pairs")).count() == 0
    for plan in Plan.objects.filter(state=Plan.State.SUBMITTED):
        assert plan.missing() == []


def test_every_decision_stands_in_the_history(quick):
    fill(NOVEMBER)
    approved = Plan.objects.filter(first_approved_on__isnull=False)
    decided = Pair.objects.exclude(state=Pair.State.DRAFT)
    for decisions, verb in [
        (Roadmap.objects.filter(state="approved"), "approved the roadmap"),
        (approved.filter(approved_from_paper=False), "approved the plan"),
        (decided, "fixed the pair by an order"),
    ]:
        said = Entry.objects.filter(verb=in_russian(verb)).values_list("target_id", flat=True)
        assert set(decisions.values_list("pk", flat=True)) - set(said) == set()


def in_russian(verb):
    with translation.override("ru"):
        return translation.gettext(verb)


# ------------------------------------------------------------------------------------------ signing in and looking

PLACES = ["home", "roadmap", "pair_list", "plan_list", "meeting_list", "survey_list"]
STAFF_PLACES = ["registry", "report_list"]
REPORTS = ["registry", "roadmap", "diagnostics"]


@pytest.mark.parametrize("day", [datetime.date(2026, 9, 1), NOVEMBER, datetime.date(2027, 7, 15)], ids=str)
def test_everybody_signs_in_and_opens_their_pages(client, quick, day):
    fill(day)
    with on(day):
        for name in SIGN_INS:
            entered = client.post("/login/", {"username": f"{name}@demo.test", "password": make.PASSWORD})
            assert (name, entered.status_code, entered.headers.get("Location")) == (name, 302, "/")
            staff = name not in ("mentor", "mentee", "site")
            urls = [reverse(place) for place in PLACES + STAFF_PLACES * staff if name != "site" or place == "home"]
            urls += [reverse("report_detail", args=[slug]) for slug in REPORTS * staff]
            assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
            client.post("/logout/")


def test_nothing_of_the_first_school_is_shown_in_the_second(client, quick):
    fill(NOVEMBER)
    names = set(User.objects.filter(school__name=FIRST_SCHOOL).values_list("last_name", flat=True))
    with on(NOVEMBER):
        client.force_login(User.objects.get(username="curator2@demo.test"))
        urls = [reverse(name) for name in PLACES + STAFF_PLACES + ["person_list", "journal_list"]]
        text = "".join(client.get(url).content.decode() for url in urls)
    assert "Ломов" in text
    assert [name for name in names if name in text] == []


# ------------------------------------------------------------------------------------------ the same again

# What is made of chance or of the clock on the wall.
CHANCE = {
    "id", "password", "token_hash", "created_at", "expires_at", "uploaded_at", "updated_at", "file", "target_id",
    "target_url", "at", "check_in_code",
}  # fmt: skip


def everything():
    """{model: rows without keys and moments} of all that is in our tables."""
    found = {}
    for app in ("accounts", "pairs", "surveys", "events", "publications", "roadmap"):
        for model in apps.get_app_config(app).get_models():
            fields = [field.attname for field in model._meta.concrete_fields if not field.is_relation]
            kept = [name for name in fields if name not in CHANCE]
            rows = model.objects.order_by("pk")
            found[model.__name__] = list(rows.values_list(*kept)) if kept else [()] * rows.count()
    return found


def test_the_same_day_gives_the_same_school(quick):
    seen = []
    for _time in range(2):
        with transaction.atomic():
            fill(NOVEMBER)
            seen.append(everything())
            transaction.set_rollback(True)
    assert sum(len(rows) for rows in seen[0].values()) > 1000
    assert seen[0] == seen[1]


@pytest.mark.pdf
def test_proofs_are_papers_printed_by_the_portal():
    fill(datetime.date(2026, 9, 3))
    printed = Proof.objects.filter(kind=Proof.Kind.PRINTED).select_related("file")
    assert sorted(proof.checkpoint.item.number for proof in printed) == ["1.1", "2.2", "5.3"]
    for proof in printed:
        with proof.file.file.open("rb") as content:
            assert content.read(5) == b"%PDF-"


def test_without_pango_the_demo_is_filled_all_the_same(monkeypatch):
    def refuse(*args):
        raise pdf.PdfUnavailable("no Pango")

    monkeypatch.setattr(pdf, "render", refuse)
    fill(datetime.date(2026, 9, 3))
    assert Proof.objects.filter(checkpoint__state="done", kind=Proof.Kind.NOTE).count() == 3


# ------------------------------------------------------------------------------------------ the command


@pytest.fixture
def trying_out(settings, quick):
    settings.DEBUG = True


def test_the_command_fills_and_names_the_sign_ins(trying_out, capsys):
    call_command("demo", on="2026-09-01")
    assert "curator2@demo.test; password demo-2024" in capsys.readouterr().out
    assert demo_year().first_year == 2026


def test_a_second_run_leaves_everything_alone(trying_out, capsys):
    call_command("demo", on="2026-09-01")
    before = everything()
    call_command("demo", on="2026-11-20")
    assert "nothing was changed" in capsys.readouterr().out
    assert everything() == before


def test_over_a_real_school_it_changes_nothing_and_names_no_sign_ins(trying_out, capsys):
    make.school()
    call_command("demo")
    assert "@demo.test" not in capsys.readouterr().out
    assert User.objects.count() == 0


def test_it_refuses_where_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("demo")
    assert School.objects.count() == 0


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "1999-09-01", "9999-01-01"])
def test_a_day_that_is_none_is_named(trying_out, text):
    with pytest.raises(CommandError, match=text):
        call_command("demo", on=text)
    assert School.objects.count() == 0
