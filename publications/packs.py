"""«Пакет для сайта»: what a keeper of the official site takes over, as text to copy and as files."""

import zipfile
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile

from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from accounts.clock import today
from publications import markup
from publications.models import Attachment, Named, Publication

LIMIT = 100 * 2**20  # bytes in one archive


@dataclass
class Pack:
    """Posts with the files and the names that strangers may see today."""

    title: str
    posts: list
    files: list = field(default_factory=list)

    @property
    def text(self):
        return "\n\n\n".join(text_of(post) for post in self.posts)

    @property
    def size(self):
        return sum(attachment.file.size for attachment in self.files)

    @property
    def fits(self):
        return self.size <= LIMIT


def pack(title, publications, day=None):
    """`publications`: a queryset; the number of queries does not depend on how many there are."""
    day = day or today()
    posts = with_public_parts(publications, day)
    return Pack(title, posts, [attachment for post in posts for attachment in post.public_files])


def with_public_parts(publications, day):
    """The rows as a list, each with `public_files` and `public_authors`: what needs a consent has one on that day."""
    posts = list(publications.public(day))
    keys = [post.pk for post in posts]
    files, authors = {}, {}
    for row in Attachment.objects.filter(publication__in=keys).shown_with_consent(day).select_related("file"):
        files.setdefault(row.publication_id, []).append(row)
    rows = Named.objects.filter(publication__in=keys, place=Named.Place.AUTHOR).with_consent(day)
    for row in rows.select_related("person"):
        authors.setdefault(row.publication_id, []).append(row.person)
    for post in posts:
        post.public_files, post.public_authors = files.get(post.pk, []), authors.get(post.pk, [])
    return posts


def text_of(post):
    """The post as text: title, day, words, authors."""
    parts = [post.title, reference(post), markup.plain(post.body), post.link]
    if post.public_authors:
        parts.append(_("Authors: %(names)s") % {"names": ", ".join(each.full_name for each in post.public_authors)})
    captions = [attachment.caption for attachment in post.public_files if attachment.is_photo and attachment.caption]
    parts += [_("Photo: %(caption)s") % {"caption": caption} for caption in captions]
    return "\n\n".join(filter(None, parts))


def reference(post):
    if post.kind == Publication.Kind.DOCUMENT:
        return post.reference
    return date_format(post.dated, "DATE_FORMAT") if post.dated else ""


def archive(found):
    """The pack as a ZIP, a file to read from the beginning: a text and the files, numbered in the order of the text."""
    out = SpooledTemporaryFile(max_size=8 * 2**20)  # noqa: SIM115 - read and closed by the answer
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        made.writestr("Текст.txt", f"\ufeff{found.text}".replace("\n", "\r\n").encode())
        for number, attachment in enumerate(found.files, 1):
            name = f"{number:02} {safe(attachment.file.name)}"
            with attachment.file.file.open("rb") as content:
                made.writestr(name, content.read())
    out.seek(0)
    return out


def safe(name):
    return get_valid_filename(name)[-100:] if name.strip(". ") else "file"
