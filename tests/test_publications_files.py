"""Files of materials: only what is what it says, photos drawn anew, everything else sent as a download."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from papers import guard, photo
from publications.models import Attachment
from tests import factories as make
from tests import publishing as pub

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML_AS_PDF = b"%PDF-1.7\n" + SCRIPT


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def made(year):
    return pub.news(year.school)


def send(client, made, name, content, **fields):
    sent = {"upload": SimpleUploadedFile(name, content), "caption": "Встреча"} | fields
    return client.post(reverse("attachment_create", args=[made.pk]), sent)


def kept(attachment):
    with attachment.file.file.open("rb") as content:
        return content.read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.svg", SVG),
        ("picture.png", SVG),
        ("page.pdf", b"<!-- %PDF-1.7 -->" + SCRIPT),
        ("page.html", b"<img src=x onerror=alert(1)>"),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"0" * 100),
        ("sound.mp3", b"ID3\x03" + b"0" * 100),
        ("only-begins.png", b"\x89PNG\r\n\x1a\n" + SCRIPT),
        ("cut.jpg", pub.picture()[:200]),
    ],
)
def test_what_is_no_picture_and_no_document_is_refused_with_a_sentence(signed_in, made, name, content):
    answer = send(signed_in, made, name, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["upload"][0].endswith(".")
    assert 'value="Встреча"' in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_of_a_file_that_is_a_picture_and_a_page_only_the_picture_is_kept(signed_in, made):
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "Camera <script>", "<script>"
    for name, kind, content in (
        ("photo.jpg", guard.JPEG, pub.picture(exif=exif, comment=SCRIPT) + SCRIPT),
        ("photo.png", guard.PNG, pub.picture("PNG") + SCRIPT),
        ("photo.webp", guard.WEBP, pub.picture("WEBP", exif=exif) + SCRIPT),
    ):
        assert send(signed_in, made, name, content).status_code == 302
        row = Attachment.objects.latest("pk")
        assert (row.kind, row.file.content_type) == ("photo", kind)
        content = kept(row)
        assert (b"script" in content, b"Camera" in content) == (False, False)
        with Image.open(BytesIO(content)) as picture:
            assert (picture.size, dict(picture.getexif())) == ((64, 48), {})


def test_a_photo_lies_as_it_was_held_and_is_made_smaller():
    turned = Image.Exif()
    turned[0x0112] = 6
    upload = SimpleUploadedFile("a.jpg", pub.picture(size=(4000, 2000), exif=turned), guard.JPEG)
    with Image.open(photo.redrawn(upload)) as picture:
        assert picture.size == (800, 1600)


def test_a_picture_too_large_when_opened_is_refused():
    upload = SimpleUploadedFile("a.png", pub.picture("PNG", size=(8000, 8000)), guard.PNG)
    with pytest.raises(guard.Refused):
        photo.redrawn(upload)


def test_a_document_is_sent_as_a_download_whatever_stands_in_it(signed_in, made):
    send(signed_in, made, "лист\r\n.pdf", HTML_AS_PDF)
    answer = signed_in.get(reverse("attachment_file", args=[Attachment.objects.get().pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (guard.PDF, "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_photo_is_shown_as_a_picture_and_as_nothing_else(signed_in, made, curator):
    row = pub.photo(made, curator)
    answer = signed_in.get(reverse("attachment_file", args=[row.pk]))
    headers = ("Content-Type", "X-Content-Type-Options", "Content-Disposition")
    assert [answer.get(name) for name in headers] == ["image/jpeg", "nosniff", None]
    assert "sandbox" in answer["Content-Security-Policy"]
    type(row.file).objects.filter(pk=row.file.pk).update(content_type="text/html")  # as no upload can make it
    assert signed_in.get(reverse("attachment_file", args=[row.pk]))["Content-Disposition"].startswith("attachment")


def test_people_in_a_photo_are_marked_and_changed(signed_in, made):
    first, second = make.person(made.school), make.person(made.school)
    send(signed_in, made, "a.jpg", pub.picture(), people=[first.pk])
    row = Attachment.objects.get()
    signed_in.post(reverse("attachment_edit", args=[row.pk]), {"caption": "Семинар", "people": [second.pk]})
    row.refresh_from_db()
    assert (row.caption, [shown.person for shown in row.shown.all()]) == ("Семинар", [second])


def test_a_stranger_of_another_school_is_not_marked(signed_in, made):
    foreign = make.person(make.school())
    answer = send(signed_in, made, "a.jpg", pub.picture(), people=[foreign.pk])
    assert list(answer.context["form"].errors) == ["people"]


def test_a_removed_file_is_gone_and_stands_in_the_history(signed_in, made, curator):
    row = pub.photo(made, curator)
    for _press in range(2):
        signed_in.post(reverse("attachment_remove", args=[row.pk]))
    assert signed_in.get(reverse("attachment_file", args=[row.pk])).status_code == 404
    assert "foto.jpg" in signed_in.get(made.get_absolute_url()).content.decode()


def test_thirty_files_are_enough(signed_in, made, curator, monkeypatch):
    monkeypatch.setattr("publications.actions.MOST_FILES", 1)
    pub.photo(made, curator)
    answer = send(signed_in, made, "a.jpg", pub.picture())
    assert (answer.status_code, Attachment.objects.count()) == (200, 1)


def test_text_with_a_handler_is_shown_as_text(signed_in, made):
    type(made).objects.filter(pk=made.pk).update(body="<img src=x onerror=alert(1)>", title="<svg onload=alert(1)>")
    page = signed_in.get(made.get_absolute_url()).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<svg onload" not in page
