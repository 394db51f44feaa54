"""The demo year's materials, documents, news, and what the site keeper placed on the official site."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from accounts import clock, files, journal, workflow
from accounts.models import Consent, ConsentText, User
from mentorship_portal.demo.days import later
from mentorship_portal.demo.posts import DOCUMENTS, MATERIALS, NEWS, PRACTICES, SHEET
from pairs.consent_actions import give_on_screen
from pairs.models import Group
from papers import guard, pdf
from papers.pdf import PdfUnavailable
from papers.table import Column, Table
from publications import actions
from publications.forms.site import ABOUT, GOALS
from publications.models import PUBLIC, Attachment, Named, Publication, Rubric, StepTag

SITE = "https://school9.example.ru/nastavnichestvo"
SECTION = (9, 12)
FRESH = 4  # days that the site keeper lets a post wait


def of_year(days, curator):
    keeper = User.objects.get(school=curator.school, is_site_keeper=True)
    documents(days, curator)
    for row in MATERIALS:
        material(days, curator, **row)
    for row in PRACTICES:
        practice(days, curator, **row)
    for number, row in enumerate(NEWS):
        news(days, curator, number, **row)
    open_rubric(days, curator)
    place_all(days, keeper)


def person(school, last_name):
    return User.objects.get(school=school, last_name=last_name)


def write(curator, by, day, people=(), authors=(), **fields):
    """A draft of that day."""
    with clock.on(day):
        made = Publication.objects.create(school=curator.school, offered_by=by, **fields)
        journal.record(by, _("created"), made)
        for place, names in ((Named.Place.TEXT, people), (Named.Place.AUTHOR, authors)):
            for name in names:
                Named.objects.create(publication=made, person=person(curator.school, name), place=place)
    return made


def agree(curator):
    """Teachers have signed their sheets; the curator, who is named among the contacts, gives the consent too."""
    text = ConsentText.objects.filter(school=curator.school, kind=Consent.Kind.PUBLICATION).newest().get()
    give_on_screen(person=curator, text=text, seen=text.number)


def publish(made, day, curator):
    with clock.on(day):
        workflow.perform(made, "publish", curator)


def documents(days, curator):
    """The federal ones are checked and published; the school's own are written."""
    day = days.on(9, 3)
    if day > days.today:
        return
    for made in Publication.objects.filter(school=curator.school, source__startswith="starting:"):
        Publication.objects.filter(pk=made.pk).update(remark="")
        publish(made, day, curator)
    for row in DOCUMENTS:
        dated = days.on(8, 28)
        made = write(curator, curator, day, kind="document", audience=PUBLIC, dated=dated, **row)
        publish(made, day, curator)


def material(days, curator, on, author, group="", waits=False, steps=(), competences=(), sheet=False, **fields):
    day = days.on(*on)
    if day > days.today:
        return
    by = person(curator.school, author)
    chosen = Group.objects.filter(year=days.year, name=group).first() if group else None
    made = write(curator, by, day, authors=[author], kind="material", group=chosen, **fields)
    made.competences.set(curator.school.competences.filter(code__in=competences))
    StepTag.objects.bulk_create(StepTag(publication=made, code=code) for code in steps)
    if sheet:
        attach_sheet(made, by, day)
    if by != curator:
        with clock.on(day):
            workflow.perform(made, "submit", by)
    if not waits or later(day, 14) < days.today:
        publish(made, days.past(later(day, 3)), curator)


def attach_sheet(made, by, day):
    """The observation sheet of a lesson as the portal prints tables."""
    columns = [Column("Что смотрим", width=40), Column("Что увидел", width=40), Column("Балл", "int", width=8)]
    table = Table("Лист наблюдения урока", columns, [(line, "", None) for line in SHEET])
    try:
        content = pdf.render("papers/table.html", {"table": table})
    except PdfUnavailable:
        return
    keep(
        made,
        by,
        day,
        SimpleUploadedFile("Лист наблюдения урока.pdf", content, guard.PDF),
        "document",
        "Лист для печати",
    )


def keep(made, by, day, upload, kind, caption):
    with clock.on(day):
        stored = files.store(upload, by=by)
        return Attachment.objects.create(publication=made, file=stored, kind=kind, caption=caption)


def practice(days, curator, on, author, **fields):
    day = days.on(*on)
    if day > days.today:
        return
    made = write(curator, curator, day, authors=[author], kind="practice", audience=PUBLIC, **fields)
    publish(made, day, curator)


def news(days, curator, number, on, people=(), photo="", **fields):
    day = days.on(*on)
    if day > days.today:
        return
    made = write(curator, curator, day, people=people, kind="news", audience=PUBLIC, dated=day, **fields)
    if photo:
        upload = SimpleUploadedFile("foto.jpg", drawn(number), guard.JPEG)
        keep(made, curator, day, upload, "photo", photo)
    publish(made, day, curator)


def drawn(number):
    """A picture instead of a photo: a classroom in plain colours."""
    from PIL import Image, ImageDraw

    walls = ["#dfe6f5", "#e9e2d3", "#dcebe2", "#efe1ea"]
    picture = Image.new("RGB", (1200, 800), walls[number % len(walls)])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 640, 1200, 800), fill="#b98f62")
    pen.rectangle((220, 120, 980, 430), fill="#2f5d50", outline="#8a6a43", width=18)
    for step in range(3):
        pen.line((270, 190 + 60 * step, 560 + 110 * ((number + step) % 4), 190 + 60 * step), fill="#e8efe9", width=8)
    for place in range(4):
        left = 120 + 260 * place
        pen.ellipse((left + 60, 450, left + 140, 530), fill=["#3a4bcb", "#0f8b8d", "#c77700", "#a53a8d"][place])
        pen.rectangle((left + 40, 530, left + 160, 640), fill=["#3a4bcb", "#0f8b8d", "#c77700", "#a53a8d"][place])
        pen.rectangle((left, 620, left + 200, 660), fill="#7d5a35")
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def open_rubric(days, curator):
    day = days.on(9, 9)
    if day > days.today:
        return
    regulation = Publication.objects.filter(school=curator.school, level="local").order_by("pk").first()
    with clock.on(day):
        agree(curator)
        made = Rubric.objects.create(
            school=curator.school, is_open=True, about=ABOUT, goals=GOALS, regulation=regulation, contact=curator,
            contact_post="куратор наставничества, заместитель директора", phone="8 (800) 555-09-09",
            email="school9@example.ru", hours="вторник и четверг с 15:00 до 17:00, кабинет 12",
        )  # fmt: skip
        journal.record(curator, _("created"), made)


def place_all(days, keeper):
    """The section in September; every post two days after it came out, the newest ones still wait."""
    section = days.on(*SECTION)
    if section > days.today:
        return
    with clock.on(section):
        actions.place(address=SITE, placed_on=section, by=keeper, section=True)
    posts = Publication.objects.filter(
        school=keeper.school, audience=PUBLIC, published_on__lte=later(days.today, -FRESH)
    )
    for number, post in enumerate(posts.order_by("published_on", "pk"), 1):
        day = max(later(post.published_on, 2), section)
        if day > days.today:
            continue
        with clock.on(day):
            actions.place(address=f"{SITE}/{post.kind}/{number}", placed_on=day, by=keeper, publications=[post])
