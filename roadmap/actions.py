"""Acts over a whole roadmap: made from a file, copied to another year, its checkpoints kept in step with its items."""

from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import journal
from accounts.clock import today
from accounts.workflow import Refused
from roadmap import deadline_words
from roadmap.drafts import content_of, typed, with_year_moved
from roadmap.models import Checkpoint, Item, Roadmap, Section

SAMPLE = "roadmap_2024.txt"
COPIED = (
    "number", "position", "content", "deadline_words", "deadline_guessed", "result", "indicator_words", "responsible",
    "indicator", "target", "remark",
)  # fmt: skip


def sample():
    """(file name, bytes) of the roadmap that comes with the portal."""
    return SAMPLE, (Path(settings.BASE_DIR) / "fixtures" / SAMPLE).read_bytes()


@transaction.atomic
def load_seed(*, year, by):
    """The sample roadmap as this year's draft, dates moved to the year; returns the Roadmap. Refused if there is one."""
    from roadmap.reading import read

    name, data = sample()
    with translation.override("ru"):  # remarks are read in the language of the school's records
        content = content_of(read(name, data), year)
    return create_roadmap(year=year, by=by, source_name=name, **whole(content, year))


def whole(content, year):
    """Keywords of `create_roadmap` from a draft's content."""
    fields = ("section", "rows", "source", "remarks")
    return {
        "title": content["title"],
        "goal": content["goal"],
        "period_ends_on": year.teaching_ends_on,
        "sections": [(section["number"], section["title"]) for section in content["sections"]],
        "items": [
            (
                row["section"],
                {name: value for name, value in row.items() if name not in fields}
                | {"remark": "\n".join(row["remarks"])[:2000]},
            )
            for row in content["items"]
        ],
    }


def create_roadmap(*, year, by, title, goal, period_ends_on, sections, items, source_name="", replace=False):
    """The year's roadmap with sections, items and checkpoints, all or nothing; returns it.

    `sections` are (number, title), `items` (section's number, values of Item's fields). Raises `workflow.Refused` when
    the year has a roadmap that may not or, without `replace`, should not be replaced.
    """
    try:
        with transaction.atomic():
            make_room(year, by, replace)
            roadmap = Roadmap.objects.create(
                year=year,
                title=title,
                goal=goal,
                period_ends_on=period_ends_on,
                source_name=source_name,
                created_on=today(),
            )
            add_rows(roadmap, sections, items)
            journal.record(by, gettext_lazy("made the roadmap"), roadmap, comment=source_name)
    except IntegrityError:
        raise Refused(_("Somebody was faster: this year's roadmap has just been made. Open it and compare."))
    return roadmap


def add_rows(roadmap, sections, items):
    made = Section.objects.bulk_create(
        Section(roadmap=roadmap, number=number, title=title) for number, title in sections
    )
    by_number = {section.number: section for section in made}
    rows = [
        Item(roadmap=roadmap, section=by_number[number], **(values | {"position": position}))
        for position, (number, values) in enumerate(items, 1)
    ]
    plan_checkpoints(roadmap, Item.objects.bulk_create(rows))


def plan_checkpoints(roadmap, items):
    periods = list(roadmap.year.periods.all())
    Checkpoint.objects.bulk_create(found for item in items for found in Checkpoint.planned(item, periods))


def make_room(year, by, replace):
    """Delete the year's draft when the person agreed to replace it; refuse whatever must not be lost."""
    if year.is_closed:
        raise Refused(_("The school year is closed."))
    old = Roadmap.objects.select_for_update().filter(year=year).first()
    if old is None:
        return
    if reason := why_not_replaced(old):
        raise Refused(reason)
    if not replace:
        raise Refused(_("This year already has a draft: confirm that it should be replaced."))
    journal.record(by, gettext_lazy("replaced the draft of the roadmap"), old, comment=old.title)
    old.items.all().delete()
    old.delete()


def why_not_replaced(roadmap):
    """The sentence that says why this roadmap must stay, or an empty one."""
    if roadmap.state == Roadmap.State.APPROVED:
        return _("The roadmap of this year is approved: reopen it with a reason before replacing it.")
    if roadmap.state == Roadmap.State.SUBMITTED:
        return _("The roadmap of this year waits for approval: take it back before replacing it.")
    used = Checkpoint.objects.filter(item__roadmap=roadmap)
    if used.exclude(state=Checkpoint.State.OPEN).exists() or used.filter(proofs__isnull=False).exists():
        return _("Items of this roadmap are closed or have proofs: edit it instead of replacing it.")
    return ""


def sync_checkpoints(item):
    """After an edit: open checkpoints follow the deadline; what was closed or proved stays as it is."""
    planned = {found.number: found for found in Checkpoint.planned(item, list(item.roadmap.year.periods.all()))}
    for old in item.checkpoints.filter(state=Checkpoint.State.OPEN):
        new = planned.pop(old.number, None)
        if new:
            Checkpoint.objects.filter(pk=old.pk).update(label=new.label, due_on=new.due_on, opens_on=new.opens_on)
        elif not old.proofs.exists():
            old.delete()
    kept = set(item.checkpoints.values_list("number", flat=True))
    Checkpoint.objects.bulk_create(new for number, new in planned.items() if number not in kept)


def follow_periods(*, year):
    """Open checkpoints follow the year's diagnostic periods."""
    for item in Item.objects.filter(roadmap__year=year).select_related("roadmap__year"):
        sync_checkpoints(item)


def save_item(form, by, roadmap):
    """Save an item's form with its checkpoints; None and `form.errors` when it was refused."""
    with transaction.atomic():
        form.instance.roadmap = roadmap
        item = journal.save(form, by)
        if item:
            sync_checkpoints(item)
    return item


def save_roadmap(form, by):
    """Save title, goal and period; a moved end of the period moves the checkpoints that hang on it."""
    with transaction.atomic():
        roadmap = journal.save(form, by)
        if roadmap and "period_ends_on" in form.changed_data:
            follow_periods(year=roadmap.year)
    return roadmap


def remove_item(*, item, by):
    """Take an item out of a draft. Refused when something was closed or proved."""
    if (
        item.checkpoints.exclude(state=Checkpoint.State.OPEN).exists()
        or item.checkpoints.filter(proofs__isnull=False).exists()
    ):
        raise Refused(_("This item is closed or has proofs: it stays in the roadmap."))
    with transaction.atomic():
        journal.record(by, gettext_lazy("removed the item"), item.roadmap, comment=str(item))
        item.delete()


def copied(roadmap, year):
    """[(item, its reading, the reading moved to `year`)] of a roadmap, in order."""
    years = year.first_year - roadmap.year.first_year
    items = roadmap.items.select_related("section", "roadmap__year")
    return [(item, item.reading(), deadline_words.moved(item.reading(), years)) for item in items]


def copy_roadmap(*, roadmap, year, by, replace=False):
    """The roadmap's wording as `year`'s draft: dates move, words stay."""
    rows = copied(roadmap, year)
    return create_roadmap(
        year=year,
        by=by,
        title=with_year_moved(roadmap.title, year.first_year - roadmap.year.first_year),
        goal=roadmap.goal,
        period_ends_on=year.teaching_ends_on,
        sections=[(section.number, section.title) for section in roadmap.sections.all()],
        items=[
            (item.section.number, {name: getattr(item, name) for name in COPIED} | typed(moved))
            for item, _old, moved in rows
        ],
        source_name=str(roadmap),
        replace=replace,
    )
