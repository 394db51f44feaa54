"""Every page of the portal: who opens it, its URL name, what of the world it shows. The world is the demo school and
what the demo lacks, so that pages hold rows, long names and every state."""

from unittest import mock

from accounts import invitations
from accounts.models import Consent, ImportDraft, Participation, SchoolYear, User
from events.models import Course, Event, Talk
from mentorship_portal.demo import fill
from mentorship_portal.starting import open_year
from pairs.models import Attendance, Competence, Group, Meeting, Order, Pair, Plan, PlanTemplate, Reason
from publications.models import Month, Placement, Publication
from roadmap import actions
from roadmap.models import Section
from roadmap.views.reading import draft_of
from surveys.models import Questionnaire, Wave
from surveys.questionnaire_actions import next_version
from tests import factories as make

# (who, URL name, key of `world()` for its argument, query)
PAGES = [
    ("nobody", "login", "", ""),
    ("nobody", "password_reset", "", ""),
    ("nobody", "invitation_accept", "token", ""),
    ("nobody", "rubric", "", ""),
    ("nobody", "rubric_school", "school", ""),
    ("nobody", "rubric_roadmap", "school", ""),
    ("nobody", "rubric_month", "news_month", ""),
    ("nobody", "rubric_post", "news_page", ""),
    ("admin", "home", "", ""),
    ("curator", "home", "", ""),
    ("mentor", "home", "", ""),
    ("mentee", "home", "", ""),
    ("curator", "about_me", "", ""),
    ("mentee", "about_me", "", "?all=1"),
    ("curator", "profile", "", ""),
    ("curator", "password_change", "", ""),
    ("admin", "person_list", "", ""),
    ("admin", "person_create", "", ""),
    ("admin", "person_detail", "teacher", ""),
    ("admin", "person_edit", "teacher", ""),
    ("admin", "person_roles", "teacher", ""),
    ("admin", "school_edit", "", ""),
    ("admin", "year_list", "", ""),
    ("admin", "year_create", "", ""),
    ("admin", "year_detail", "year", ""),
    ("admin", "year_edit", "year", ""),
    ("admin", "year_terms", "year", ""),
    ("admin", "year_periods", "year", ""),
    ("admin", "journal_list", "", ""),
    ("curator", "registry", "", ""),
    ("curator", "registry", "", "?side=mentee"),
    ("curator", "teacher_create", "", ""),
    ("mentee", "my_card", "", ""),
    ("curator", "registry_import", "", ""),
    ("curator", "registry_import_preview", "teachers_draft", ""),
    ("curator", "competence_list", "", ""),
    ("curator", "competence_edit", "competence", ""),
    ("curator", "reason_list", "", ""),
    ("curator", "reason_edit", "reason", ""),
    ("curator", "teacher_detail", "teacher", ""),
    ("curator", "teacher_edit", "teacher", ""),
    ("curator", "declined_create", "newcomer", ""),
    ("curator", "participation_create", "join", ""),
    ("curator", "participation_edit", "participation", ""),
    ("curator", "participation_end", "participation", ""),
    ("curator", "pair_list", "", ""),
    ("mentor", "pair_list", "", ""),
    ("mentee", "pair_list", "", ""),
    ("curator", "pair_create", "", ""),
    ("curator", "pair_match", "", ""),
    ("curator", "pair_detail", "pair", ""),
    ("mentee", "pair_detail", "pair", ""),
    ("curator", "pair_detail", "paused_pair", ""),
    ("curator", "pair_edit", "draft_pair", ""),
    ("curator", "pair_end", "pair", ""),
    ("curator", "pair_pause", "pair", ""),
    ("curator", "pair_resume", "paused_pair", ""),
    ("curator", "order_list", "", ""),
    ("curator", "order_create", "", ""),
    ("curator", "order_detail", "order", ""),
    ("curator", "order_detail", "draft_order", ""),
    ("curator", "order_edit", "draft_order", ""),
    ("curator", "order_text", "draft_order", ""),
    ("curator", "consent_list", "", ""),
    ("curator", "consent_record", "", ""),
    ("curator", "consent_create", "newcomer", ""),
    ("curator", "consent_text_list", "", ""),
    ("curator", "consent_text_edit", "consent_kind", ""),
    ("mentee", "my_consents", "", ""),
    ("mentee", "consent_give", "consent_kind", ""),
    ("curator", "consent_detail", "consent", ""),
    ("mentor", "consent_withdraw", "consent", ""),
    ("curator", "group_list", "", ""),
    ("curator", "group_edit", "group", ""),
    ("curator", "step_settings", "", ""),
    ("curator", "meeting_list", "", ""),
    ("mentor", "meeting_list", "", ""),
    ("mentee", "meeting_list", "", ""),
    ("mentor", "meeting_create", "", ""),
    ("curator", "meeting_create", "", ""),
    ("mentor", "meeting_detail", "meeting", ""),
    ("mentee", "meeting_detail", "meeting", ""),
    ("curator", "meeting_detail", "objected_meeting", ""),
    ("mentor", "meeting_edit", "meeting", ""),
    ("mentor", "meeting_hold", "planned_meeting", ""),
    ("curator", "plan_list", "", ""),
    ("mentor", "plan_list", "", ""),
    ("mentor", "plan_create", "", ""),
    ("curator", "plan_template_list", "", ""),
    ("curator", "plan_template_create", "", ""),
    ("curator", "plan_template_edit", "plan_template", ""),
    ("mentor", "plan_detail", "plan", ""),
    ("curator", "plan_detail", "submitted_plan", ""),
    ("curator", "plan_detail", "draft_plan", ""),
    ("curator", "plan_edit", "draft_plan", ""),
    ("curator", "plan_approve_paper", "submitted_plan", ""),
    ("curator", "plan_item_create", "draft_plan", ""),
    ("curator", "plan_item_edit", "draft_line", ""),
    ("curator", "plan_item_delete", "draft_line", ""),
    ("mentor", "plan_item_mark", "line", ""),
    ("curator", "survey_list", "", ""),
    ("mentee", "survey_list", "", ""),
    ("mentee", "survey_growth", "", ""),
    ("curator", "person_growth", "teacher", ""),
    ("mentor", "person_growth", "teacher", ""),
    ("curator", "analysis_list", "", ""),
    ("curator", "analysis_detail", "entry_person", ""),
    ("curator", "analysis_interviews", "", ""),
    ("curator", "needs_sheet", "", ""),
    ("head", "needs_sheet", "", ""),
    ("curator", "analysis_note", "", ""),
    ("curator", "survey_settings", "", ""),
    ("mentor", "support_material", "entry_person", "?competence=lesson"),
    ("curator", "questionnaire_list", "", ""),
    ("curator", "questionnaire_create", "", ""),
    ("curator", "questionnaire_detail", "questionnaire", ""),
    ("curator", "questionnaire_detail", "drafted", ""),
    ("curator", "questionnaire_edit", "drafted", ""),
    ("curator", "questionnaire_preview", "drafted", ""),
    ("curator", "section_create", "drafted", ""),
    ("curator", "section_edit", "drafted_section", ""),
    ("curator", "question_create", "drafted_section", ""),
    ("curator", "question_edit", "drafted_question", ""),
    ("curator", "question_edit", "conditional_question", ""),
    ("curator", "question_remove", "drafted_question", ""),
    ("curator", "wave_detail", "closed_wave", ""),
    ("curator", "wave_detail", "open_wave", ""),
    ("head", "wave_detail", "closed_wave", ""),
    ("curator", "wave_detail", "group_wave", ""),
    ("curator", "wave_create", "", ""),
    ("curator", "wave_edit", "open_wave", ""),
    ("curator", "wave_texts", "texts", ""),
    ("curator", "person_answers", "others_answers", ""),
    ("mentee", "survey_fill", "open_wave", ""),
    ("mentee", "survey_answers", "closed_wave", ""),
    ("curator", "survey_paper", "paper_answers", ""),
    ("curator", "event_list", "", ""),
    ("mentee", "event_list", "", ""),
    ("curator", "event_create", "", ""),
    ("curator", "event_detail", "held_event", ""),
    ("curator", "event_detail", "outside_event", ""),
    ("mentee", "event_detail", "held_event", ""),
    ("curator", "event_edit", "coming_event", ""),
    ("curator", "event_postpone", "coming_event", ""),
    ("curator", "event_invite", "outside_event", ""),
    ("curator", "nominee_edit", "nominee", ""),
    ("curator", "attendance_list", "held_event", ""),
    ("curator", "check_in_screen", "coming_event", ""),
    ("mentee", "check_in", "check_in_code", ""),
    ("curator", "talk_list", "council", ""),
    ("curator", "talk_edit", "talk", ""),
    ("curator", "course_list", "", ""),
    ("mentee", "course_list", "", ""),
    ("curator", "course_plan", "", ""),
    ("curator", "course_create", "", ""),
    ("mentee", "course_create", "", ""),
    ("curator", "course_detail", "claimed_course", ""),
    ("curator", "course_edit", "planned_course", ""),
    ("mentee", "course_claim", "returned_course", ""),
    ("curator", "roadmap", "", ""),
    ("mentee", "roadmap", "", ""),
    ("curator", "roadmap", "", "?year=2025"),
    ("curator", "roadmap_import", "", "?year=2025"),
    ("curator", "roadmap_import_preview", "roadmap_draft", ""),
    ("curator", "roadmap_copy", "", ""),
    ("curator", "roadmap_edit", "next_roadmap", ""),
    ("curator", "roadmap_record", "next_roadmap", ""),
    ("curator", "roadmap_before", "roadmap", ""),
    ("curator", "roadmap_section_add", "next_roadmap", ""),
    ("curator", "roadmap_section_edit", "next_section", ""),
    ("curator", "roadmap_section_remove", "empty_section", ""),
    ("curator", "roadmap_item_add", "next_roadmap", ""),
    ("curator", "roadmap_item", "item", ""),
    ("curator", "roadmap_item", "periodic_item", ""),
    ("mentee", "roadmap_item", "item", ""),
    ("curator", "roadmap_item_edit", "next_item", ""),
    ("curator", "roadmap_item_remove", "next_item", ""),
    ("curator", "proof_create", "checkpoint", ""),
    ("curator", "material_list", "", ""),
    ("mentee", "material_list", "", "?kind=methodical"),
    ("curator", "document_list", "", ""),
    ("mentor", "publication_create", "", ""),
    ("curator", "publication_create", "", "?kind=material"),
    ("curator", "publication_create", "", "?kind=news"),
    ("curator", "publication_detail", "news_with_photo", ""),
    ("mentor", "publication_detail", "material", ""),
    ("curator", "publication_edit", "document", ""),
    ("curator", "publication_people", "news_with_photo", ""),
    ("curator", "attachment_create", "news_with_photo", ""),
    ("curator", "attachment_edit", "photo", ""),
    ("curator", "site_desk", "", ""),
    ("site", "site_desk", "", ""),
    ("site", "home", "", ""),
    ("curator", "rubric_edit", "", ""),
    ("site", "pack_post", "news_with_photo", ""),
    ("site", "pack_month", "month", ""),
    ("site", "placement_create", "", ""),
    ("site", "placement_take_down", "placement", ""),
    ("head", "report_list", "", ""),
    ("curator", "report_detail", "roadmap_report", ""),
    ("head", "report_detail", "survey_report", ""),
    ("curator", "report_detail", "registry_report", ""),
    ("curator", "report_detail", "wave_report", ""),
    ("curator", "report_detail", "note_report", ""),
    ("head", "report_detail", "needs_report", ""),
    ("head", "report_detail", "growth_report", ""),
    ("curator", "report_detail", "event_report", ""),
    ("curator", "report_detail", "training_report", ""),
]

# Change something and answer a GET with 405; send a file; lead elsewhere.
POSTS = {
    "analysis_take", "analysis_take_back", "analysis_mark", "support_line", "support_grant", "support_drop",
    "attendance_mark", "check_in_renew", "course_move", "event_move", "talk_mark", "talk_remove", "talk_shift",
    "attachment_remove", "checkpoint_move", "publication_move", "invitation_send", "invitation_slips", "logout", "meeting_answer", "meeting_cancel", "order_move", "pair_move",
    "person_switch", "plan_approve_many", "question_move", "questionnaire_copy", "questionnaire_next", "questionnaire_publish",
    "questionnaire_retire", "section_move", "section_remove", "plan_move", "proof_print", "proof_withdraw", "registry_import_confirm",
    "roadmap_move", "roadmap_sample", "set_language", "set_theme", "survey_save", "wave_mix", "wave_remind", "wave_remove", "year_move",
}  # fmt: skip
FILES = {
    "attachment_file", "pack_month_zip", "pack_post_zip", "rubric_file", "rubric_pdf",
    "attendance_blank", "attendance_pdf", "attendance_share", "attendance_xlsx", "course_file", "event_ics", "nominee_file",
    "about_me_file", "consent_paper", "consent_papers", "consent_scan", "healthz", "meeting_scan", "order_pdf", "plan_item_proof", "plan_pdf", "plan_scan", "proof_file", "questionnaire_blank", "registry_export",
    "registry_sample", "report_pdf", "report_xlsx", "roadmap_scan",
}  # fmt: skip


def world():
    """({key: arguments of an address}, {role: user}): the demo school on factories.TODAY, and the next year's draft."""
    with mock.patch("papers.pdf.render", return_value=b"%PDF-1.7"):  # nobody looks into the demo's papers here
        fill(make.TODAY)
    year = SchoolYear.objects.get(school__name="МКОУ СОШ № 9")
    roles = ("admin", "head", "curator", "mentor", "mentee", "site")
    who = {role: User.objects.get(username=f"{role}@demo.test") for role in roles}
    following = open_year(school=year.school, first_year=year.first_year + 1, by=who["curator"])
    found = {"": [], "year": year, "token": invitation(who["admin"]), "teacher": who["mentee"]}
    for part in (registry, pairing, meetings, plans, answers, events, publications):
        found |= part(year, who)
    found |= roadmaps(year, following, who["curator"])
    return {
        key: value if isinstance(value, list) else [getattr(value, "pk", value)] for key, value in found.items()
    }, who


def invitation(admin):
    return invitations.issue(person=admin, by=admin).rstrip("/").rpartition("/")[2]


def registry(year, who):
    newcomer = make.person(year.school, last_name="Нурмухаметова-Заславская", first_name="Александра")
    make.card(newcomer)
    rows = [
        {"row": 2, "full_name": "Иванова Мария Петровна", "experience": "много", "side": "наставник"},
        {"row": 3, "full_name": "Яковлев Пётр Ильич", "post": "учитель", "side": "наставляемый"},
        {"row": 4, "full_name": who["mentee"].full_name, "email": who["mentee"].email, "post": "учитель алгебры"},
    ]
    found = {"headings": {"full_name": "ФИО"}, "not_needed": ["СНИЛС"], "unknown": ["Хобби"]}
    return {
        "newcomer": newcomer,
        "join": [newcomer.pk, "mentee"],
        "consent": Consent.objects.filter(person=who["mentor"], withdrawn_on__isnull=True).first(),
        "consent_kind": "participation",
        "competence": Competence.objects.filter(school=year.school).first(),
        "reason": Reason.objects.filter(school=year.school).first(),
        "participation": make.mentor(year),
        "teachers_draft": ImportDraft.objects.create(
            owner=who["curator"],
            year=year,
            kind="teachers",
            file_name="Педагоги.xlsx",
            content={"rows": rows, "side": ""} | found,
        ),
    }


def pairing(year, who):
    draft = make.draft_pair(year)
    order = Order.objects.create(year=year, number="140-о", in_force_from=make.TODAY, until=year.teaching_ends_on)
    Pair.objects.filter(pk=draft.pk).update(order=order)
    make.mentee(year)  # for the proposal of pairs
    return {
        "pair": Pair.objects.get(mentee__person=who["mentee"], state=Pair.State.FIXED),
        "paused_pair": Pair.objects.filter(year=year, pauses__isnull=False).first(),
        "draft_pair": draft,
        "order": Order.objects.filter(year=year, state=Order.State.SIGNED).first(),
        "draft_order": order,
        "group": Group.objects.create(year=year, name="Молодые педагоги"),
    }


def meetings(year, who):
    there = Meeting.objects.filter(attendances__pair__mentee__person=who["mentee"]).distinct()
    return {
        "meeting": there.held().order_by("-on").first(),
        "planned_meeting": there.filter(state=Meeting.State.PLANNED).first(),
        "objected_meeting": Attendance.objects.objected().first().meeting,
    }


def plans(year, who):
    draft = make.plan(make.pair(year, since=make.TODAY), items=2)
    own = Plan.objects.get(pair__mentee__person=who["mentee"], year=year)
    return {
        "plan": own,
        "line": own.items.undone().first(),
        "submitted_plan": Plan.objects.filter(year=year).waiting().first(),
        "draft_plan": draft,
        "draft_line": draft.items.first(),
        "plan_template": PlanTemplate.objects.filter(school=year.school).first(),
    }


def answers(year, who):
    entry = Questionnaire.objects.get(school=year.school, code="mentee-entry")
    draft = next_version(form=entry, by=who["curator"])
    waves = Wave.objects.filter(year=year, audience="mentees", opens_on__lte=make.TODAY).order_by("opens_on")
    closed, opened = waves.first(), waves.last()
    opened.responses.filter(participation__person=who["mentee"]).delete()
    return {
        "closed_wave": closed,
        "open_wave": opened,
        "entry_person": Participation.objects.get(year=year, person=who["mentee"]),
        "paper_answers": [opened.pk, opened.silent().first().pk],
        "questionnaire": closed.questionnaire,
        "group_wave": Wave.objects.get(year=year, audience="group"),
        "texts": [closed.pk, closed.questionnaire.questions.filter(kind="text").last().pk],
        "others_answers": [closed.pk, closed.responses.first().participation_id],
        "drafted": draft,
        "drafted_section": draft.sections.first(),
        "drafted_question": draft.questions.filter(kind="many").first(),
        "conditional_question": draft.questions.exclude(only_if=None).first(),
    }


def events(year, who):
    """Held and planned ones, one that takes place now, a council with its talks."""
    found = Event.objects.filter(year=year)
    council = found.get(kind=Event.Kind.COUNCIL)
    outside = found.filter(kind=Event.Kind.OUTSIDE, state=Event.State.HELD).first()
    for position, pair in enumerate(Pair.objects.filter(year=year, state=Pair.State.FIXED)[:3], 1):
        talk = Talk.objects.create(year=year, event=council, pair=pair, topic="Разбор урока", position=position)
    courses = Course.objects.filter(year=year)
    return {
        "held_event": found.filter(kind=Event.Kind.MEETING, state=Event.State.HELD).first(),
        "coming_event": found.filter(kind=Event.Kind.TRAINING, state=Event.State.PLANNED).first(),
        "outside_event": outside,
        "nominee": outside.invited_people.first(),
        "check_in_code": [make.event(year, place="Актовый зал").check_in_code],
        "council": council,
        "talk": talk,
        "claimed_course": courses.waiting().first(),
        "planned_course": courses.filter(state=Course.State.PLANNED).first(),
        "returned_course": courses.get(person=who["mentee"], state=Course.State.RETURNED),
    }


def publications(year, who):
    """News with a photo that strangers may read, and what stands on the official site."""
    rows = Publication.objects.filter(school=year.school)
    told = rows.public(make.TODAY).filter(kind="news", attachments__kind="photo").first()
    return {
        "school": year.school,
        "material": rows.filter(kind="material", state="published", audience="everybody").first(),
        "document": rows.filter(kind="document", level="local").first(),
        "news_with_photo": told,
        "photo": told.attachments.first(),
        "month": Month.objects.get(year=year, starts_on=told.dated.replace(day=1)),
        "news_month": [year.school_id, f"{told.dated:%Y-%m}"],
        "news_page": [year.school_id, told.pk],
        "placement": Placement.objects.filter(publication=told).first(),
    }


def roadmaps(year, following, curator):
    """This year's approved one, with a closed item and an overdue one; the next year's draft; a file that waits."""
    now = year.roadmap
    planned = actions.load_seed(year=following, by=curator)
    planned.items.exclude(number__endswith=".1").delete()  # 21 rows tell no more than five, and take four times as long
    draft = draft_of(curator, following, *actions.sample())
    draft.content["items"] = draft.content["items"][:5]
    draft.save()
    return {
        "roadmap": now,
        "item": now.items.get(number="1.1"),
        "periodic_item": now.items.get(number="3.2"),
        "checkpoint": now.items.get(number="1.7").checkpoints.get(),
        "next_roadmap": planned,
        "next_item": planned.items.first(),
        "next_section": planned.sections.first(),
        "empty_section": Section.objects.create(roadmap=planned, number=6, title="Работа с родителями"),
        "roadmap_draft": draft,
        "roadmap_report": "roadmap",
        "survey_report": "diagnostics",
        "registry_report": "registry",
        "wave_report": "wave",
        "note_report": "note",
        "needs_report": "needs",
        "growth_report": "growth",
        "event_report": "events",
        "training_report": "trainings",
    }
