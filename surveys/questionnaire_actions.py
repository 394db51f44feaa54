"""Acts on whole questionnaires: the starting set, copies, next versions, publishing, taking out of use."""

import json
import secrets
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import journal
from accounts.clock import today
from accounts.workflow import Refused, TooLate
from pairs.models import Competence
from surveys.models import Choice, Question, Questionnaire, Section, Wave
from surveys.questionnaire_checks import missing

FROZEN = _(
    "A published questionnaire is frozen, so that answers stay comparable: make its next version and change that one."
)
RETIRED = _("This questionnaire is no longer used: it is not changed. Copy it to go on with it.")
KEPT_IN_A_COPY = ("purpose", "audience", "group", "title", "intro", "minutes", "anonymous", "mentor_reads_texts")

WORDS = ("purpose", "audience", "title", "intro", "minutes")


@transaction.atomic
def load_questionnaires(*, school):
    """The portal's own starting set, published; running it again adds only what is missing."""
    competences = {item.code: item for item in Competence.objects.filter(school=school)}
    for source in json.loads((settings.BASE_DIR / "fixtures" / "questionnaires.json").read_text(encoding="utf-8")):
        words = {name: source[name] for name in WORDS}
        form, is_new = Questionnaire.objects.get_or_create(
            school=school, code=source["code"], version=1,
            defaults=words | {"anonymous": source.get("anonymous", False), "published_on": today()},
        )  # fmt: skip
        if is_new:
            plant(form, parts_of_source(source, competences))


def parts_of_source(source, competences):
    """Unsaved [(section, [(question, [choice])])] of a questionnaire of the starting set."""
    keys = {}
    return [
        (
            Section(title=section["title"], hint=section.get("hint", "")),
            [question_of_source(words, source, competences, keys) for words in section["questions"]],
        )
        for section in source["sections"]
    ]


def question_of_source(words, source, competences, keys):
    """(question, [choice]); `only_if` names an earlier question by its key."""
    kind = words.get("kind", Question.Kind.SCALE)
    is_scale = kind == Question.Kind.SCALE
    question = Question(
        kind=kind, text=words["text"], hint=words.get("hint", ""), required=words.get("required", "only_if" not in words),
        competence=competences.get(words.get("competence")), lower_is_better=words.get("lower_is_better", False),
        highest=words.get("highest", 5), with_other=words.get("other", False),
        low_label=words.get("low", source["low"]) if is_scale else "",
        high_label=words.get("high", source["high"]) if is_scale else "",
        only_if=keys[words["only_if"]] if "only_if" in words else None, only_if_values=words.get("values", []),
    )  # fmt: skip
    keys[words.get("key")] = question
    choices = [
        Choice(number=number, text=choice["text"], competence=competences.get(choice.get("competence")))
        for number, choice in enumerate(words.get("choices", []), 1)
    ]
    return question, choices


# ---------------------------------------------------------------- drafts, versions, copies


def why_fixed(form):
    """Why it cannot be changed; nothing for a draft."""
    if form.is_draft:
        return ""
    return str(RETIRED if form.archived_on else FROZEN)


@contextmanager
def drafted(form):
    """The draft, locked: two curators change it in turn. Raises Refused when it is none, or no longer one."""
    with transaction.atomic():
        found = Questionnaire.objects.select_for_update().get(pk=form.pk)
        if why := why_fixed(found):
            raise Refused(why)
        yield found


def publish(*, form, by):
    """From now on it is frozen; the version before it is not offered to new waves any more.

    Raises Refused with what is missing, as `missing` says it on the page.
    """
    with drafted(form) as found:
        if gaps := missing(found):
            raise Refused(" ".join(gaps))
        Questionnaire.objects.filter(pk=found.pk).update(published_on=today())
        journal.record(by, _("published the questionnaire"), found)
        older = Questionnaire.objects.filter(school_id=found.school_id, code=found.code).published()
        for version in older.exclude(pk=found.pk):
            set_aside(version, by, in_russian(_("Replaced by version %(version)s"), version=found.version))
            hand_over(version, found, by)


TERMS = ("purpose", "audience", "group_id", "anonymous")


def hand_over(old, new, by):
    """Waves that are still to come ask with the new version, where it promises the same to the same people."""
    if any(getattr(old, name) != getattr(new, name) for name in TERMS):
        return
    for wave in Wave.objects.filter(questionnaire=old, opens_on__gt=today(), responses__isnull=True):
        Wave.objects.filter(pk=wave.pk).update(questionnaire=new)
        journal.record(by, _("gave the wave the next version of its questionnaire"), wave)


@transaction.atomic
def retire(*, form, by, comment):
    """No new wave is opened with it; waves that are open keep it. Raises TooLate when it was done already."""
    set_aside(form, by, comment)


def set_aside(form, by, comment):
    if not Questionnaire.objects.filter(pk=form.pk, archived_on__isnull=True).update(archived_on=today()):
        raise TooLate(str(RETIRED))
    journal.record(by, _("took the questionnaire out of use"), form, comment=comment)


@transaction.atomic
def copy_questionnaire(*, form, by):
    """A draft of its own with the same content."""
    made = twin_of(form, code=new_code())
    made.title = in_russian(_("%(title)s (copy)"), title=form.title[:180])
    return grown(made, form, by, _("copied the questionnaire"))


def next_version(*, form, by):
    """The draft of the next version, begun by a whole copy if there is none yet. Raises Refused for a draft."""
    if not form.is_frozen:
        raise Refused(str(_("A draft is changed as it is: it needs no next version.")))
    versions = Questionnaire.objects.filter(school_id=form.school_id, code=form.code)
    last = versions.aggregate(last=Max("version"))["last"]
    try:
        with transaction.atomic():
            if begun := versions.of_state("draft").first():
                return begun
            made = twin_of(form, code=form.code, version=last + 1)
            return grown(made, form, by, _("began the next version of the questionnaire"))
    except IntegrityError:  # somebody began it in the same moment
        return versions.get(version=last + 1)


def new_code():
    """What the versions of one questionnaire have in common; nobody reads it."""
    return f"own-{secrets.token_hex(6)}"


def twin_of(form, **fields):
    kept = {name: getattr(form, name) for name in KEPT_IN_A_COPY}
    return Questionnaire(school_id=form.school_id, **kept, **fields)


def grown(made, form, by, verb):
    """The draft saved and planted with what `form` holds."""
    made.save()
    plant(made, parts_of(form))
    journal.record(by, verb, made, comment=in_russian(_("from version %(version)s"), version=form.version))
    return made


def in_russian(words, **values):
    """The school's records are kept in Russian, whatever the screen speaks."""
    with override("ru"):
        return str(words) % values


# ---------------------------------------------------------------- content


def parts_of(form):
    """[(section, [(question, [choice])])] as they stand; questions without a section come first, under None."""
    found = {None: []} | {section: [] for section in form.sections.all()}
    for question in form.questions.select_related("section").prefetch_related("choices"):
        found[question.section].append((question, list(question.choices.all())))
    return [(section, rows) for section, rows in found.items() if section or rows]


def plant(form, parts):
    """Save copies of [(section, [(question, [choice])])] as the content of `form`, conditions among them included."""
    homes = [
        section and twin(section, questionnaire=form, position=place) for place, (section, _rows) in enumerate(parts, 1)
    ]
    Section.objects.bulk_create(home for home in homes if home)
    rows = [(home, *row) for home, (_section, rows) in zip(homes, parts, strict=True) for row in rows]
    made = [
        (old, twin(old, questionnaire=form, section=home, position=place, only_if=None), offered)
        for place, (home, old, offered) in enumerate(rows, 1)
    ]
    Question.objects.bulk_create(question for _old, question, _offered in made)
    Choice.objects.bulk_create(
        twin(choice, question=question) for _old, question, offered in made for choice in offered
    )
    tie_conditions([(old, question) for old, question, _offered in made])


def tie_conditions(pairs):
    """[(question, its copy)]: a copy asks for an answer to the copy of what the question asked for."""
    copies, tied = {old.pk or id(old): made for old, made in pairs}, []
    for old, made in pairs:
        if old.only_if_id or old.only_if:
            made.only_if = copies[old.only_if_id or id(old.only_if)]
            tied.append(made)
    Question.objects.bulk_update(tied, ["only_if"])


def twin(row, **fields):
    """An unsaved copy of a row with other values of some fields."""
    left = {"id", "revision", *fields}
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in left}
    return type(row)(**kept, **fields)
