"""Acts on questionnaires: the starting set, and how sections, questions and choices are planted."""

import json

from django.conf import settings
from django.db import transaction

from accounts.clock import today
from pairs.models import Competence
from surveys.models import Choice, Question, Questionnaire, Section

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


def parts_of(form):
    """[(section, [(question, [choice])])] as they stand; questions without a section come first, under None."""
    found = {None: []} | {section: [] for section in form.sections.all()}
    for question in form.questions.select_related("section").prefetch_related("choices"):
        found[question.section].append((question, list(question.choices.all())))
    return [(section, rows) for section, rows in found.items() if section or rows]


def plant(form, parts):
    """Save copies of [(section, [(question, [choice])])] as the content of `form`, conditions among them included."""
    homes = [
        section and twin(section, questionnaire=form, position=place) for place, (section, _rows) in enumerate(parts)
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
