"""Two schools alike, the second marked in every text, and nine persons who look at the first."""

from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from unittest import mock

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, models, transaction
from django.test import Client, override_settings

from accounts import clock, invitations, journal
from accounts.models import Consent, ImportDraft, Letter, SchoolYear, StoredFile, User
from events.models import Attendance as Presence
from events.models import Course, Event, Invited, Talk
from mentorship_portal.starting import load_starting_sets, open_year
from pairs.models import Attendance, MenteeReason, Offer, Order, Plan, PlanTemplate, Request
from publications.models import Attachment, Month, Placement, Publication, Rubric
from roadmap import actions
from roadmap.models import Proof
from roadmap.views.reading import draft_of
from surveys.models import Questionnaire, Wave
from surveys.questionnaire_actions import copy_questionnaire
from tests import diagnosing, factories

OUR_APPS = ("accounts", "pairs", "roadmap", "surveys", "events", "publications", "reports", "mentorship_portal")
PERSONS = ("anonymous", "admin", "head", "curator", "mentor", "mentee", "stranger", "other", "off")
SESSION = "sessionid"
# In every text of the second school, in letters that no word of the first one has together.
MARK, LATIN_MARK = "Чужбина", "chuzhbina"
# Codes that the portal gives and compares; the rest of the texts is the school's own.
CODES = {
    "password",
    "token_hash",
    "digest",
    "content_type",
    "indicator",
    "search_key",
    "sort_key",
    "form_key",
    "target_url",
    "check_in_code",
}
ADDRESSES = {"source_name", "username", "code", "email", "to"}


def our_models():
    return [model for app in OUR_APPS if app in apps.app_configs for model in apps.get_app_config(app).get_models()]


def links():
    """The models of the links between ours."""
    return [field.remote_field.through for model in our_models() for field in model._meta.local_many_to_many]


def paper(by, name="Скан.pdf"):
    made = StoredFile(school=by.school, name=name, content_type="application/pdf", size=9, uploaded_by=by)
    made.file.save(name, ContentFile(b"%PDF-1.7 scan"))
    return made


def build():
    """One school in the middle of its year, with one object of every kind; `own_` people are the pair that looks."""
    w = SimpleNamespace(school=factories.school(full_name="Школа", place="с. Новое", site_url="https://school.test"))
    w.admin, w.head, w.curator = factories.admin(w.school), factories.head(w.school), factories.curator(w.school)
    w.stranger, w.off = factories.person(w.school), factories.admin(w.school, is_curator=True)
    load_starting_sets(school=w.school)
    w.year = open_year(school=w.school, first_year=2024, by=w.admin, state=SchoolYear.State.CURRENT)
    w.next_year = open_year(school=w.school, first_year=2025, by=w.admin)
    build_pairs(w)
    build_work(w)
    build_diagnostics(w)
    diagnosing.build_analysis(w)
    build_events(w)
    build_roadmap(w)
    build_publications(w)
    w.token = invitations.issue(person=w.stranger, by=w.admin).rstrip("/").rsplit("/", 1)[1]
    Letter.objects.create(school=w.school, to=w.mentee.email, subject="Приглашение", body="Добрый день")
    return w


def build_pairs(w):
    w.mentor_part, w.mentee_part = factories.mentor(w.year, agreed=False), factories.mentee(w.year, agreed=False)
    w.mentor, w.mentee = w.mentor_part.person, w.mentee_part.person
    w.colleague_part, w.newcomer_part = factories.mentor(w.year, agreed=False), factories.mentee(w.year)
    w.alone_part, w.free_part, w.waiting_part = (factories.mentee(w.year) for _n in range(3))
    w.competence, w.reason = w.school.competences.first(), w.school.reasons.first()
    MenteeReason.objects.create(participation=w.mentee_part, reason=w.reason)
    Request.objects.create(participation=w.mentee_part, competence=w.competence, text="Как вести урок")
    Offer.objects.create(participation=w.mentor_part, competence=w.competence)
    w.consent = Consent.objects.create(
        person=w.mentor, kind=Consent.Kind.PERSONAL_DATA, text_version="1.0", recorded_by=w.curator,
        scan=paper(w.curator, "Лист.pdf"),
    )  # fmt: skip
    w.pair = factories.pair(w.year, w.mentor_part, w.mentee_part, chosen_because="Тот же предмет")
    w.colleagues = factories.pair(w.year, w.colleague_part, w.newcomer_part)
    w.group = w.year.groups.create(name="Молодые педагоги")
    w.pair.groups.add(w.group)
    w.order = Order.objects.create(
        year=w.year, number="7-о", signed_on=factories.TODAY, basis="Положение", text="Текст"
    )
    w.draft_pair = factories.draft_pair(w.year, w.mentor_part, w.alone_part, order=w.order)
    w.loose_pair = factories.draft_pair(w.year, w.colleague_part, w.free_part)


def build_work(w):
    scan = paper(w.curator)
    w.template = PlanTemplate.objects.filter(school=w.school).first()
    for name, pair in (("plan", w.pair), ("colleagues_plan", w.colleagues)):
        made = factories.plan(pair, 3, Plan.State.APPROVED, w.curator, approval_order="7-о", approval_scan=scan)
        made.items.update(proof=scan, result="Лист", competence=w.competence)
        setattr(w, name, made)
    for name, pair in (("meeting", w.pair), ("colleagues_meeting", w.colleagues)):
        made = factories.meeting(pair, agreed="Встретиться", scan=scan, entered_by=pair.mentor.person)
        made.plan_items.add(pair.plan.items.first())
        made.steps.add(w.year.steps.first())
        Attendance.objects.filter(meeting=made).update(private_note="Только для двоих")
        setattr(w, name, made)
    w.line, w.colleagues_line = w.plan.items.first(), w.colleagues_plan.items.first()
    w.attendance = Attendance.objects.get(meeting=w.meeting)
    w.colleagues_attendance = Attendance.objects.get(meeting=w.colleagues_meeting)


def build_diagnostics(w):
    waves = Wave.objects.filter(year=w.year, audience="mentees").order_by("opens_on")
    w.past_wave, w.wave = waves[0], waves[1]
    w.mentors_past_wave, w.mentors_wave = Wave.objects.filter(year=w.year, audience="mentors").order_by("opens_on")[:2]
    w.questionnaire = w.wave.questionnaire
    w.past_text = w.past_wave.questionnaire.questions.filter(kind="text").last()
    w.drafted = copy_questionnaire(form=Questionnaire.objects.get(school=w.school, code="mentee-entry"), by=w.curator)
    w.drafted_section, w.drafted_question = w.drafted.sections.first(), w.drafted.questions.get(kind="one")
    w.empty_part = w.drafted.sections.create(title="Ещё раздел", position=9)
    for part in (w.mentee_part, w.newcomer_part):
        made = factories.response(w.past_wave, part, *[3] * 12)
        made.answers.create(
            question=w.past_text,
            year=w.year,
            wave=w.past_wave,
            period=w.past_wave.period,
            text="Мало времени",
        )


def build_events(w):
    """One that takes place now for everybody, a council, an event outside, courses of the two who look."""
    w.event = factories.event(w.year, programme="Программа", link="https://school.test/room", place="Актовый зал")
    Presence.objects.create(year=w.year, event=w.event, person=w.mentee, mark="excused", reason="Больничный")
    w.council = factories.event(w.year, kind=Event.Kind.COUNCIL, title="Педагогический совет")
    w.talk = Talk.objects.create(year=w.year, event=w.council, pair=w.pair, topic="Наш год", position=1)
    w.outside = factories.event(
        w.year, kind=Event.Kind.OUTSIDE, title="Форум", level="regional", audience="by_name", hours=2
    )
    common = {"year": w.year, "event": w.outside, "result": "Диплом", "proof": paper(w.curator, "Диплом.pdf")}
    w.nominee = Invited.objects.create(person=w.mentee, **common)
    w.colleagues_nominee = Invited.objects.create(person=w.newcomer_part.person, **common)
    for before, person in (("", w.mentee), ("colleagues_", w.newcomer_part.person)):
        facts = {"year": w.year, "person": person, "organisation": "Институт", "hours": 36, "ends_on": factories.TODAY}
        paid = {"certificate": paper(w.curator, "Удостоверение.pdf"), "certificate_number": "12", "remark": "Хорошо"}
        claimed = {"state": Course.State.CLAIMED, "claimed_on": factories.TODAY, "place": "с. Новое"}
        setattr(w, f"{before}course", Course.objects.create(title="Курс", **facts, **paid, **claimed))
        planned = Course.objects.create(title="Другой курс", scheduled_on=factories.TODAY, **facts, **paid)
        setattr(w, f"{before}planned_course", planned)


def build_roadmap(w):
    w.roadmap = actions.load_seed(year=w.year, by=w.curator)
    type(w.roadmap).objects.filter(pk=w.roadmap.pk).update(
        approval_scan=paper(w.curator, "Карта.pdf"), approval_order="1-о", goal="Цель"
    )
    w.section, w.item = w.roadmap.sections.first(), w.roadmap.items.first()
    w.checkpoint = w.item.checkpoints.first()
    common = {"checkpoint": w.checkpoint, "added_on": factories.TODAY, "added_by": w.curator}
    w.proof = Proof.objects.create(kind="file", title="База наставляемых", file=paper(w.curator, "База.pdf"), **common)
    Proof.objects.create(kind="note", title="Заметка", note="Протокол № 1", **common)
    w.draft = draft_of(w.curator, w.year, *actions.sample())
    row = {"row": 2, "full_name": "Новикова Инна Львовна", "subject": "химия"}
    content = {"rows": [row], "side": "mentee", "headings": {"full_name": "ФИО"}, "not_needed": [], "unknown": []}
    w.teachers = ImportDraft.objects.create(
        owner=w.curator, year=w.year, kind="teachers", file_name="Список.xlsx", content=content
    )


def build_publications(w):
    """A mentor's material with its file, public news with a document, placed; news that still waits; the open rubric."""
    told = {"published_on": factories.TODAY, "state": Publication.State.PUBLISHED, "body": "Как было"}
    common = {"school": w.school, "kind": "material", "sort": "didactic", "audience": "everybody", **told}
    w.publication = Publication.objects.create(title="Лист", offered_by=w.mentor, **common)
    w.colleagues_publication = Publication.objects.create(
        title="Памятка", offered_by=w.colleague_part.person, **common | {"audience": "mentors", "state": "submitted",
        "published_on": None},
    )  # fmt: skip
    w.attachment = Attachment.objects.create(
        publication=w.publication, kind="document", caption="Лист", file=paper(w.mentor, "Лист.pdf")
    )
    news = {"school": w.school, "kind": "news", "audience": "public", "dated": factories.TODAY, **told}
    w.post, w.fresh_post = (Publication.objects.create(title=title, **news) for title in ("Встреча", "Семинар"))
    w.post_file = Attachment.objects.create(
        publication=w.post, kind="document", caption="Программа", file=paper(w.curator, "Программа.pdf")
    )
    w.placement = Placement.objects.create(
        school=w.school, publication=w.post, address="https://school.test/1", placed_by=w.curator,
        placed_on=factories.TODAY,
    )  # fmt: skip
    w.month = Month.objects.get(year=w.year, starts_on__month=factories.TODAY.month)
    w.rubric = Rubric.objects.create(
        school=w.school, is_open=True, about="О программе", goals="Цели", contact=w.curator, contact_post="Куратор",
        phone="1", email="rubric@school.test", hours="По вторникам",
    )  # fmt: skip


def addresses(w):
    """{URL name: its arguments}: the objects of this school that the pair and its curator work on."""
    found = {"invitation_accept": {"token": w.token}, "pair_move": {"pk": w.draft_pair.pk, "name": "withdraw"}}
    found["order_move"] = {"pk": w.order.pk, "name": "withdraw"}
    found["event_move"] = {"pk": w.event.pk, "name": "cancel"}
    found["course_move"] = {"pk": w.course.pk, "name": "confirm"}
    found["check_in"] = {"token": w.event.check_in_code}
    found["year_move"] = {"pk": w.year.pk, "name": "close"}
    found["plan_move"] = {"pk": w.plan.pk, "name": "submit"}
    found["checkpoint_move"] = {"pk": w.checkpoint.pk, "name": "explain"}
    found["roadmap_move"] = {"pk": w.roadmap.pk, "name": "submit"}
    found["participation_create"] = {"pk": w.stranger.pk, "side": "mentee"}
    found["survey_paper"] = {"pk": w.wave.pk, "participation": w.mentee_part.pk}
    found["person_answers"] = {"pk": w.past_wave.pk, "participation": w.mentee_part.pk}
    found["wave_texts"] = {"pk": w.past_wave.pk, "question": w.past_text.pk}
    found |= {name: {"slug": "registry"} for name in ("report_detail", "report_pdf", "report_xlsx")}
    found["publication_move"] = {"pk": w.publication.pk, "name": "submit"}
    found["rubric_post"] = {"pk": w.school.pk, "post": w.post.pk}
    found["rubric_file"] = {"pk": w.school.pk, "file": w.post_file.pk}
    found["rubric_month"] = {"pk": w.school.pk, "month": f"{factories.TODAY:%Y-%m}"}
    found |= {name: {"kind": "publication"} for name in ("consent_text_edit", "consent_give")}
    found["consent_paper"] = {"pk": w.mentor.pk, "kind": "publication"}
    for obj, names in OBJECTS.items():
        found |= {name: {"pk": getattr(w, obj).pk} for name in names.split()}
    return found


OBJECTS = {
    "stranger": "person_detail person_edit person_roles person_switch invitation_send declined_create",
    "mentee": "teacher_detail teacher_edit person_growth", "mentor": "consent_create",
    "consent": "consent_detail consent_scan consent_withdraw",
    "year": "year_detail year_edit year_terms year_periods",
    "teachers": "registry_import_preview registry_import_confirm", "draft": "roadmap_import_preview",
    "competence": "competence_edit", "reason": "reason_edit", "group": "group_edit", "template": "plan_template_edit",
    "free_part": "participation_edit participation_end",
    "mentee_part": "analysis_detail support_line support_grant support_material",
    "finding": "analysis_take_back", "support": "support_drop",
    "pair": "pair_detail pair_end pair_pause pair_resume", "draft_pair": "pair_edit",
    "order": "order_detail order_edit order_text order_pdf",
    "meeting": "meeting_detail meeting_edit meeting_hold meeting_cancel meeting_scan", "attendance": "meeting_answer",
    "plan": "plan_detail plan_edit plan_pdf plan_approve_paper plan_scan plan_item_create",
    "line": "plan_item_edit plan_item_delete plan_item_mark plan_item_proof",
    "past_wave": "survey_answers",
    "questionnaire": "questionnaire_detail questionnaire_preview questionnaire_blank questionnaire_next questionnaire_copy questionnaire_retire",
    "drafted": "questionnaire_edit questionnaire_publish section_create", "empty_part": "section_remove",
    "drafted_section": "section_edit section_move question_create",
    "drafted_question": "question_edit question_move question_remove",
    "wave": "wave_detail wave_edit wave_remind wave_remove wave_mix survey_fill survey_save",
    "event": "event_detail event_edit event_postpone event_invite event_ics attendance_list attendance_mark "
    "attendance_share attendance_pdf attendance_xlsx attendance_blank check_in_screen check_in_renew",
    "council": "talk_list", "talk": "talk_edit talk_mark talk_shift talk_remove",
    "nominee": "nominee_edit nominee_file",
    "course": "course_detail course_file", "planned_course": "course_edit course_claim",
    "roadmap": "roadmap_edit roadmap_record roadmap_scan roadmap_section_add roadmap_item_add roadmap_before",
    "section": "roadmap_section_edit roadmap_section_remove",
    "item": "roadmap_item roadmap_item_edit roadmap_item_remove",
    "publication": "publication_detail publication_edit publication_people attachment_create",
    "attachment": "attachment_file attachment_edit attachment_remove",
    "post": "pack_post pack_post_zip", "month": "pack_month pack_month_zip", "placement": "placement_take_down",
    "school": "rubric_school rubric_roadmap",
    "checkpoint": "proof_create proof_print", "proof": "proof_file proof_withdraw",
}  # fmt: skip


def second_school():
    """Like the first, but every text of every row bears the mark."""
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in our_models()}
    with mock.patch.object(journal, "record"):  # the journal takes no change: its lines are written below, marked
        w = build()
    for model in our_models():
        for row in model._base_manager.exclude(pk__in=before[model]):
            stamp(row)
    for name, value in vars(w).items():
        if isinstance(value, models.Model):
            setattr(w, name, type(value)._base_manager.get(pk=value.pk))
    Rubric.objects.filter(school=w.school).update(is_open=False)  # nothing of it is public
    for target in (w.mentee, w.pair, w.plan, w.meeting, w.item, w.proof, w.order):
        journal.record(w.curator, MARK, target, comment=MARK, changes=[{"field": MARK, "old": MARK, "new": MARK}])
    return w


def stamp(row):
    values = {}
    for field in row._meta.concrete_fields:
        value = marked(field, getattr(row, field.attname), row.pk)
        if value is not None:
            values[field.attname] = value
    if values:
        type(row)._base_manager.filter(pk=row.pk).update(**values)
    if isinstance(row, User):
        User.objects.get(pk=row.pk).save()  # its search keys follow the marked name


def marked(field, value, pk):
    """The field's value with the mark in it; None where there is nothing of the school's own to mark."""
    if value is None or field.choices or field.name in CODES or isinstance(field, models.FileField):
        return None
    if isinstance(field, models.JSONField):
        return deeply(value)
    if isinstance(field, models.URLField):
        return f"https://{LATIN_MARK}.test/{pk}" if value else None
    if field.name in ADDRESSES or isinstance(field, models.SlugField):
        return f"{LATIN_MARK}{pk}" + ("@school.test" if "@" in value else "")
    if isinstance(field, models.CharField | models.TextField):
        return f"{MARK} {value}"[: field.max_length]
    return None


def unmarked(row):
    """Names of the row's texts that should bear the mark and do not."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value and marked(field, value, row.pk) not in (None, value) and not has_mark(str(value)):
            yield field.name


def deeply(value):
    if isinstance(value, dict):
        return {key: deeply(each) for key, each in value.items()}
    if isinstance(value, list):
        return [deeply(each) for each in value]
    return f"{MARK} {value}" if isinstance(value, str) and not is_code(value) else value


def is_code(value):
    """A date or one of the portal's own words inside of a draft."""
    return value.replace("_", "").replace("-", "").isascii()


def has_mark(text):
    folded = text.casefold()
    return MARK.casefold() in folded or LATIN_MARK in folded


# ---------------------------------------------------------------- who looks, and what is there


def client_of(key):
    client = Client(raise_request_exception=False)
    if key:
        client.cookies[SESSION] = key
    return client


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client.cookies[SESSION].value


def nine(w, other):
    """{person: session key}; the one who may not sign in any more had a session when it happened."""
    people = {name: getattr(w, name) for name in PERSONS if hasattr(w, name)} | {"other": other.curator}
    keys = {name: sign_in(user) for name, user in people.items()} | {"anonymous": ""}
    User.objects.filter(pk=w.off.pk).update(is_active=False)
    return keys


@cache
def tables():
    """{table: its columns, the key first} of our models and of the links between them."""
    return {
        model._meta.db_table: [field.column for field in model._meta.concrete_fields]
        for model in [*our_models(), *links()]
    }


def rows():
    """Every row of ours, as {table: {key: values}}; sessions are not among them."""
    found = {}
    with connection.cursor() as cursor:
        for table, columns in tables().items():
            cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, columns))} FROM {table}")
            found[table] = {values[0]: values for values in cursor.fetchall()}
    return found


@contextmanager
def undone():
    """What happens inside is taken back at the end."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)


@contextmanager
def built(folder):
    """Both schools with everybody signed in, for the tests of one module; nothing of it stays."""
    with override_settings(MEDIA_ROOT=folder), clock.on(factories.TODAY), transaction.atomic():
        try:
            own, other = build(), second_school()
            yield SimpleNamespace(own=own, other=other, keys=nine(own, other))
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), built(tmp_path_factory.mktemp("files")) as made:
        yield made
