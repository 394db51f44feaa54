"""The desk of the official site: what waits, what was placed, what must be taken down, the pack to take over."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.clock import on
from accounts.models import SchoolYear
from events.models import Event
from mentorship_portal.today import sections_of
from publications import actions
from publications.models import Month, Placement, Publication
from reports.kinds import KINDS, Scope
from tests import factories as make
from tests import publishing as pub

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
TODAY = make.TODAY


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def school(year):
    pub.months(year)
    return year.school


@pytest.fixture
def keeper(school):
    return make.person(school, is_site_keeper=True)


@pytest.fixture
def desk(client, keeper):
    """The site keeper's browser."""
    return make.as_user(client, keeper)


def record(client, query, address="https://site.test/1", day=TODAY):
    return client.post(reverse("placement_create") + query, {"address": address, "placed_on": f"{day:%Y-%m-%d}"})


# ---------------------------------------------------------------- what the site keeper may


def test_the_site_keeper_opens_what_is_needed_and_nothing_else(desk, year, school):
    made, inside = pub.news(school), pub.material(school)
    month = Month.objects.get(year=year, starts_on=date(2024, 11, 1))
    may = [reverse("site_desk"), reverse("material_list"), made.get_absolute_url(), month.get_absolute_url(),
           reverse("pack_post", args=[made.pk]), reverse("placement_create"), reverse("home")]  # fmt: skip
    may_not = {
        reverse("rubric_edit"): 403, reverse("publication_create"): 403, inside.get_absolute_url(): 404,
        reverse("publication_edit", args=[made.pk]): 403, reverse("pair_list"): 403, reverse("report_list"): 403,
    }  # fmt: skip
    assert [desk.get(url).status_code for url in may] == [200] * len(may)
    assert {url: desk.get(url).status_code for url in may_not} == may_not


# ---------------------------------------------------------------- placing


def test_a_post_waits_until_it_is_recorded_as_placed_once(desk, school, keeper):
    made = pub.news(school)
    assert [row.pk for row in desk.get(reverse("site_desk")).context["desk"].waiting] == [made.pk]
    assert record(desk, f"?post={made.pk}").status_code == 302
    row = Placement.objects.get()
    assert (row.publication, row.address, row.placed_on, row.placed_by) == (made, "https://site.test/1", TODAY, keeper)
    assert desk.get(reverse("site_desk")).context["desk"].waiting == []
    again = record(desk, f"?post={made.pk}")
    assert (again.status_code, Placement.objects.count()) == (200, 1)
    with translation.override("ru"):
        assert "отмечено как размещённое" in again.content.decode()


def test_an_issue_of_a_month_places_each_of_its_posts(desk, year, school):
    first, second = pub.news(school), pub.publication(school, kind="document", level="local", audience="public")
    pub.news(school, dated=date(2024, 10, 3))
    month = Month.objects.get(year=year, starts_on=date(2024, 11, 1))
    record(desk, f"?month={month.pk}")
    assert set(Placement.objects.values_list("publication", "month")) == {(first.pk, month.pk), (second.pk, month.pk)}
    again = record(desk, f"?month={month.pk}")
    assert (again.status_code, Placement.objects.count()) == (200, 2)


def test_a_day_to_come_a_foreign_post_and_a_withdrawn_one_are_not_placed(desk, school):
    made, gone = pub.news(school), pub.news(school, state="withdrawn", withdrawn_on=TODAY)
    answers = [
        record(desk, f"?post={made.pk}", day=TODAY + timedelta(days=1)),
        record(desk, f"?post={made.pk}", address="javascript:alert(1)"),
        record(desk, f"?post={gone.pk}"),
        record(desk, f"?post={pub.news(make.school()).pk}"),
        record(desk, "?post=x"),
        record(desk, f"?post={pub.material(school).pk}"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404, 404]
    assert Placement.objects.count() == 0


def test_the_section_is_recorded_and_can_move(desk, school):
    record(desk, "", "https://site.test/old")
    assert record(desk, "", "https://site.test/new").status_code == 200
    old = Placement.objects.get()
    desk.post(reverse("placement_take_down", args=[old.pk]), {"on": f"{TODAY:%Y-%m-%d}"})
    record(desk, "", "https://site.test/new")
    assert desk.get(reverse("site_desk")).context["desk"].section.address == "https://site.test/new"


@pytest.mark.parametrize(
    ("day", "words"), [(TODAY - timedelta(days=9), "не раньше"), (TODAY + timedelta(days=1), "не может быть позже")]
)
def test_it_is_taken_down_between_its_placement_and_today(desk, school, keeper, day, words):
    row = pub.placed(pub.news(school), keeper, TODAY - timedelta(days=3))
    url = reverse("placement_take_down", args=[row.pk])
    page = desk.post(url, {"on": f"{day:%Y-%m-%d}"}).content.decode()
    assert words in page
    for _press in range(2):
        desk.post(url, {"on": f"{TODAY:%Y-%m-%d}"})
    row.refresh_from_db()
    assert (row.taken_down_on, row.taken_down_by) == (TODAY, keeper)


# ---------------------------------------------------------------- names that must go


@pytest.fixture
def told(school, keeper, curator):
    """News placed three days ago: somebody in its text, somebody in its photo, an author; all agreed."""
    made = pub.news(school, title="Урок")
    people = [make.person(school, last_name=name) for name in ("Тестова", "Фотина", "Авторова", "Безымянная")]
    for person in people[:3]:
        pub.agrees(person, TODAY - timedelta(days=9))
    pub.named(made, people[0])
    pub.photo(made, curator, people[1])
    pub.named(made, people[2], "author")
    pub.named(made, people[3], "author")
    pub.placed(made, keeper, TODAY - timedelta(days=3))
    return made, people


def to_take_down(client):
    rows = client.get(reverse("site_desk")).context["desk"].to_take_down
    return [(row.publication.title, [person.last_name for person in row.unasked]) for row in rows]


@pytest.mark.parametrize("who", [0, 1, 2])
def test_a_consent_taken_back_gives_a_removal_task(desk, told, who):
    _made, people = told
    assert to_take_down(desk) == []
    pub.takes_back(people[who])
    assert to_take_down(desk) == [("Урок", [people[who].last_name])]
    desk.post(reverse("placement_take_down", args=[Placement.objects.get().pk]), {"on": f"{TODAY:%Y-%m-%d}"})
    assert to_take_down(desk) == []


def test_a_name_taken_out_in_the_portal_still_stands_on_the_site(desk, told, curator):
    made, people = told
    pub.takes_back(people[0])
    actions.name_people(publication=made, authors=[], named=[], by=curator)
    assert to_take_down(desk) == [("Урок", ["Тестова"])]


def test_what_was_withdrawn_must_go_from_the_site_too(desk, told):
    made, _people = told
    Publication.objects.filter(pk=made.pk).update(state="withdrawn", withdrawn_on=TODAY)
    assert to_take_down(desk) == [("Урок", [])]


# ---------------------------------------------------------------- the pack


def test_the_pack_holds_words_and_files_of_those_who_agree(desk, told, curator):
    made, people = told
    page = desk.get(reverse("pack_post", args=[made.pk]))
    assert page.context["pack"].text.startswith("Урок\n\n20 ноября 2024 г.\n\nКак это было\n\nАвторы: Авторова")
    archive = zipfile.ZipFile(BytesIO(desk.get(reverse("pack_post_zip", args=[made.pk])).content))
    assert archive.namelist() == ["Текст.txt", "01 foto.jpg"]
    assert "Безымянная" not in archive.read("Текст.txt").decode()
    pub.takes_back(people[1])
    pub.takes_back(people[2])
    archive = zipfile.ZipFile(BytesIO(desk.get(reverse("pack_post_zip", args=[made.pk])).content))
    assert (archive.namelist(), "Авторова" in archive.read("Текст.txt").decode()) == (["Текст.txt"], False)
    pub.takes_back(people[0])
    assert desk.get(reverse("pack_post", args=[made.pk])).context["pack"].posts == []
    assert desk.get(reverse("pack_post_zip", args=[made.pk])).status_code == 302


def test_a_pack_too_large_for_one_archive_is_taken_file_by_file(desk, told, monkeypatch):
    monkeypatch.setattr("publications.packs.LIMIT", 10)
    made, _people = told
    assert desk.get(reverse("pack_post_zip", args=[made.pk])).status_code == 302


def test_the_desk_tells_month_by_month_and_since_when_it_is_quiet(desk, school, keeper):
    pub.placed(pub.news(school, dated=date(2024, 10, 20)), keeper, TODAY - timedelta(days=4))
    pub.news(school)
    found = desk.get(reverse("site_desk")).context["desk"]
    assert found.quiet_days == 4
    assert [(row.month.starts_on.month, row.posts, row.waiting, row.placed) for row in found.months] == [
        (11, 1, 1, 1), (10, 1, 0, 0), (9, 0, 0, 0),
    ]  # fmt: skip


# ---------------------------------------------------------------- Today


def tasks(user, year):
    """{sentence: task} over all roles, in English."""
    user = type(user).objects.select_related("school").get(pk=user.pk)
    year.school = user.school
    with translation.override("en"):
        found = sections_of(user, year, list(SchoolYear.objects.filter(school=user.school)))
        return {str(task.label): task for section in found for task in section.tasks}


def test_the_site_keeper_is_told_what_to_place_and_what_to_take_down(year, told, keeper, school):
    made, people = told
    pub.takes_back(people[0])
    pub.news(school, title="Семинар")
    found = tasks(keeper, year)
    assert set(found) == {
        "Take down from the official site: Урок", "1 publication waits to be placed on the official site",
        "The address of the section on the official site is not recorded",
    }  # fmt: skip
    assert [name for name, _url, _word in found["Take down from the official site: Урок"].people] == [
        people[0].short_name
    ]


def test_where_nobody_keeps_the_site_the_curator_is_told(year, school, curator, pair):
    pub.news(school)
    line = "1 publication waits to be placed on the official site"
    assert line in tasks(curator, year)
    make.person(school, is_site_keeper=True)
    assert line not in tasks(curator, year)


def test_the_curator_is_told_of_offers_hidden_news_and_a_closed_rubric(year, told, school, curator, pair):
    _made, people = told
    pub.takes_back(people[0])
    mentor = make.mentor(year).person
    pub.material(school, title="Памятка", state="submitted", published_on=None, offered_by=mentor)
    lines = {
        "1 material waits for your check",
        "1 publication is hidden from strangers: somebody named in it does not agree",
        "The public rubric is closed: strangers read nothing about mentoring here",
    }
    assert lines - set(tasks(curator, year)) == set()
    pub.rubric(school)
    pub.agrees(make.person(school))
    Publication.objects.filter(state="submitted").update(state="returned")
    people[0].consents.update(withdrawn_on=None)
    assert lines & set(tasks(curator, year)) == set()


def test_a_month_without_news_is_noticed_from_its_tenth_day_on(year, school, curator, pair):
    line = "Nothing is told of this month yet: November 2024"
    for day, told in ((date(2024, 11, 9), False), (date(2024, 11, 10), True)):
        with on(day):
            assert (line in tasks(curator, year)) == told
    pub.news(school)
    assert line not in tasks(curator, year)


def test_news_is_suggested_from_a_new_material_and_a_held_event_once(year, school, curator):
    made = pub.material(school, title="Лист")
    event = Event.objects.create(
        year=year, title="Семинар", on=TODAY, original_on=TODAY, starts_at="10:00", ends_at="11:00", state="held"
    )
    lines = {"Worth telling on the site: New material: Лист": f"material={made.pk}",
             "Worth telling on the site: Семинар": f"event={event.pk}"}  # fmt: skip
    found = tasks(curator, year)
    assert {line: query in found[line].url for line, query in lines.items()} == dict.fromkeys(lines, True)
    pub.news(school, source=f"material:{made.pk}")
    pub.news(school, source=f"event:{event.pk}")
    assert lines.keys() & tasks(curator, year).keys() == set()
    with on(TODAY + timedelta(days=15)):
        assert lines.keys() & tasks(curator, year).keys() == set()


def test_a_mentor_reads_that_an_offer_came_back(year, school):
    mentor = make.mentor(year).person
    pub.material(school, title="Памятка", state="returned", published_on=None, offered_by=mentor)
    pub.material(school, title="Чужая", state="returned", published_on=None, offered_by=make.mentor(year).person)
    line = "Your material was returned with a comment: "
    assert [label for label in tasks(mentor, year) if label.startswith(line)] == [f"{line}Памятка"]


# ---------------------------------------------------------------- reports


def test_the_list_of_materials_and_the_log_of_posts(year, school, curator, keeper):
    mentor = make.mentor(year, last_name="Лебедь", first_name="Нина", patronymic="").person
    made = pub.material(school, title="Лист")
    pub.named(made, mentor, "author")
    pub.draft(pub.material(school, title="Черновик"))
    pub.placed(pub.news(school, title="Встреча"), keeper)
    year.school = school
    with translation.override("ru"):
        scope = Scope(curator, year)
        materials, log = (KINDS[kind].parts(scope)[0][0] for kind in ("materials", "posts"))
    assert [(row[0], row[1], row[3]) for row in materials.rows] == [("Лист", "Дидактический материал", "Лебедь Н.")]
    assert [(row[0], row[1]) for row in log.rows] == [(TODAY, "Встреча")]
    assert log.note == "1 размещение, в 1 месяце."
