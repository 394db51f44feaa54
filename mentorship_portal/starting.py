"""A new year and a new school get their starting sets from every room."""

from django.db import transaction
from django.utils import translation

from accounts.actions import make_year
from accounts.models import SchoolYear
from pairs.actions import load_starting_sets as load_lists
from pairs.consent_actions import load_consent_texts
from pairs.plan_actions import load_plan_templates
from pairs.starting import start_year
from publications.starting import load_documents
from publications.starting import start_year as start_months
from surveys.actions import open_waves
from surveys.questionnaire_actions import load_questionnaires


@transaction.atomic
def open_year(*, school, first_year, by=None, state=SchoolYear.State.PREPARATION):
    """A school year ready to work in: terms, diagnostic periods, «Все пары», five steps, waves. Raises ValidationError."""
    with translation.override("ru"):
        year = make_year(school=school, first_year=first_year, by=by, state=state)
        start_year(year=year)
        start_months(year=year)
        open_waves(year=year)
    return year


@transaction.atomic
def load_starting_sets(*, school):
    """Competences, reasons, plan templates, texts of consents and questionnaires; running it again adds only what is missing."""
    with translation.override("ru"):
        load_lists(school=school)
        load_plan_templates(school=school)
        load_consent_texts(school=school)
        load_questionnaires(school=school)
        load_documents(school=school)
