"""Changing a draft: its words, sections, questions, choices and their order. A published questionnaire refuses it all."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.workflow import Refused
from surveys.given import choices_of
from surveys.models import Choice, Question, Section
from surveys.questionnaire_actions import drafted, parts_of

MOST_QUESTIONS, MOST_SECTIONS = 200, 40
GONE = _("Somebody has removed this meanwhile.")
UP, DOWN = "up", "down"


def save_words(*, form, by):
    """Title, audience and the like of a draft; None when the form must be shown again."""
    with drafted(form.instance):
        return journal.save(form, by)


# ---------------------------------------------------------------- sections


def save_section(*, form, by):
    section = form.instance
    with drafted(section.questionnaire) as draft:
        if section.pk:
            return journal.save(form, by, _("changed a section"), about=draft)
        if draft.sections.count() >= MOST_SECTIONS:
            raise Refused(str(_("There are very many sections already: nobody will fill in so much.")))
        section.position = (draft.sections.aggregate(last=Max("position"))["last"] or 0) + 1
        return journal.save(form, by, _("added a section"), about=draft)


def remove_section(*, section, by):
    with drafted(section.questionnaire) as draft:
        if section.questions.exists():
            raise Refused(str(_("The section has questions: move them to another section or remove them first.")))
        section.delete()
        journal.record(by, _("removed a section"), draft, comment=str(section))


def move_section(*, section, way, by):
    """One place up or down, with all its questions."""
    with drafted(section.questionnaire) as draft:
        parts = content_of(draft)
        keys = [each and each.pk for each, _rows in parts]
        if section.pk not in keys:
            raise Refused(str(GONE))
        swap(parts, keys.index(section.pk), way)
        if put_in_order(parts):
            journal.record(by, _("moved a section"), draft, comment=str(section))


# ---------------------------------------------------------------- questions


def save_question(*, form, rows, by):
    """The question with its choices, at the end of its section when it is new there. None: show the form again."""
    question = form.instance
    is_new, before = question.pk is None, Question.objects.filter(pk=question.pk).first()
    with drafted(question.questionnaire) as draft:
        if not is_new and before is None:
            raise Refused(str(GONE))
        if is_new and draft.questions.count() >= MOST_QUESTIONS:
            raise Refused(str(_("There are very many questions already: nobody will fill in so much.")))
        if is_new or before.section_id != question.section_id:
            question.position = MOST_QUESTIONS + 1
        saved = journal.save(form, by, _("added a question") if is_new else _("changed a question"), about=draft)
        if saved is None:
            return None
        renumbered = save_choices(saved, rows, by, draft)
        if not is_new:
            retie(saved, before, renumbered)
        put_in_order(content_of(draft))
        return saved


def save_choices(question, rows, by, draft):
    """Choices in the order of the rows, numbered anew; {number of before: number of now}."""
    kept = rows if question.kind in Question.CHOICES else []
    old = list(question.choices.values_list("number", "text", "competence_id"))
    new = [(number, row["text"], row["competence"]) for number, row in enumerate(kept, 1)]
    if old != [(number, text, competence and competence.pk) for number, text, competence in new]:
        question.choices.all().delete()
        Choice.objects.bulk_create(
            Choice(question=question, number=number, text=text, competence=competence)
            for number, text, competence in new
        )
        if old:
            change = {"field": str(_("choices")), "old": listed(old), "new": listed(new)}
            journal.record(by, _("changed the choices"), draft, comment=str(question), changes=[change])
    return {row["number"]: number for number, row in enumerate(kept, 1) if row["number"]}


def listed(choices):
    return "; ".join(text for _number, text, _competence in choices) or "—"


def retie(question, before, renumbered):
    """Conditions on this question follow its choices; one that would wait for nothing refuses the change."""
    closed = question.kind in Question.CHOICES
    possible = {number for number, _words in choices_of(question)}
    for each in Question.objects.filter(only_if=question):
        values = [renumbered.get(v, v if v == Question.OTHER else None) if closed else v for v in each.only_if_values]
        if question.kind != before.kind or not set(values) <= possible:
            raise Refused(
                _("“%(text)s” waits for an answer to this question: change its condition first.") % {"text": each}
            )
        Question.objects.filter(pk=each.pk).update(only_if_values=sorted(values))


def remove_question(*, question, by):
    with drafted(question.questionnaire) as draft:
        if waiting := waiting_for(question):
            raise Refused(waiting)
        words = [(number, text, None) for number, text in choices_of(question) if question.kind in Question.CHOICES]
        changes = [{"field": str(_("choices")), "old": listed(words), "new": "—"}] if words else []
        question.delete()
        put_in_order(content_of(draft))
        journal.record(by, _("removed a question"), draft, comment=str(question), changes=changes)


def waiting_for(question):
    """Why the question must stay, as a sentence that names what waits for its answer; nothing if it may go."""
    found = ", ".join(f"«{each}»" for each in Question.objects.filter(only_if=question))
    words = _("It stays while other questions wait for its answer: %(questions)s. Change their conditions first.")
    return words % {"questions": found} if found else ""


def move_question(*, question, way, by):
    """One place up or down; from the end of a section into the next one."""
    with drafted(question.questionnaire) as draft:
        parts = content_of(draft)
        step(parts, question.pk, way)
        if put_in_order(parts):
            journal.record(by, _("moved a question"), draft, comment=str(question))


def place_question(*, question, into, before, by):
    """Into the section with the number `into`, before the question with the number `before`; else at its end."""
    with drafted(question.questionnaire) as draft:
        parts = content_of(draft)
        homes = {section.pk: rows for section, rows in parts if section}
        if into not in homes:
            raise Refused(str(GONE))
        at, row = place_of(parts, question.pk)
        moved, home = parts[at][1].pop(row), homes[into]
        keys = [each.pk for each in home]
        home.insert(keys.index(before) if before in keys else len(home), moved)
        if put_in_order(parts):
            journal.record(by, _("moved a question"), draft, comment=str(question))


# ---------------------------------------------------------------- order


def content_of(draft):
    """[(section or None, [question])] as it stands."""
    return [(section, [question for question, _choices in rows]) for section, rows in parts_of(draft)]


def swap(rows, place, way):
    other = place - 1 if way == UP else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]


def place_of(parts, key):
    """(number of the section, number of the question in it) of the question with that key."""
    for at, (_section, rows) in enumerate(parts):
        keys = [each.pk for each in rows]
        if key in keys:
            return at, keys.index(key)
    raise Refused(str(GONE))


def step(parts, key, way):
    at, place = place_of(parts, key)
    rows, other = parts[at][1], at - 1 if way == UP else at + 1
    if place != (0 if way == UP else len(rows) - 1):
        swap(rows, place, way)
    elif 0 <= other < len(parts):
        home = parts[other][1]
        home.insert(len(home) if way == UP else 0, rows.pop(place))


def put_in_order(parts):
    """Write places and sections as they stand in `parts`: how many rows moved. A condition may only look back, or Refused."""
    flat = [(section, question) for section, rows in parts for question in rows]
    check_conditions([question for _section, question in flat])
    moved = 0
    for place, (section, _rows) in enumerate(parts, 1):
        if section and section.position != place:
            moved += Section.objects.filter(pk=section.pk).update(position=place)
    for place, (section, question) in enumerate(flat, 1):
        home = section and section.pk
        if (question.position, question.section_id) != (place, home):
            moved += Question.objects.filter(pk=question.pk).update(position=place, section_id=home)
    return moved


def check_conditions(questions):
    seen = {None}
    for each in questions:
        if each.only_if_id not in seen:
            raise Refused(
                _("“%(text)s” waits for an answer to “%(before)s”, which must stand before it.")
                % {"text": each, "before": each.only_if}
            )
        seen.add(each.pk)
