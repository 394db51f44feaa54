"""A publication consent that is taken back, seen by a stranger who reads every page and file of the rubric."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import workflow
from publications import actions
from publications.models import Named
from tests import factories as make
from tests import publishing as pub

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NAME = re.compile("Лебед")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person(year):
    return make.mentor(year, last_name="Лебедь", first_name="Наталья", patronymic="Константиновна").person


def crawl():
    """{address: its answer} of all that can be reached from /rubric/ without a sign-in, pictures and files too."""
    client, found, waiting = Client(), {}, [reverse("rubric")]
    while waiting:
        url = waiting.pop()
        if url not in found:
            found[url] = client.get(url)
            text = found[url].content.decode(errors="ignore") if "html" in found[url]["Content-Type"] else ""
            waiting += [link for link in re.findall(r'(?:href|src)="(/rubric/[^"#?]*)"', text) if link not in found]
    return found


def naming(pages):
    """Addresses whose page, or name of file, tells the person's name."""
    return sorted(url for url, answer in pages.items() if NAME.search(told(answer)))


def told(answer):
    from urllib.parse import unquote

    return answer.content.decode(errors="ignore") + unquote(answer.headers.get("Content-Disposition", ""))


def take_back(person):
    client = Client()
    client.force_login(person)
    [consent] = person.consents.filter(kind="publication", withdrawn_on=None)
    assert client.post(reverse("consent_withdraw", args=[consent.pk]), {"reason": ""}).status_code == 302


def test_a_consent_withdrawn_on_the_screen_takes_name_and_photo_off_every_page_and_file(year, person, curator):
    pub.rubric(
        year.school, contact=person, contact_post="Куратор",
        about="О программе\n\nРуководит Лебедь Наталья.\n\nПриходите.",
    )  # fmt: skip
    pub.agrees(person)
    texts = {
        "text": pub.news(year.school, title="Урок Лебедь", body="Урок дала Лебедь"),
        "author": pub.publication(year.school, kind="practice", audience="public", title="Разбор урока"),
        "photo": pub.news(year.school, title="Общая встреча"),
    }
    pub.named(texts["text"], person)
    pub.named(texts["author"], person, "author")
    row = pub.photo(texts["photo"], curator, person, caption="Наталья Лебедь у доски")
    before = crawl()
    picture = reverse("rubric_file", args=[year.school.pk, row.pk])
    assert {url for url in before if "/posts/" in url} == {
        reverse("rubric_post", args=[year.school.pk, each.pk]) for each in texts.values()
    }
    assert len(naming(before)) == 6  # the front at its two addresses, the month, three posts
    assert before[picture].status_code == 200
    take_back(person)
    after = crawl()
    assert (naming(after), picture in after) == ([], False)
    gone = {url: Client().get(url) for url in before if url not in after}
    assert {answer.status_code for answer in gone.values()} == {404}
    assert reverse("rubric_post", args=[year.school.pk, texts["text"].pk]) in gone
    assert "Приходите." in after[reverse("rubric")].content.decode()


@pytest.mark.parametrize("where", ["title", "body", "caption", "file"])
def test_who_is_named_and_was_not_marked_goes_all_the_same(year, person, curator, where):
    """The marks are made as the curator publishes: nobody has to think of a withdrawal beforehand."""
    pub.rubric(year.school)
    pub.agrees(person)
    made = pub.draft(pub.news(year.school, **({where: "Урок дала Лебедь"} if where in ("title", "body") else {})))
    row = pub.photo(made, curator, caption="Лебедь у доски" if where == "caption" else "У доски")
    if where == "file":
        type(row.file).objects.filter(pk=row.file_id).update(name="Лебедь_план.docx", content_type="application/zip")
        type(row).objects.filter(pk=row.pk).update(kind="document", caption="")
    workflow.perform(made, "publish", curator)
    assert [named.place for named in made.named.all()] == ["text"]
    assert naming(crawl()) != []
    take_back(person)
    assert naming(crawl()) == []


def test_words_added_later_are_looked_through_too(year, person, curator):
    pub.rubric(year.school)
    pub.agrees(person)
    made = pub.news(year.school)
    client = Client()
    client.force_login(curator)
    url = reverse("publication_edit", args=[made.pk])
    sent = {"title": made.title, "dated": "2024-11-20", "body": "Урок дала Лебедь", "audience": "public",
            "published_on": "2024-11-20", "revision": made.revision}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    assert made.named.get().person == person


def test_a_wrong_mark_is_taken_off_and_stays_off(year, person, curator):
    pub.agrees(person)
    made = pub.draft(pub.news(year.school, body="Лебедь прилетел на пруд"))
    workflow.perform(made, "publish", curator)
    actions.name_people(publication=made, authors=[], named=[], by=curator)
    client = Client()
    client.force_login(curator)
    sent = {"upload": SimpleUploadedFile("foto.jpg", pub.picture(), "image/jpeg"), "caption": "Пруд"}
    assert client.post(reverse("attachment_create", args=[made.pk]), sent).status_code == 302
    assert Named.objects.filter(publication=made).count() == 0
    sent = {"upload": SimpleUploadedFile("foto.jpg", pub.picture(), "image/jpeg"), "caption": "Лебедь на пруду"}
    client.post(reverse("attachment_create", args=[made.pk]), sent)
    assert Named.objects.get(publication=made).person == person


def test_who_has_taken_it_back_before_is_marked_and_the_text_stays_inside(year, person, curator):
    pub.rubric(year.school)
    pub.agrees(person)
    pub.takes_back(person)
    made = pub.draft(pub.news(year.school, body="Урок дала Лебедь"))
    workflow.perform(made, "publish", curator)
    assert naming(crawl()) == []


def test_given_again_the_post_is_back(year, person, curator):
    pub.rubric(year.school)
    pub.agrees(person)
    made = pub.news(year.school, body="Урок дала Лебедь")
    pub.named(made, person)
    take_back(person)
    assert naming(crawl()) == []
    pub.agrees(person)
    assert naming(crawl()) != []
