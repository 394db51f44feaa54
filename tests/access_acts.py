"""What a person does with an address of the portal, and how it answered, in one word."""

from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from accounts.models import SchoolYear
from pairs.models import Meeting, Pause, Plan, PlanItem
from papers import pdf
from publications.models import Publication
from roadmap.models import Item, Proof
from surveys.models import Questionnaire, Wave
from tests import factories
from tests.access_world import PERSONS, addresses, client_of, rows, undone
from tests.diagnosing import line_is_asked_for
from tests.posting import form_to, typed

# The curator writes a meeting down for a mentor who does not type.
QUERIES = {
    "support_material": lambda w: f"?competence={w.weak.code}",
    "meeting_create": lambda w: f"?mentor={w.mentor_part.pk}",
    "publication_create": lambda w: "?kind=material",
    "placement_create": lambda w: f"?post={w.fresh_post.pk}",
}
NEW_PASSWORD = "длинная фраза 2024"


def all_names():
    """Names of every URL in their order; Django's admin, with names of its own, counts as one."""
    found = []

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.append(pattern.name)
            elif pattern.app_name == "admin":
                found.append("keeper")
            else:
                walk(pattern.url_patterns)

    walk(get_resolver().url_patterns)
    return found


def address_to(name, kwargs):
    return reverse("admin:index" if name == "keeper" else name, kwargs=kwargs)


def address(name, w):
    """The URL for what this school has, see `addresses`."""
    return address_to(name, addresses(w).get(name)) + QUERIES.get(name, lambda w: "")(w)


@pytest.fixture
def paper_is_html(monkeypatch):
    """Papers as the text they are made of: who may have them, and what stands in them, is the same."""

    def as_html(template_name, context):
        with translation.override("ru"):
            return render_to_string(template_name, context() if callable(context) else context).encode()

    monkeypatch.setattr(pdf, "render", as_html)


# ---------------------------------------------------------------- the state in which an act makes sense


def plan_is(state):
    return lambda w: Plan.objects.filter(pk=w.plan.pk).update(
        state=state, submitted_on=factories.TODAY, waiting_since=factories.TODAY
    )


def without_plan(w):
    PlanItem.objects.filter(plan=w.plan).delete()
    Plan.objects.filter(pk=w.plan.pk).delete()


def without_proofs(w):
    Proof.objects.filter(checkpoint__item__roadmap=w.roadmap).delete()


def empty_section(w):
    Item.objects.filter(section=w.section).update(section=w.roadmap.sections.last())


def publication_is_a_draft(w):
    Publication.objects.filter(pk=w.publication.pk).update(state="draft", published_on=None)


def roadmap_is_approved(w):
    w.roadmap.__class__.objects.filter(pk=w.roadmap.pk).update(
        state="approved", approved_on=factories.TODAY, approved_by=w.head
    )


WRITING = ("publication_edit", "publication_move", "attachment_create", "attachment_edit", "attachment_remove")


def nameless_and_over(w):
    Wave.objects.filter(pk=w.wave.pk).update(
        anonymous=True, feeds=False, opens_on=factories.TODAY.replace(day=1), closes_on=factories.TODAY.replace(day=2)
    )  # fmt: skip


def read_by_mentors(w):
    Questionnaire.objects.filter(pk=w.past_wave.questionnaire_id).update(mentor_reads_texts=True)


def satisfaction(w):
    """Asked by name in the first period."""
    form = Questionnaire.objects.get(school=w.school, purpose="satisfaction")
    return {"questionnaire": form.pk, "period": w.past_wave.period_id, "audience": "everybody", "anyway": "on"}


DRAFT_PLAN = ("plan_edit", "plan_item_create", "plan_item_edit", "plan_item_delete", "plan_approve_paper", "plan_move")
BEFORE = (
    dict.fromkeys(DRAFT_PLAN, plan_is("draft"))
    | dict.fromkeys(WRITING, publication_is_a_draft)
    | {
        "rubric_roadmap": roadmap_is_approved,
        "plan_approve_many": plan_is("submitted"),
        "questionnaire_publish": lambda w: w.drafted.sections.filter(pk=w.empty_part.pk).delete(),
        "plan_create": without_plan,
        "meeting_hold": lambda w: Meeting.objects.filter(pk=w.meeting.pk).update(state="planned"),
        "wave_mix": nameless_and_over,
        "person_answers": read_by_mentors,
        "support_grant": line_is_asked_for,
        "pair_resume": lambda w: Pause.objects.create(pair=w.pair, since=factories.TODAY, reason="Отпуск"),
        "roadmap_section_remove": empty_section,
        "roadmap_import": without_proofs,
        "roadmap_import_preview": without_proofs,
        "roadmap_item_remove": without_proofs,
        "year_create": lambda w: SchoolYear.objects.filter(pk=w.next_year.pk).update(state="closed"),
    }
)


def prepare(name, world):
    for w in (world.own, world.other):
        BEFORE.get(name, lambda w: None)(w)


# ---------------------------------------------------------------- what is sent


def listed():
    return SimpleUploadedFile("Список.csv", "ФИО;Предмет\nНовикова Инна Львовна;химия\n".encode())


def drawn():
    text = "№\tСодержание\tСроки\n1\tОрганизация\n1.1\tСоздание базы\tдо 02.09.2024\n"
    return SimpleUploadedFile("Карта.txt", text.encode())


REASON = {"comment": "Так решено"}
PASSWORDS = {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD}
STEPS = ("year_move", "pair_move", "order_move", "plan_move", "roadmap_move", "meeting_cancel", "event_move", "course_move", "checkpoint_move", "proof_withdraw", "person_switch", "publication_move", "questionnaire_retire")  # fmt: skip
# What the page itself does not offer: words for a step, files, one's own password.
EXTRA = dict.fromkeys(STEPS, lambda w: REASON) | {
    "login": lambda w: {"username": w.stranger.username, "password": factories.PASSWORD},
    "password_reset": lambda w: {"username": w.stranger.username},
    "invitation_accept": lambda w: PASSWORDS,
    "password_change": lambda w: {"old_password": factories.PASSWORD, **PASSWORDS},
    "set_language": lambda w: {"language": "en"},
    "set_theme": lambda w: {"theme": "dark"},
    "invitation_slips": lambda w: {"person": [w.stranger.pk]},
    "pair_create": lambda w: {"mentor": w.mentor_part.pk, "mentee": w.waiting_part.pk},
    "order_create": lambda w: {"pairs": [w.loose_pair.pk]},
    "plan_approve_many": lambda w: {"plan": [w.plan.pk]},
    "meeting_answer": lambda w: {"answer": "confirmed"},
    "event_create": lambda w: {"title": "Семинар"},
    "event_postpone": lambda w: {"on": "2024-11-27", "comment": "Зал занят"},
    "event_invite": lambda w: {"people": [w.stranger.pk]},
    "attendance_mark": lambda w: {"person": w.mentee.pk, "mark": "present"},
    "talk_list": lambda w: {"pair": w.colleagues.pk},
    "talk_mark": lambda w: {"spoken": "1"},
    "talk_shift": lambda w: {"to": "down"},
    "course_plan": lambda w: {"title": "Общий курс", "people": [w.stranger.pk]},
    "course_create": lambda w: {"person": w.stranger.pk, "certificate_number": "№ 7"},
    "registry_import": lambda w: {"file": listed()},
    "roadmap_import": lambda w: {"file": drawn()},
    "roadmap_import_preview": lambda w: {"replace": "on"},
    "roadmap_before": lambda w: {f"c{w.checkpoint.pk}-done": "on"},
    "year_periods": lambda w: {"periods-0-name": "Вводная диагностика"},
    "year_terms": lambda w: {"terms-0-name": "Первая четверть"},
    "step_settings": lambda w: {"form-0-due_on": "2024-09-13"},
    "consent_record": lambda w: {"give": [f"{w.mentee.pk}-participation"]},
    "consent_text_edit": lambda w: {"text": "Я, {ФИО}, согласен."},
    "consent_give": lambda w: {"agree": "on"},
    "consent_withdraw": lambda w: {"reason": "Заявление"},
    "wave_create": satisfaction,
    "analysis_take": lambda w: {"one": f"{w.mentee_part.pk}-{w.school.competences.last().pk}"},
    "analysis_mark": lambda w: {"person": [w.mentee_part.pk]},
    "analysis_interviews": lambda w: {
        f"p{w.newcomer_part.pk}-interviewed_on": "2024-11-20",
        f"p{w.newcomer_part.pk}-conclusion": "Беседа",
    },
    "analysis_note": lambda w: {"proposals": "Провести семинар"},
    "support_line": lambda w: {"line": w.proposed.pk},
    "support_material": lambda w: {"material": "Лист", "address": "https://school.test/2"},
    "survey_save": lambda w: {"only": [w.questionnaire.questions.first().pk]},
    "proof_create": lambda w: {"note": "Папка № 3"},
    "attachment_create": lambda w: {"upload": SimpleUploadedFile("Лист.pdf", b"%PDF-1.7 sheet")},
    "placement_create": lambda w: {"address": "https://school.test/2"},
    "publication_create": lambda w: {"sort": "didactic"},
    "attachment_edit": lambda w: {"caption": "Лист для печати"},
    "publication_people": lambda w: {"author": [w.mentor.pk]},
}
PAGES = {"survey_save": "survey_fill"}  # where the form to an address stands, if not there
READERS = ("curator", "admin", "head", "mentor", "mentee", "anonymous")


def data_for(name, world, pages):
    """{person: what they would send}: from their own page, else from that of the first person who has one."""
    target = address(name, world.own)
    forms = {person: form_to(page, target) for person, page in pages.items()}
    best = next((forms[person] for person in READERS if forms.get(person)), None)
    extra = EXTRA.get(name, lambda w: {})
    return {person: (typed(forms.get(person) or best) if best else {}) | extra(world.own) for person in PERSONS}


# ---------------------------------------------------------------- how it answered


@contextmanager
def writes():
    """The statements that write, but for sessions, which every visit may touch."""
    found = []

    def listen(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found


def word(answer):
    """in: must sign in first; go: sent elsewhere; else the status."""
    if answer.status_code == 401:  # the sign-in, with what was typed kept behind it
        return "in"
    if answer.status_code == 302:
        return "in" if answer["Location"].split("?")[0] == reverse("login") else "go"
    return str(answer.status_code)


def look(world, person, name):
    return client_of(world.keys[person]).get(address(name, world.own))


def pages_of(answers):
    """{person: HTML} of those who got a page."""
    pages = {person: answer for person, answer in answers.items() if answer.status_code == 200}
    return {p: a.content.decode() for p, a in pages.items() if a["Content-Type"].startswith("text/html")}


def send(world, person, name, data, before):
    """ok: something was saved; no: answered, nothing saved; else the refusal, which writes nothing."""
    with undone(), writes() as written:
        answer = client_of(world.keys[person]).post(address(name, world.own), data)
        changed = bool(written) and rows() != before
    if answer.status_code == 200 or word(answer) == "go":
        return "ok" if changed else "no"
    return f"{word(answer)} after a change" if changed else word(answer)
