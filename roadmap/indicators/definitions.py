"""The 21 indicators of the roadmap of the sample: one definition gives the number and the people."""

from django.utils.translation import gettext_lazy as _

from pairs import tables as pair_tables
from publications import tables as publication_tables
from roadmap.indicators import analysis as read
from roadmap.indicators import events as at
from roadmap.indicators import populations as who
from roadmap.indicators import publications as told
from roadmap.indicators import questionnaires as forms
from roadmap.indicators import surveys
from roadmap.indicators.indicator import Indicator, Unit
from roadmap.known import KNOWN
from surveys import tables as survey_tables


def with_person(rows, moment):
    return rows.select_related("person")


def with_both(pairs, moment):
    return pairs.with_people()


def with_cards(people, moment):
    return people.select_related("person__card")


def with_plans(pairs, moment):
    return pairs.with_people().with_plan_figures(moment.on)


ORGANISATION = (
    Indicator(
        "mentee-base",
        _("Mentees covered"),
        _(
            "teachers about whom it is decided (mentee this year, or declined with a reason) ÷ teachers who qualify by experience"
        ),
        _("decided"),
        _("not decided yet"),
        population=who.teachers_who_qualify,
        met=who.decided,
        beside=(who.mentees_now,),
        table=lambda moment, user: pair_tables.mentees(who.side_of_year(moment, "mentee"), moment.on),
        paper=_("Registry of mentees"),
        page="registry",
    ),
    Indicator(
        "mentor-base",
        _("Mentors covered"),
        _("mentors of the year who take mentees; enough when their places are no fewer than the mentees"),
        _("take mentees"),
        _("in reserve"),
        unit=Unit.COUNT,
        target=None,
        population=who.mentors_of_year,
        met=lambda mentors, moment: mentors.filter(capacity__gt=0),
        condition=who.enough_places,
        beside=(who.places_beside,),
        fetch=with_person,
        table=lambda moment, user: pair_tables.mentors(who.mentors_of_year(moment), moment.on),
        paper=_("Registry of mentors"),
        page="registry",
    ),
    Indicator(
        "training",
        _("Teachers trained"),
        _("teachers of the training schedule whose course is confirmed ÷ teachers of the schedule"),
        _("course confirmed"),
        _("not yet"),
        population=at.people_of_schedule,
        met=at.trained,
        beside=(at.trained_beside,),
        table=at.trainings_table,
        paper=_("List of trainings and certificates"),
        page="course_list",
    ),
    Indicator(
        "pairs-formed",
        _("Pairs formed"),
        _("mentees with a main mentor fixed by an order ÷ mentees of the year"),
        _("have a main mentor"),
        _("without a mentor"),
        population=who.mentees_of_year,
        met=who.with_main_pair,
        beside=(who.pairs_beside,),
        fetch=with_person,
        table=lambda moment, user: pair_tables.pairs(who.fixed_pairs(moment), moment.on),
        paper=_("List of pairs"),
        page="pair_list",
    ),
    Indicator(
        "pairs-work",
        _("Pairs that keep the steps"),
        _("pairs that have held every step that is due ÷ pairs of the year"),
        _("held every step"),
        _("owe a step"),
        population=who.pairs_of_year,
        met=lambda pairs, moment: pairs.with_all_due_steps_held(moment.on),
        beside=(who.items_beside, who.not_counted_beside),
        fetch=with_both,
        paper=_("Work of the pairs"),
        page="pair_list",
    ),
    Indicator(
        "first-meetings",
        _("First meetings"),
        _("pairs that held the acquaintance meeting and submitted a plan ÷ pairs due"),
        _("met and submitted a plan"),
        _("not yet"),
        population=who.pairs_due,
        met=who.met_first,
        beside=(who.not_counted_beside,),
        fetch=with_both,
        paper=_("First meetings of the pairs"),
        page="meeting_list",
    ),
    Indicator(
        "plans-approved",
        _("Plans approved"),
        _("pairs whose plan was ever approved ÷ pairs due"),
        _("plan approved"),
        _("plan not approved"),
        population=who.pairs_due,
        met=lambda pairs, moment: pairs.with_plan_approved(moment.on),
        beside=(who.approved_by_date, who.not_counted_beside),
        fetch=with_both,
        paper=_("Approved plans"),
        page="plan_list",
    ),
    Indicator(
        "plans-delivered",
        _("Plans delivered by less than 90 %"),
        _("pairs with less than 90 % of the due plan items done, or without a plan; lower is better"),
        _("under 90 %, or no plan"),
        _("90 % and more"),
        unit=Unit.COUNT,
        target=0,
        lower_is_better=True,
        population=lambda moment: who.pairs_of_year(moment).with_something_due(moment.on),
        met=lambda pairs, moment: pairs.under_delivery(moment.on, 90, whole=moment.at_the_end),
        condition=lambda total, met, moment: met == 0,
        beside=(who.items_beside, who.not_counted_beside),
        fetch=with_plans,
        row=who.delivered_row,
        paper=_("Plan completion sheet"),
        page="plan_list",
    ),
    Indicator(
        "closing-game",
        _("Present at the closing game"),
        _("participants present ÷ participants on the day of the event; excused ones stay counted"),
        _("present"),
        _("not present"),
        target=90,
        population=at.game_people,
        met=at.at_the_game,
        beside=(at.game_beside,),
        fetch=at.with_marks,
        row=at.game_row,
        table=at.game_table,
        paper=_("Attendance sheet of the closing game"),
        page="event_list",
    ),
)
METHODS = (
    Indicator(
        "materials",
        _("Groups with materials"),
        _("groups with a published material of each kind (programme, methodical, didactic) addressed to them ÷ groups"),
        _("have all three kinds"),
        _("lack a kind"),
        population=told.groups_of_year,
        met=told.with_materials,
        fetch=told.with_kinds,
        row=told.missing_kinds,
        table=lambda moment, user: publication_tables.materials(moment.year, moment.on),
        paper=_("List of materials"),
        page="material_list",
    ),
    Indicator(
        "questionnaire-forms",
        _("Groups with questionnaires"),
        _(
            "groups with a published diagnostic questionnaire for mentors and one for mentees ÷ groups; last year's count while they are in use"
        ),
        _("both sides have one"),
        _("a side has none"),
        population=told.groups_of_year,
        met=forms.with_forms,
        beside=(forms.in_use_beside,),
        fetch=forms.with_sides,
        row=forms.missing_sides,
        table=lambda moment, user: survey_tables.forms_in_use(moment.year.school_id, moment.on),
        paper=_("Diagnostic questionnaires in use"),
        page="questionnaire_list",
    ),
)
ANALYSIS = (
    Indicator(
        "questionnaires-analysed",
        _("Questionnaires analysed"),
        _("participants whose entry questionnaire is analysed and who were interviewed ÷ participants"),
        _("analysed and interviewed"),
        _("not yet"),
        population=read.participants_due,
        met=read.analysed,
        beside=(read.received_beside,),
        fetch=read.with_analysis,
        row=read.lacks,
        table=read.table,
        form="surveys/note_paper.html",
        words=read.words,
        paper=_("Analytical note"),
        page="analysis_list",
    ),
    Indicator(
        "diagnostics",
        _("Diagnostics filled in"),
        _("participants who submitted the questionnaire of the period ÷ participants at its close"),
        _("submitted"),
        _("not submitted"),
        population=surveys.asked,
        met=surveys.answered,
        fetch=with_person,
        table=lambda moment, user: moment.period and survey_tables.answered(moment.period, user, moment.on),
        paper=_("Report of the diagnostics"),
        page="survey_list",
    ),
    Indicator(
        "personal-record",
        _("Personal record"),
        _("participants whose teacher card is complete ÷ participants; students are not covered"),
        _("card complete"),
        _("card not complete"),
        population=who.participants,
        met=who.with_card,
        fetch=with_cards,
        row=who.card_gaps,
        paper=_("Personal record of the participants"),
        page="registry",
    ),
)
INFORMATION = (
    Indicator(
        "rubric",
        _("Section on the site"),
        _("the address of the section on the official site is recorded"),
        _("stands on the official site"),
        _("not there"),
        unit=Unit.YES,
        target=None,
        population=told.sections,
        met=lambda sections, moment: sections,
        condition=lambda total, met, moment: met > 0,
        beside=(told.section_beside,),
        table=lambda moment, user: publication_tables.rubric(moment.year.school, moment.on),
        paper=_("Print of the rubric"),
        page="site_desk",
    ),
    Indicator(
        "monthly-information",
        _("Months with news"),
        _(
            "months in which something was placed on the official site ÷ ended months; the running one counts once updated"
        ),
        _("updated"),
        _("not updated"),
        population=told.months_due,
        met=told.updated,
        beside=(told.whole_period_beside,),
        fetch=told.with_placed,
        row=told.placed_row,
        table=lambda moment, user: publication_tables.placements(
            moment.year, moment.on, since=moment.opens, until=moment.due
        ),
        paper=_("Log of posts"),
        page="site_desk",
    ),
    Indicator(
        "council",
        _("Presented at the council"),
        _("pairs of which either partner presented at the teachers' council ÷ pairs of the year"),
        _("presented"),
        _("not yet"),
        population=at.pairs_at_the_end,
        met=at.presented,
        beside=(at.talks_beside, who.not_counted_beside),
        fetch=with_both,
        table=at.council_table,
        paper=_("List of the talks at the council"),
        page="event_list",
    ),
)
MANAGEMENT = (
    Indicator(
        "roadmap-control",
        _("Roadmap items done"),
        _("checkpoints done ÷ checkpoints due, without those of this item; explained ones do not count as done"),
        _("done"),
        _("not done"),
        population=who.checkpoints_due,
        met=who.done_by,
        beside=(who.explained_beside,),
        fetch=lambda checkpoints, moment: checkpoints.select_related("item"),
        row=who.checkpoint_row,
        paper=_("Report on the roadmap"),
        page="roadmap",
    ),
    Indicator(
        "events-on-time",
        _("Events on time"),
        _("events assigned to the school and held or attended by the original date ÷ events due"),
        _("on time"),
        _("not on time"),
        population=at.assigned,
        met=at.on_time,
        row=at.event_row,
        table=at.register_table,
        paper=_("Register of events"),
        page="event_list",
    ),
    Indicator(
        "roadmap-made",
        _("Roadmap approved"),
        _("the roadmap of the year is approved by the head of the school"),
        _("approved"),
        _("not approved"),
        unit=Unit.YES,
        target=None,
        population=who.roadmap_of_year,
        met=who.approved,
        beside=(who.approval_beside,),
        fetch=lambda roadmaps, moment: roadmaps.select_related("year"),
        paper=_("Approval of the roadmap"),
        page="roadmap",
    ),
    Indicator(
        "outside-events",
        _("Took part in outside events"),
        _("people who took part ÷ people nominated"),
        _("took part"),
        _("did not take part"),
        population=at.nominated,
        met=at.took_part,
        beside=(at.participants_outside,),
        table=at.outside_table,
        paper=_("Participation in outside events"),
        page="event_list",
    ),
)
INDICATORS = {each.code: each for each in (*ORGANISATION, *METHODS, *ANALYSIS, *INFORMATION, *MANAGEMENT)}


def choices():
    """Choices of a form field: none, or one of the 21."""
    numbered = [(known.code, f"{known.number} {INDICATORS[known.code].label}") for known in KNOWN]
    return [("", _("None: closed by hand with its proof")), *numbered]
