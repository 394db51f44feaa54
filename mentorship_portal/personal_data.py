"""What the portal keeps about people (152-ФЗ), field by field: whose it is, may they take it away, how it is erased.

The one place. A new field of a model belongs either into PERSONAL with its rule or into NOT_PERSONAL; a test fails until
it does. Collect only what mentoring needs: no numbers of papers, no date of birth, no sex (`gender` is grammar).
"""

from dataclasses import dataclass
from enum import StrEnum


class Erase(StrEnum):
    BLANK = "emptied"
    RENAME = "replaced by words that name nobody"
    DELETE = "goes, with its row or its file"
    COUNTED = "stays, because figures count it; it names nobody any more"
    RECORD = "stays in a paper or record that the law makes the school keep"


BLANK, RENAME, DELETE, COUNTED, RECORD = Erase


@dataclass(frozen=True)
class Kept:
    """`of`: lookups that lead to the person (or to their e-mail); `given`: what they may take away; `inner`: what not."""

    of: tuple
    given: dict
    inner: dict

    def rules(self):
        """[(field, may the person take it, how it is erased)]"""
        return [
            (name, is_given, erase)
            for is_given, found in ((True, self.given), (False, self.inner))
            for erase, names in found.items()
            for name in names.split()
        ]


def kept(*of, inner=None, **given):
    """`kept("person", BLANK="phone", inner={"BLANK": "password"})`"""
    return Kept(
        of,
        {Erase[rule]: names for rule, names in given.items()},
        {Erase[rule]: names for rule, names in (inner or {}).items()},
    )


PAIR = ("mentor__person", "mentee__person")

# `inner` is also what names other people: the text of an order, the values that a colleague changed.
PERSONAL = {
    "accounts.User": kept(
        "pk",
        RENAME="username last_name first_name",
        BLANK="email patronymic gender declined phone language theme is_admin is_head is_curator is_site_keeper "
        "is_superuser is_active last_login",
        COUNTED="created_at",
        inner={"BLANK": "password", "RENAME": "search_key sort_key"},
    ),
    "accounts.Participation": kept("person", COUNTED="person side since until capacity", BLANK="end_reason"),
    "accounts.Consent": kept(
        "person",
        RECORD="person kind text text_version wording given_on on_screen scan recorded_by withdrawn_on withdrawn_by "
        "withdrawal_reason",
    ),
    # Who wrote a wording: a record of the school.
    "accounts.ConsentText": kept("by", inner={"RECORD": "by"}),
    "accounts.Invitation": kept(
        "person", DELETE="person created_at created_by expires_at used_at revoked_at", inner={"DELETE": "token_hash"}
    ),
    "accounts.Letter": kept("to", DELETE="to subject body created_at sent_at", inner={"DELETE": "error"}),
    "accounts.Entry": kept(
        "by", RECORD="at by verb target_label comment", inner={"RECORD": "by_label target_url changes"}
    ),
    "accounts.StoredFile": kept("uploaded_by", RECORD="file name uploaded_by uploaded_at"),
    # A list that somebody is about to load: other people's data, forgotten after a day.
    "accounts.ImportDraft": kept("owner", inner={"DELETE": "owner file_name content created_at"}),
    "pairs.TeacherCard": kept(
        "person",
        COUNTED="person completed_on",
        BLANK="post subject stage building category experience_months experience_on at_school_since note",
    ),
    "pairs.MenteeReason": kept("participation__person", COUNTED="participation reason"),
    "pairs.Request": kept("participation__person", COUNTED="participation competence", BLANK="text"),
    "pairs.Offer": kept("participation__person", COUNTED="participation competence"),
    "pairs.Declined": kept("person", COUNTED="person on", RENAME="reason"),
    "pairs.Order": kept(*(f"pairs__{path}" for path in PAIR), RECORD="scan", inner={"RECORD": "text"}),
    "pairs.Pair": kept(
        *PAIR,
        COUNTED="mentor mentee is_main form kind state fixed_on starts_on until completed_on ended_on",
        RECORD="order",
        BLANK="ended_by_wish_of chosen_because",
    ),
    "pairs.Pause": kept(*(f"pair__{path}" for path in PAIR), COUNTED="pair since until", RENAME="reason"),
    "pairs.Meeting": kept(
        "mentor__person",
        "attendances__pair__mentee__person",
        COUNTED="mentor on minutes kind state entered_by from_paper",
        RENAME="topic",
        BLANK="agreed next_on cancel_reason",
        DELETE="scan",
    ),
    "pairs.Attendance": kept(
        *(f"pair__{path}" for path in PAIR),
        COUNTED="meeting pair answer answered_on",
        RENAME="objection",
        BLANK="private_note",
    ),
    "pairs.Plan": kept(
        *(f"pair__{path}" for path in PAIR),
        COUNTED="pair state submitted_on waiting_since first_approved_on approved_on approved_by approved_from_paper "
        "completed_on",
        RECORD="approval_order approval_scan",
        BLANK="goal request",
    ),
    "pairs.PlanItem": kept(
        *(f"plan__pair__{path}" for path in PAIR),
        COUNTED="plan due_on competence done_on marked_by from_paper",
        RENAME="what",
        BLANK="expected result",
        DELETE="proof",
    ),
    "events.Event": kept("responsible", COUNTED="responsible"),
    "events.Invited": kept("person", COUNTED="event person", BLANK="result", DELETE="proof"),
    "events.Attendance": kept("person", COUNTED="event person mark marked_by checked_in", RENAME="reason"),
    "events.Talk": kept(
        *(f"pair__{path}" for path in PAIR), COUNTED="event pair speaker position spoken_on", RENAME="topic"
    ),
    "events.Course": kept(
        "person",
        COUNTED="person title hours is_distance starts_on ends_on state scheduled_on claimed_on confirmed_on "
        "confirmed_by from_paper",
        BLANK="organisation place certificate_number remark",
        DELETE="certificate",
    ),
    "publications.Publication": kept(
        "offered_by",
        "named__person",
        COUNTED="offered_by published_by",
        RENAME="title body",
        BLANK="remark",
        inner={"RENAME": "search_key"},
    ),  # fmt: skip
    "publications.Attachment": kept("shown__person", DELETE="file caption"),
    "publications.Named": kept("person", DELETE="publication person place attachment"),
    # What stands on a site outside of the portal: kept until it is taken down there.
    "publications.Placement": kept("placed_by", COUNTED="placed_on placed_by taken_down_on taken_down_by"),
    "publications.PlacedName": kept("person", DELETE="placement person"),
    "publications.Rubric": kept("contact", BLANK="contact contact_post phone email hours"),
    "surveys.Response": kept(
        "participation__person",
        COUNTED="wave participation submitted_on from_paper entered_by updated_at",
        DELETE="scan",
    ),
    "surveys.Answer": kept(
        "response__participation__person", COUNTED="response question period competence value score", BLANK="text"
    ),
    "surveys.Receipt": kept("participation__person", COUNTED="wave participation on"),
    "surveys.Analysis": kept(
        "participation__person",
        COUNTED="participation response analysed_on interviewed_on",
        BLANK="conclusion",
        inner={"COUNTED": "by"},
    ),
    "surveys.Finding": kept(
        "participation__person", COUNTED="participation competence kind set_it on", inner={"COUNTED": "by"}
    ),
    "surveys.Support": kept(
        "participation__person",
        COUNTED="participation competence wave plan_item wanted material address on",
        inner={"COUNTED": "by"},
    ),
    "surveys.Pick": kept("answer__response__participation__person", COUNTED="answer number"),
    "surveys.Reminder": kept("participation__person", DELETE="wave participation on by"),
    "roadmap.Roadmap": kept("approved_by", RECORD="approved_on approved_by approval_order approval_scan"),
    # The words of an approved paper: they name the people responsible.
    "roadmap.Item": kept(inner={"RECORD": "responsible"}),
    "roadmap.Checkpoint": kept("closed_by", RECORD="closed_on closed_by explanation", inner={"RECORD": "figures"}),
    "roadmap.Proof": kept("added_by", RECORD="file note added_on added_by withdrawn_reason"),
}

NOT_PERSONAL = {
    "accounts.School": "name full_name place head_post site_url mentees_norm young_years plan_approver "
    "mentor_consent_on_paper revision",
    "accounts.SchoolYear": "school first_year starts_on ends_on teaching_ends_on state revision",
    "accounts.Term": "year kind name starts_on ends_on",
    "accounts.DiagnosticPeriod": "year number name opens_on closes_on",
    "accounts.User": "school is_staff revision",
    "accounts.Participation": "year live_pairs revision",
    "accounts.Consent": "revision",
    "accounts.ConsentText": "school kind number text since",
    "accounts.Letter": "school tries",
    "accounts.Entry": "school target_type target_id",
    "accounts.StoredFile": "school content_type size digest",
    "accounts.ImportDraft": "year kind",
    "pairs.Competence": "school code name position archived revision",
    "pairs.Reason": "school code name position archived revision",
    "pairs.TeacherCard": "school revision",
    "pairs.Declined": "year revision",
    "pairs.Group": "year name about holds_all revision",
    "pairs.Step": "year code due_on position revision",
    "pairs.Order": "year number signed_on in_force_from until basis state revision",
    "pairs.Pair": "year revision",
    "pairs.Pause": "revision",
    "pairs.Meeting": "year form_key revision",
    "pairs.Attendance": "year",
    "pairs.PlanTemplate": "school code name goal archived revision",
    "pairs.PlanTemplateItem": "template position what due_month due_day expected competence",
    "pairs.Plan": "year revision",
    "pairs.PlanItem": "year position revision",
    "events.Event": "year kind title programme competence on starts_at ends_at place link is_distance hours level audience "
    "group threshold is_assigned original_on move_reason state cancelled_on cancel_reason check_in_code revision",
    "events.Invited": "year revision",
    "events.Attendance": "year",
    "events.Talk": "year revision",
    "events.Course": "year revision",
    "publications.Month": "year starts_on ends_on",
    "publications.Publication": "school kind sort level number dated link audience group state published_on withdrawn_on "
    "source revision",
    "publications.StepTag": "publication code",
    "publications.Attachment": "publication kind position removed_on",
    "publications.Placement": "school publication month address revision",
    "publications.Rubric": "school is_open about goals regulation shows_roadmap revision",
    "surveys.Questionnaire": "school code version purpose audience group title intro minutes anonymous mentor_reads_texts "
    "published_on archived_on revision",
    "surveys.Section": "questionnaire position title hint revision",
    "surveys.Question": "questionnaire section position kind text hint required competence lower_is_better low_label "
    "high_label highest with_other only_if only_if_values revision",
    "surveys.Choice": "question number text competence",
    "surveys.Wave": "year period questionnaire audience group anonymous feeds opens_on closes_on shuffled_on revision",
    "surveys.Response": "year",
    "surveys.Receipt": "year",
    "surveys.Answer": "year wave",
    "surveys.Thresholds": "school weak_up_to strong_from revision",
    "surveys.Analysis": "year revision",
    "surveys.Finding": "year",
    "surveys.Support": "year",
    # What follows for the school: no answers of single people, the page says so.
    "surveys.Note": "year conclusions proposals revision",
    "roadmap.Roadmap": "year title goal period_ends_on state submitted_on approved_from_paper source_name created_on "
    "revision",
    "roadmap.Section": "roadmap number title revision",
    "roadmap.Item": "roadmap section number position content deadline_words deadline_kind starts_on due_on times_a_year "
    "deadline_guessed result indicator_words indicator target remark revision",
    "roadmap.Checkpoint": "year item number label opens_on due_on state done_before was_on_time revision",
    "roadmap.Proof": "checkpoint kind title link dated withdrawn_on revision",
}

# Tables of the parts that we use: what of a person stands in them, or nothing.
OF_OTHERS = {
    "admin.LogEntry": "what a keeper of the installation did in Django's admin; stays as a record",
    "auth.Permission": "",
    "auth.Group": "",
    "contenttypes.ContentType": "",
    "sessions.Session": "who is signed in where; ends after 14 days, cleared by `clearsessions`",
    "axes.AccessAttempt": "name and address of failed sign-ins; goes with the next successful one",
    "axes.AccessAttemptExpiration": "",
    "axes.AccessFailureLog": "not written (AXES_ENABLE_ACCESS_FAILURE_LOG is off)",
    "axes.AccessLog": "not written (AXES_DISABLE_ACCESS_LOG): `User.last_login` is enough",
}
