"""The policy on one page: who may do what at which address.

Nine persons look at every address and post what its form would send; objects are those of the mentor and the mentee in
the table and of their own curator. "other" is the curator of another school, "off" an administrator whose sign-in was
closed while the session was open. What the rows say is the policy: change it here first, then the view.
"""

from functools import cache

import pytest

from tests import factories
from tests.access_acts import (
    PAGES,
    address,
    address_to,
    all_names,
    data_for,
    look,
    pages_of,
    prepare,
    send,
    word,
    writes,
)
from tests.access_world import OBJECTS, PERSONS, addresses, client_of, rows, sign_in, undone
from tests.posting import without_tokens

pytestmark = pytest.mark.django_db

# 200 a page or a file    in  must sign in first    403 not for this role    404 not there for this person
# go  sent elsewhere      ok  something was saved   405 not in this way      no  answered, and nothing saved
POLICY = """
#                       | GET: looking                                | POST: sending what the form holds
#                       | ano adm hea cur mto mte str oth off         | ano adm hea cur mto mte str oth off
# the frame
home                    | in  200 200 200 200 200 200 200 in  | in  no  no  no  no  no  no  no  in
about_me                | in  200 200 200 200 200 200 200 in  | in  no  no  no  no  no  no  no  in
about_me_file           | in  200 200 200 200 200 200 200 in  | in  no  no  no  no  no  no  no  in
healthz                 | 200 200 200 200 200 200 200 200 200 | no  no  no  no  no  no  no  no  no
year_create             | in  200 403 200 403 403 403 200 in  | in  ok  403 ok  403 403 403 ok  in
year_periods            | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
keeper                  | go  go  go  go  go  go  go  go  go  | in  no  no  no  no  no  no  no  in
login                   | 200 go  go  go  go  go  go  go  200 | ok  no  no  no  no  no  no  no  ok
logout                  | 405 405 405 405 405 405 405 405 405 | in  in  in  in  in  in  in  in  in
set_language            | 405 405 405 405 405 405 405 405 405 | no  ok  ok  ok  ok  ok  ok  ok  no
set_theme               | 405 405 405 405 405 405 405 405 405 | no  ok  ok  ok  ok  ok  ok  ok  no
profile                 | in  200 200 200 200 200 200 200 in  | in  ok  ok  ok  ok  ok  ok  ok  in
password_change         | in  200 200 200 200 200 200 200 in  | in  ok  ok  ok  ok  ok  ok  ok  in
password_reset          | 200 200 200 200 200 200 200 200 200 | ok  ok  ok  ok  ok  ok  ok  ok  ok
invitation_accept       | 200 200 200 200 200 200 200 200 200 | ok  ok  ok  ok  ok  ok  ok  ok  ok
# people, school, years
person_list             | in  200 403 200 403 403 403 200 in  | in  no  403 no  403 403 403 no  in
person_create           | in  200 403 200 403 403 403 200 in  | in  ok  403 ok  403 403 403 ok  in
invitation_slips        | in  405 403 405 403 403 403 405 in  | in  ok  403 ok  403 403 403 no  in
person_detail           | in  200 403 200 403 403 403 404 in  | in  no  403 no  403 403 403 404 in
person_edit             | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
person_roles            | in  200 403 403 403 403 403 403 in  | in  ok  403 403 403 403 403 403 in
person_switch           | in  405 403 403 403 403 403 403 in  | in  ok  403 403 403 403 403 403 in
invitation_send         | in  405 403 405 403 403 403 405 in  | in  ok  403 ok  403 403 403 404 in
school_edit             | in  200 403 200 403 403 403 200 in  | in  ok  403 ok  403 403 403 ok  in
year_list               | in  200 403 200 403 403 403 200 in  | in  no  403 no  403 403 403 no  in
year_detail             | in  200 403 200 403 403 403 404 in  | in  no  403 no  403 403 403 404 in
year_edit               | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
year_terms              | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
year_move               | in  405 403 405 403 403 403 405 in  | in  ok  403 ok  403 403 403 404 in
journal_list            | in  200 403 200 403 403 403 200 in  | in  no  403 no  403 403 403 no  in
# registry
registry                | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
teacher_create          | in  200 403 200 403 403 403 200 in  | in  ok  403 ok  403 403 403 ok  in
my_card                 | in  200 200 200 200 200 200 200 in  | in  no  no  no  no  no  no  no  in
registry_import         | in  200 403 200 403 403 403 200 in  | in  ok  403 ok  403 403 403 ok  in
registry_sample         | in  200 403 200 403 403 403 200 in  | in  no  403 no  403 403 403 no  in
registry_import_preview | in  404 403 200 403 403 403 404 in  | in  404 403 no  403 403 403 404 in
registry_import_confirm | in  405 403 405 403 403 403 405 in  | in  404 403 ok  403 403 403 404 in
registry_export         | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
competence_list         | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
competence_edit         | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
reason_list             | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
reason_edit             | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
teacher_detail          | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
teacher_edit            | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
declined_create         | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
participation_create    | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
participation_edit      | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
participation_end       | in  200 403 200 403 403 403 404 in  | in  ok  403 ok  403 403 403 404 in
# pairs and orders
pair_list               | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
pair_create             | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 no  in
pair_match              | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
pair_detail             | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
pair_edit               | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
pair_end                | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
pair_pause              | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
pair_resume             | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
pair_move               | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
order_list              | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
order_create            | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 no  in
order_detail            | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
order_edit              | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
order_text              | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
order_pdf               | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
order_move              | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
consent_list            | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
consent_record          | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 no  in
consent_papers          | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
consent_text_list       | in  403 403 200 403 403 403 200 in  | in  403 403 no  403 403 403 no  in
consent_text_edit       | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
my_consents             | in  200 200 200 200 200 200 200 in  | in  no  no  no  no  no  no  no  in
consent_give            | in  200 200 200 200 200 200 200 in  | in  ok  ok  ok  ok  ok  ok  ok  in
consent_detail          | in  200 200 200 200 404 404 404 in  | in  no  no  no  no  404 404 404 in
consent_scan            | in  200 200 200 200 404 404 404 in  | in  no  no  no  no  404 404 404 in
consent_withdraw        | in  403 403 200 200 404 404 404 in  | in  403 403 ok  ok  404 404 404 in
consent_paper           | in  200 200 200 200 404 404 404 in  | in  no  no  no  no  404 404 404 in
consent_create          | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
group_list              | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
group_edit              | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
step_settings           | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
# meetings
meeting_list            | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
meeting_create          | in  403 403 200 200 403 403 404 in  | in  403 403 ok  ok  403 403 404 in
meeting_detail          | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
meeting_edit            | in  403 403 200 200 403 403 404 in  | in  403 403 ok  ok  403 403 404 in
meeting_hold            | in  403 403 200 200 403 403 404 in  | in  403 403 ok  ok  403 403 404 in
meeting_cancel          | in  403 403 405 405 403 403 405 in  | in  403 403 ok  ok  403 403 404 in
meeting_scan            | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
meeting_answer          | in  403 403 403 403 405 403 403 in  | in  403 403 403 403 ok  403 403 in
# plans
plan_list               | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
plan_create             | in  403 403 200 200 200 403 200 in  | in  403 403 ok  ok  ok  403 ok  in
plan_approve_many       | in  403 405 405 403 403 403 405 in  | in  403 ok  ok  403 403 403 no  in
plan_template_list      | in  403 403 200 403 403 403 200 in  | in  403 403 no  403 403 403 no  in
plan_template_create    | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
plan_template_edit      | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
plan_detail             | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
plan_edit               | in  403 403 200 200 200 403 404 in  | in  403 403 ok  ok  ok  403 404 in
plan_pdf                | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
plan_approve_paper      | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
plan_scan               | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
plan_move               | in  405 405 405 405 405 403 405 in  | in  403 403 403 ok  ok  403 404 in
plan_item_create        | in  403 403 200 200 200 403 404 in  | in  403 403 ok  ok  ok  403 404 in
plan_item_edit          | in  403 403 200 200 200 403 404 in  | in  403 403 ok  ok  ok  403 404 in
plan_item_delete        | in  403 403 200 200 200 403 404 in  | in  403 403 ok  ok  ok  403 404 in
plan_item_mark          | in  403 403 200 200 200 403 404 in  | in  403 403 ok  ok  ok  403 404 in
plan_item_proof         | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
# diagnostics
survey_list             | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
survey_growth           | in  403 403 403 200 200 403 403 in  | in  403 403 403 no  no  403 403 in
person_growth           | in  403 403 200 200 403 403 404 in  | in  403 403 no  no  403 403 404 in
survey_settings         | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
analysis_list           | in  403 403 200 403 403 403 200 in  | in  403 403 no  403 403 403 no  in
analysis_detail         | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
analysis_take           | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 no  in
analysis_take_back      | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
analysis_mark           | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 no  in
analysis_interviews     | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 no  in
needs_sheet             | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
analysis_note           | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
support_line            | in  403 403 405 405 405 403 405 in  | in  403 403 ok  ok  ok  403 404 in
support_grant           | in  403 403 405 405 405 403 405 in  | in  403 403 ok  403 403 403 404 in
support_material        | in  403 403 200 200 200 403 404 in  | in  403 403 ok  ok  ok  403 404 in
support_drop            | in  403 403 405 405 405 403 405 in  | in  403 403 ok  ok  ok  403 404 in
questionnaire_detail    | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
questionnaire_list      | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
questionnaire_create    | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
questionnaire_preview   | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
questionnaire_blank     | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
questionnaire_edit      | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
section_create          | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
section_edit            | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
question_create         | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
question_edit           | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
question_remove         | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
questionnaire_publish   | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
questionnaire_next      | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
questionnaire_copy      | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
questionnaire_retire    | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
section_remove          | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
section_move            | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
question_move           | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
wave_detail             | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
wave_create             | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 no  in
wave_remove             | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
wave_mix                | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
wave_texts              | in  403 403 200 403 403 403 404 in  | in  403 403 no  403 403 403 404 in
person_answers          | in  403 403 200 200 403 403 404 in  | in  403 403 no  no  403 403 404 in
wave_edit               | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
wave_remind             | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
survey_fill             | in  403 403 403 404 200 403 403 in  | in  403 403 403 404 ok  403 403 in
survey_save             | in  403 403 403 405 405 403 403 in  | in  403 403 403 404 ok  403 403 in
survey_answers          | in  403 403 403 404 200 403 403 in  | in  403 403 403 404 no  403 403 in
survey_paper            | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
# events, attendance, talks, courses
event_list              | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
event_create            | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
event_detail            | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
event_edit              | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
event_postpone          | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
event_move              | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
event_invite            | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
event_ics               | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
nominee_edit            | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
nominee_file            | in  200 200 200 404 200 403 404 in  | in  no  no  no  404 no  403 404 in
attendance_list         | in  403 403 200 403 403 403 404 in  | in  403 403 no  403 403 403 404 in
attendance_mark         | in  405 405 405 405 405 403 405 in  | in  403 403 ok  403 403 403 404 in
attendance_share        | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
attendance_pdf          | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
attendance_xlsx         | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
attendance_blank        | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
check_in_screen         | in  403 403 200 403 403 403 404 in  | in  403 403 no  403 403 403 404 in
check_in_renew          | in  405 405 405 405 405 403 405 in  | in  403 403 ok  403 403 403 404 in
check_in                | in  403 403 403 200 200 403 404 in  | in  403 403 403 ok  ok  403 404 in
talk_list               | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
talk_edit               | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
talk_mark               | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
talk_shift              | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
talk_remove             | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
course_list             | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
course_plan             | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 no  in
course_create           | in  403 403 200 200 200 403 200 in  | in  403 403 ok  ok  ok  403 no  in
course_detail           | in  200 200 200 404 200 403 404 in  | in  no  no  no  404 no  403 404 in
course_edit             | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
course_claim            | in  403 403 200 404 200 403 404 in  | in  403 403 ok  404 ok  403 404 in
course_move             | in  403 405 405 405 405 403 405 in  | in  403 ok  ok  404 403 403 404 in
course_file             | in  200 200 200 404 200 403 404 in  | in  no  no  no  404 no  403 404 in
# roadmap
roadmap                 | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
roadmap_import          | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
roadmap_sample          | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 ok  in
roadmap_import_preview  | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_copy            | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
roadmap_edit            | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_move            | in  403 405 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
roadmap_record          | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_scan            | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
roadmap_section_add     | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_section_edit    | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_section_remove  | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_item_add        | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_before          | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_item            | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
checkpoint_move         | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
proof_create            | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
proof_print             | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
proof_file              | in  200 200 200 403 403 403 404 in  | in  no  no  no  403 403 403 404 in
proof_withdraw          | in  403 403 405 403 403 403 405 in  | in  403 403 ok  403 403 403 404 in
roadmap_item_edit       | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
roadmap_item_remove     | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
# publications
material_list           | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
document_list           | in  200 200 200 200 200 403 200 in  | in  no  no  no  no  no  403 no  in
publication_create      | in  403 403 200 200 403 403 200 in  | in  403 403 ok  ok  403 403 ok  in
publication_detail      | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
publication_edit        | in  403 403 200 200 403 403 404 in  | in  403 403 ok  ok  403 403 404 in
publication_people      | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
publication_move        | in  403 403 405 405 403 403 405 in  | in  403 403 403 ok  403 403 404 in
attachment_create       | in  403 403 200 200 403 403 404 in  | in  403 403 ok  ok  403 403 404 in
attachment_file         | in  200 200 200 200 200 403 404 in  | in  no  no  no  no  no  403 404 in
attachment_edit         | in  403 403 200 200 403 403 404 in  | in  403 403 ok  ok  403 403 404 in
attachment_remove       | in  403 403 405 405 403 403 405 in  | in  403 403 ok  ok  403 403 404 in
site_desk               | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
rubric_edit             | in  403 403 200 403 403 403 200 in  | in  403 403 ok  403 403 403 ok  in
pack_post               | in  403 403 200 403 403 403 404 in  | in  403 403 no  403 403 403 404 in
pack_post_zip           | in  403 403 200 403 403 403 404 in  | in  403 403 no  403 403 403 404 in
pack_month              | in  403 403 200 403 403 403 404 in  | in  403 403 no  403 403 403 404 in
pack_month_zip          | in  403 403 200 403 403 403 404 in  | in  403 403 no  403 403 403 404 in
placement_create        | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
placement_take_down     | in  403 403 200 403 403 403 404 in  | in  403 403 ok  403 403 403 404 in
rubric                  | 200 200 200 200 200 200 200 200 200 | no  no  no  no  no  no  no  no  no
rubric_school           | 200 200 200 200 200 200 200 200 200 | no  no  no  no  no  no  no  no  no
rubric_roadmap          | 200 200 200 200 200 200 200 200 200 | no  no  no  no  no  no  no  no  no
rubric_month            | 200 200 200 200 200 200 200 200 200 | no  no  no  no  no  no  no  no  no
rubric_post             | 200 200 200 200 200 200 200 200 200 | no  no  no  no  no  no  no  no  no
rubric_file             | 200 200 200 200 200 200 200 200 200 | no  no  no  no  no  no  no  no  no
rubric_pdf              | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
# reports
report_list             | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
report_detail           | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
report_pdf              | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
report_xlsx             | in  200 200 200 403 403 403 200 in  | in  no  no  no  403 403 403 no  in
"""
MAY = ("200", "go", "ok", "no")
BEST = ("200", "go", "405", "404", "403")
ABSENT = 10**17
# What belongs to two other people of the same school, in the place of what belongs to those who look.
COLLEAGUES = {
    "pair": "colleagues", "plan": "colleagues_plan", "line": "colleagues_line", "meeting": "colleagues_meeting",
    "attendance": "colleagues_attendance", "publication": "colleagues_publication", "wave": "mentors_wave", "past_wave": "mentors_past_wave",
    "mentee_part": "newcomer_part", "support": "colleagues_support", "mentee": "newcomer",
    "nominee": "colleagues_nominee", "course": "colleagues_course", "planned_course": "colleagues_planned_course",
}  # fmt: skip
# Whoever holds the slip is the person; the code on the screen is of one school, see tests/test_check_in.py.
PUBLIC_BY_SECRET = {"invitation_accept", "check_in"}
OWN_DRAFTS = {"registry_import_preview", "registry_import_confirm", "roadmap_import_preview"}


def cells(text):
    return dict(zip(PERSONS, text.split(), strict=True))


@cache
def policy():
    """{URL name: (how looking is answered, how sending is)}, each as {person: word}."""
    lines = [line.split("|") for line in POLICY.strip().splitlines() if not line.startswith("#")]
    return {name.strip(): (cells(looking), cells(sending)) for name, looking, sending in lines}


def let_in(name):
    """Persons for whom something is there to look at or to send."""
    looking, sending = policy()[name]
    return [person for person in PERSONS if looking[person] in MAY or sending[person] in MAY]


def with_objects():
    return [name for name in policy() if name in addresses_of_names() and name not in PUBLIC_BY_SECRET]


@cache
def addresses_of_names():
    """{URL name: what of the school it is about}."""
    steps = {"pair_move": "draft_pair", "order_move": "order", "year_move": "year", "plan_move": "plan"}
    steps |= {"roadmap_move": "roadmap", "checkpoint_move": "checkpoint"}
    steps |= {
        "participation_create": "stranger",
        "survey_paper": "wave",
        "person_answers": "past_wave",
        "wave_texts": "past_wave",
    }
    steps |= {"publication_move": "publication"}
    steps |= {"rubric_post": "post", "rubric_file": "post_file", "rubric_month": "school"}
    steps |= {"event_move": "event", "course_move": "course"}
    return steps | {name: obj for obj, names in OBJECTS.items() for name in names.split()}


def test_every_address_has_one_row():
    names = [line.split()[0] for line in POLICY.strip().splitlines() if not line.startswith("#")]
    assert sorted(names) == sorted(all_names())


@pytest.mark.parametrize("name", policy())
def test_the_answer_is_the_declared_one_and_looking_changes_nothing(world, name, paper_is_html):
    with undone():
        prepare(name, world)
        before = rows()
        answers = {person: look(world, person, name) for person in PERSONS}
        assert {person: word(answer) for person, answer in answers.items()} == policy()[name][0]
        assert rows() == before
        if name in PAGES:
            answers = {person: look(world, person, PAGES[name]) for person in PERSONS}
        data = data_for(name, world, pages_of(answers))
        assert {p: send(world, p, name, data[p], before) for p in PERSONS} == policy()[name][1]


# ---------------------------------------------------------------- what belongs to others


def elsewhere(name, world):
    """{what: arguments} that lead to nothing this school has; with two numbers, each of them foreign beside an own one."""
    own, foreign = addresses(world.own)[name], addresses(world.other)[name]
    numbers = [key for key, value in own.items() if isinstance(value, int)]
    found = {"absent": own | dict.fromkeys(numbers, ABSENT), "foreign": own | {key: foreign[key] for key in numbers}}
    if len(numbers) > 1:
        found |= {f"foreign {key}": own | {key: foreign[key]} for key in numbers}
    return found


def of_colleagues(name, world):
    obj = addresses_of_names()[name]
    if obj not in COLLEAGUES:
        return {}
    in_place = vars(world.own) | {obj: getattr(world.own, COLLEAGUES[obj])}
    return {"colleagues'": addresses(type(world.own)(**in_place))[name]}


def page(answer):
    """Status and page without what is said about the request itself."""
    path = answer.wsgi_request.get_full_path()
    return answer.status_code, without_tokens(answer.content.decode()).replace(path, "")


@pytest.mark.parametrize("name", with_objects())
def test_what_is_foreign_and_what_is_absent_are_not_there_alike(world, name, paper_is_html):
    with undone():
        prepare(name, world)
        for person in let_in(name):
            looking, sending = (cell[person] in MAY for cell in policy()[name])
            others = elsewhere(name, world)
            if person in ("mentor", "mentee"):
                others |= of_colleagues(name, world)
            with writes() as written:
                client = client_of(world.keys[person])
                looks = {what: page(client.get(address_to(name, kw))) for what, kw in others.items() if looking}
                sends = {
                    what: page(client.post(address_to(name, kw), {"comment": "Так"})) for what, kw in others.items()
                }
            wrong = {
                what: status for found in (looks, sends) for what, (status, _body) in found.items() if status != 404
            }
            assert (person, wrong) == (person, {})
            assert len(set(looks.values())) <= 1
            assert len(set(sends.values())) == 1
            assert written == []


@pytest.mark.parametrize(
    ("name", "query"),
    [("meeting_create", "?mentor={mentor_part.pk}"), ("meeting_create", "?pair={pair.pk}")],
)
def test_a_foreign_number_behind_the_question_mark_is_not_there(world, name, query):
    for w, status in ((world.own, 200), (world.other, 404)):
        answer = client_of(world.keys["curator"]).get(address_to(name, {}) + query.format(**vars(w)))
        assert answer.status_code == status


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_an_address_knows_no_other_ways(world, method):
    ask = getattr(client_of(world.keys["curator"]), method)
    with writes() as written:
        found = {name: ask(address(name, world.own)).status_code for name in policy()}
    assert (found, written) == (dict.fromkeys(policy(), 405), [])


# ---------------------------------------------------------------- several at once


@pytest.fixture(scope="module")
def curator_and_mentee(world):
    person = world.own.newcomer_part.person
    type(person).objects.filter(pk=person.pk).update(is_curator=True)
    yield sign_in(person)
    type(person).objects.filter(pk=person.pk).update(is_curator=False)


@pytest.mark.parametrize("name", [name for name in policy() if name not in OWN_DRAFTS])
def test_who_is_several_at_once_may_what_either_may(world, curator_and_mentee, name, paper_is_html):
    cell = policy()[name][0]
    either = min((cell["curator"], cell["mentee"]), key=BEST.index)
    with undone():
        prepare(name, world)
        assert word(client_of(curator_and_mentee).get(address(name, world.own))) == either


# ---------------------------------------------------------------- a right that is lost


def test_a_role_that_is_taken_is_gone_at_the_next_request(world):
    client, people = client_of(world.keys["curator"]), type(world.own.curator).objects
    with undone():
        assert client.get("/people/").status_code == 200
        people.filter(pk=world.own.curator.pk).update(is_curator=False)
        assert client.get("/people/").status_code == 403


def test_a_closed_sign_in_ends_the_session_at_the_next_request(world):
    client, people = client_of(world.keys["mentor"]), type(world.own.mentor).objects
    with undone():
        assert client.get("/meetings/").status_code == 200
        people.filter(pk=world.own.mentor.pk).update(is_active=False)
        assert word(client.get("/meetings/")) == "in"


def test_a_new_password_ends_the_sessions_elsewhere(world):
    here, there = client_of(world.keys["mentor"]), client_of(sign_in(world.own.mentor))
    passwords = {"old_password": factories.PASSWORD, "password": "длинная фраза 2024", "repeated": "длинная фраза 2024"}
    with undone():
        assert word(here.post("/profile/password/", passwords)) == "go"
        assert word(here.get("/profile/")) == "200"
        assert word(there.get("/profile/")) == "in"


def test_a_step_with_a_page_of_its_own_is_not_taken_by_its_address(world):
    """Where a step asks for more than a word, its bare address refuses it."""
    w, client = world.own, client_of(world.keys["curator"])
    names = {"pair_move": w.pair, "order_move": w.order, "plan_move": w.plan, "roadmap_move": w.roadmap}
    names |= {"checkpoint_move": w.checkpoint, "year_move": w.year, "publication_move": w.publication}
    names |= {"event_move": w.event, "course_move": w.course}
    own_page = {"fix", "end", "approve_paper", "record", "close_before", "postpone", "claim", "unknown"}
    for name, obj in names.items():
        for step in {*obj.MOVES, "unknown"}:
            with undone():
                kwargs = {"pk": obj.pk, "name": step}
                status = client.post(address_to(name, kwargs), {"comment": "Так решено"}).status_code
            assert (name, step, status) == (name, step, 403 if step in own_page or status == 403 else 302)


@pytest.mark.parametrize("who", ["admin", "curator"])
def test_the_school_does_not_take_over_the_keeper_of_the_installation(world, who):
    """A new e-mail, a slip or a closed sign-in would give or take the account that stands above all schools."""
    person, client = world.own.stranger, client_of(world.keys[who])
    with undone():
        type(person).objects.filter(pk=person.pk).update(is_superuser=True)
        before = rows()
        client.post(
            address_to("person_edit", {"pk": person.pk}), {"last_name": "А", "first_name": "Б", "email": "x@y.test"}
        )
        client.post(address_to("invitation_slips", None), {"person": [person.pk]})
        client.post(address_to("invitation_send", {"pk": person.pk}))
        client.post(address_to("person_switch", {"pk": person.pk}), {"comment": "Так"})
        assert rows() == before
