"""Materials inside the school: who may read what, how a mentor's material comes to be read, how it is found."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts import workflow
from accounts.clock import on
from accounts.models import User
from publications import markup
from publications.models import Publication
from publications.naming import seem_named
from tests import factories as make
from tests import publishing as pub

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def school(year):
    return year.school


def seen(user):
    """Titles that the person sees."""
    fresh = User.objects.get(pk=user.pk)  # roles are kept for a request
    return set(Publication.objects.visible_to(fresh).values_list("title", flat=True))


# ---------------------------------------------------------------- who reads what


def test_each_side_reads_what_is_addressed_to_it(year, school, curator):
    pair, other = make.pair(year), make.pair(year)
    group = year.groups.create(name="Молодые")
    group.pairs.add(pair)
    for audience in ("public", "everybody", "mentors", "mentees"):
        pub.material(school, title=audience, audience=audience)
    pub.material(school, title="group", audience="group", group=group)
    pub.material(school, title="all pairs", audience="group", group=year.groups.get(holds_all=True))
    common = {"public", "everybody", "all pairs"}
    assert seen(pair.mentor.person) == common | {"mentors", "group"}
    assert seen(pair.mentee.person) == common | {"mentees", "group"}
    assert seen(other.mentor.person) == common | {"mentors"}
    assert seen(make.person(school)) == {"public"}
    assert seen(curator) == common | {"mentors", "mentees", "group"}
    assert seen(make.curator(make.school())) == set()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_published_is_read_by_its_author_and_those_who_run_the_school(year, school, curator, state):
    author, colleague = make.mentor(year).person, make.mentor(year).person
    dates = {"published_on": None} if state != "withdrawn" else {"withdrawn_on": make.TODAY}
    pub.material(school, title="Памятка", state=state, offered_by=author, **dates)
    assert [seen(user) for user in (author, curator, colleague)] == [{"Памятка"}, {"Памятка"}, set()]


def test_the_site_keeper_reads_what_is_public_and_what_was(year, school):
    keeper = make.person(school, is_site_keeper=True)
    pub.news(school, title="новость")
    pub.news(school, title="отозвана", state="withdrawn", withdrawn_on=make.TODAY)
    pub.material(school, title="внутри")
    assert seen(keeper) == {"новость", "отозвана"}


# ---------------------------------------------------------------- from an offer to a publication


def offer(client, kind="material", **fields):
    sent = {"title": "Памятка", "sort": "methodical", "audience": "mentors", "body": "**Важно**"} | fields
    return client.post(f"{reverse('publication_create')}?kind={kind}", sent)


def test_a_mentor_offers_the_curator_returns_and_publishes(client, year, curator):
    mentor = make.mentor(year).person
    client.force_login(mentor)
    assert offer(client).status_code == 302
    made = Publication.objects.get()
    assert (made.state, made.offered_by, [n.person for n in made.named.all()]) == ("draft", mentor, [mentor])
    for who, step, comment, state in (
        (mentor, "submit", "", "submitted"), (curator, "return", "Добавьте пример", "returned"),
        (mentor, "submit", "", "submitted"), (curator, "publish", "", "published"),
    ):  # fmt: skip
        client.force_login(who)
        client.post(reverse("publication_move", args=[made.pk, step]), {"comment": comment})
        made.refresh_from_db()
        assert made.state == state
    assert (made.published_on, made.published_by) == (make.TODAY, curator)
    client.force_login(mentor)
    assert "Добавьте пример" in client.get(made.get_absolute_url()).content.decode()
    assert client.get(reverse("publication_edit", args=[made.pk])).status_code == 403


@pytest.mark.parametrize("kind", ["news", "document", "nonsense", ""])
def test_a_mentor_offers_materials_and_practices_only(client, year, kind):
    client.force_login(make.mentor(year).person)
    assert offer(client, kind).status_code == 404
    assert Publication.objects.count() == 0


def test_a_mentor_addresses_no_group_and_publishes_nothing(client, year):
    mentor = make.mentor(year).person
    client.force_login(mentor)
    assert offer(client, audience="group", group=year.groups.get().pk).status_code == 200
    offer(client)
    made = Publication.objects.get()
    assert client.post(reverse("publication_move", args=[made.pk, "publish"])).status_code == 403


def test_nothing_is_published_without_something_to_read(school, curator):
    empty = pub.draft(pub.material(school, body=" "))
    document = pub.draft(pub.publication(school, kind="document", level="federal", audience="public", body=""))
    with translation.override("ru"), pytest.raises(workflow.Refused, match="Сначала напишите текст"):
        workflow.perform(empty, "publish", curator)
    assert workflow.perform(document, "publish", curator).state == "published"


def test_somebody_named_without_a_consent_is_not_published_for_strangers(school, year, curator):
    person = make.mentor(year, last_name="Лебедь").person
    made = pub.draft(pub.news(school))
    pub.named(made, person)
    with translation.override("ru"), pytest.raises(workflow.Refused, match="нельзя называть для посторонних: Лебедь"):
        workflow.perform(made, "publish", curator)
    pub.agrees(person)
    assert workflow.perform(made, "publish", curator).state == "published"


def test_the_preview_shows_the_text_and_saves_nothing(signed_in):
    sent = {"title": "Памятка", "body": "**Важно** <img src=x onerror=alert(1)>", "preview": "1"}
    page = signed_in.post(f"{reverse('publication_create')}?kind=material", sent).content.decode()
    assert "<strong>Важно</strong> &lt;img src=x onerror=alert(1)&gt;" in page
    assert 'value="Памятка"' in page
    assert Publication.objects.count() == 0


def test_a_draft_begun_from_an_event_remembers_it(signed_in):
    address = f"{reverse('publication_create')}?kind=news&title=Семинар&event=12"
    assert 'value="Семинар"' in signed_in.get(address).content.decode()
    signed_in.post(address, {"title": "Семинар", "dated": "2024-11-20", "audience": "public"})
    assert Publication.objects.get().source == "event:12"
    signed_in.post(address.replace("12", "<b>"), {"title": "Другое", "dated": "2024-11-20", "audience": "public"})
    assert Publication.objects.get(title="Другое").source == ""


def test_competences_and_steps_are_kept_and_changed(signed_in, school):
    lesson, documents = make.competence(school), make.competence(school, "Документы")
    sent = {
        "title": "Лист",
        "sort": "didactic",
        "audience": "everybody",
        "competences": [lesson.pk],
        "steps": ["trial"],
    }
    signed_in.post(f"{reverse('publication_create')}?kind=material", sent)
    made = Publication.objects.get()
    sent |= {"competences": [documents.pk], "steps": ["work", "trial"], "revision": made.revision}
    signed_in.post(reverse("publication_edit", args=[made.pk]), sent)
    assert list(made.competences.all()) == [documents]
    assert {tag.code for tag in made.step_tags.all()} == {"trial", "work"}


# ---------------------------------------------------------------- finding


def found(client, query):
    return [row.title for row in client.get(f"{reverse('material_list')}?{query}").context["page"]]


def test_the_list_is_narrowed_by_kind_competence_step_audience_state_and_words(signed_in, school):
    competence = make.competence(school)
    lesson = pub.material(school, title="Ёлка наблюдений", audience="mentors")
    lesson.competences.add(competence)
    lesson.step_tags.create(code="trial")
    pub.draft(pub.material(school, sort="programme", title="Программа"))
    pub.news(school, title="Новость")
    pub.publication(school, kind="document", level="local", audience="public", title="Приказ")
    for query in (
        "kind=didactic", f"competence={competence.code}", "step=trial", "audience=mentors", "q=елка НАБЛЮДЕНИЙ",
    ):  # fmt: skip
        assert found(signed_in, query) == ["Ёлка наблюдений"]
    assert found(signed_in, "state=draft") == found(signed_in, "kind=programme") == ["Программа"]
    assert found(signed_in, "kind=news") == ["Новость"]
    assert found(signed_in, "") == ["Программа", "Новость", "Ёлка наблюдений"]
    assert found(signed_in, "competence=чужая&step=x&audience=x&kind=document") == found(signed_in, "")


def test_the_list_asks_as_often_for_thirty_rows_as_for_one(signed_in, school, django_assert_num_queries):
    person = make.person(school)

    def fill(number):
        for each in range(number):
            row = pub.material(school)
            row.competences.add(make.competence(school, f"Умение {number} {each}"))
            pub.named(row, person, "author")

    fill(1)
    with django_assert_num_queries(9):  # four are the frame's
        signed_in.get(reverse("material_list"))
    fill(29)
    with django_assert_num_queries(9):
        signed_in.get(reverse("material_list"))


def test_documents_stand_by_level(signed_in, school):
    for level, title in (("local", "Положение"), ("federal", "Указ")):
        pub.publication(
            school, kind="document", level=level, audience="public", title=title, number="401", dated=make.TODAY
        )
    levels = signed_in.get(reverse("document_list")).context["levels"]
    assert [[row.title for row in rows] for _label, rows in levels] == [["Указ"], [], ["Положение"]]
    with translation.override("ru"):
        assert levels[0][1][0].reference == "от 20.11.2024 № 401"


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Тема", "<h3>Тема</h3>"),
        ("строка\nдругая", "<p>строка<br>\nдругая</p>"),
        ("[вот](https://a.test)", '<p><a href="https://a.test" rel="nofollow noopener">вот</a></p>'),
        ("<b onmouseover=alert(1)>x</b>", "<p>&lt;b onmouseover=alert(1)&gt;x&lt;/b&gt;</p>"),
        ("![x](https://elsewhere.test/x.png)", '<p>!<a href="https://elsewhere.test/x.png" rel="nofollow noopener">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](https://a.test \"t' onclick=alert(1)\")", '<p><a href="https://a.test" rel="nofollow noopener">x</a></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)  # fmt: skip
def test_text_becomes_harmless_html(text, shown):
    assert markup.html(text).strip() == shown


def test_text_for_another_site_keeps_lists_and_addresses():
    text = "## Итоги\n\n- раз **важно**\n- [два](https://a.test)\n\n1. сначала\n2. потом"
    assert markup.plain(text) == "Итоги\n— раз важно\n— два (https://a.test)\n1. сначала\n2. потом"


def test_a_name_in_any_case_is_noticed(year):
    people = [make.person(year.school, last_name=name) for name in ("Петрова", "Белых", "Ким", "Кара-Мурза")]
    text = "Открытый урок Петровой, помогал Кара-Мурза; белых листов не осталось. Кимоно."
    assert [person.last_name for person in seem_named(text, people)] == ["Петрова", "Кара-Мурза"]


def test_a_withdrawn_material_was_there_before(school, curator):
    made = pub.material(school, published_on=make.TODAY.replace(month=10))
    with on(make.TODAY):
        workflow.perform(made, "withdraw", curator, "Устарело")
    rows = Publication.objects.all()
    assert [rows.published_by(day).count() for day in (make.TODAY.replace(month=10), make.TODAY)] == [1, 0]
