"""The curator reads the entry questionnaires: what was asked for and offered, the interviews, the findings."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import journal
from accounts.clock import today
from accounts.lists import page_of, sort_of
from accounts.models import Participation, SchoolYear
from accounts.roles import Role, roles_allowed
from accounts.text import folded, number_in
from accounts.views.sign_in import back
from accounts.years import chosen_year
from pairs.models import Competence
from surveys import entry
from surveys.analysis_actions import mark_analysed, take, take_all, take_back, write_interviews
from surveys.forms.analysis import AnalysisFilter, AnalysisForm, InterviewForm, ThresholdsForm
from surveys.models import Analysis, Finding, Response, Thresholds
from surveys.views.filling import answers_of

SORTS = {
    "name": ("person__sort_key", "pk"),
    "received": ("received_on", "person__sort_key"),
    "interview": ("analysis__interviewed_on", "person__sort_key"),
}
AT_ONCE = 30  # interviews entered in one form


@roles_allowed(Role.CURATOR)
def analysis_list(request):
    """Everybody who takes part: what their questionnaire says, what was made of it, whether they were interviewed."""
    year, filters = chosen_year(request), AnalysisFilter(request.GET)
    filters.full_clean()
    rows = filtered(entry.people(year, year.as_of()), filters.cleaned_data)
    counts, state = entry.numbers(rows), request.GET.get("state", "")
    state = state if state in entry.IN_STATE else ""
    rows = rows.filter(entry.IN_STATE[state]) if state else rows
    rows = rows.order_by(*sort_of(request, SORTS, "name"))
    page = page_of(request, rows, count=counts[state or "all"])
    competences, limits = competences_of(request.user.school), Thresholds.of(request.user.school)
    context = {
        "year": year,
        "filter": filters,
        "state": state,
        "tabs": tabs(counts),
        "counts": counts,
        "page": page,
        "rows": [shown(found, competences) for found in entry.readings(page, limits)],
        "limits": limits,
        "writes": not year.is_closed,
        "is_filtered": any(filters.cleaned_data.values()) or state,
    }
    return render(request, "surveys/analysis_list.html", context)


def filtered(rows, chosen):
    for word in folded(chosen.get("q") or "").split()[:6]:
        rows = rows.filter(person__search_key__contains=word)
    return rows.filter(side=chosen["side"]) if chosen.get("side") else rows


def tabs(counts):
    labels = {
        "to_analyse": _("Not analysed"),
        "to_interview": _("Not interviewed"),
        "no_form": _("Without a questionnaire"),
        "done": _("Analysed and interviewed"),
    }
    return [(state, label, counts[state]) for state, label in labels.items()]


def shown(reading, competences):
    """What the list and the page of one person show of a Reading."""
    marks = reading.marks(competences)
    words = [mark for _competence, _mean, mark in marks]
    return {
        "part": reading.part,
        "analysis": getattr(reading.part, "analysis", None),
        "chips": reading.chips(competences),
        "marks": marks,
        "weak": words.count("weak"),
        "strong": words.count("strong"),
        "may_take": bool(reading.to_take),
    }


def competences_of(school):
    return list(Competence.objects.filter(school=school))


def find(request, pk):
    """A participation of the school as `entry.people` gives it, whether it is over or not."""
    part = get_object_or_404(Participation.objects.visible_to(request.user).select_related("year"), pk=pk)
    part.year.school = request.user.school
    found = entry.people(part.year, part.since).get(pk=pk)
    found.year = part.year
    return found


def chosen(request):
    """The checked people of this request's school; of a closed year nobody."""
    year = chosen_year(request)
    if year.is_closed:
        return entry.people(year, year.as_of()).none()
    asked = [number_in(text) for text in request.POST.getlist("person")[:500]]
    return entry.people(year, year.as_of()).filter(pk__in=asked)


@roles_allowed(Role.CURATOR)
@require_POST
def analysis_take(request):
    """`one`: one competence of one person; else all that the questionnaires of the checked people say."""
    competences = competences_of(request.user.school)
    if "one" in request.POST:
        return take_one(request, competences)
    people, count = take_all(
        parts=chosen(request), competences=competences, limits=Thresholds.of(request.user.school), by=request.user
    )
    if count:
        words = _("Set: %(count)d requests and offers of %(people)d people.") % {"count": count, "people": people}
        messages.success(request, words)
    else:
        messages.warning(request, _("There is nothing new to take over from the checked people's answers."))
    return back(request)


def take_one(request, competences):
    person, _dash, competence = request.POST["one"].partition("-")
    parts = Participation.objects.visible_to(request.user).exclude(year__state=SchoolYear.State.CLOSED)
    part = parts.select_related("person").filter(pk=number_in(person)).first()
    asked = [each for each in competences if each.pk == number_in(competence)]
    if part is None or not asked:
        messages.error(request, _("This cannot be taken over: open the page again."))
        return back(request)
    take(part=part, competences=asked, by=request.user)
    words = {"name": part.person.short_name, "competence": asked[0].name}
    messages.success(request, _("%(name)s: “%(competence)s” is set.") % words)
    return back(request)


@roles_allowed(Role.CURATOR)
@require_POST
def analysis_take_back(request, pk):
    rows = Finding.objects.filter(year__school_id=request.user.school_id).select_related("participation", "competence")
    finding = get_object_or_404(rows.exclude(year__state=SchoolYear.State.CLOSED), pk=pk)
    take_back(finding=finding, by=request.user)
    messages.success(request, _("Taken back: “%(competence)s”.") % {"competence": finding.competence})
    return back(request)


@roles_allowed(Role.CURATOR)
@require_POST
def analysis_mark(request):
    """The checked people's questionnaires are read: today's date."""
    count = mark_analysed(parts=chosen(request), by=request.user)
    if count:
        words = ngettext(
            "%(n)d questionnaire is marked as analysed.", "%(n)d questionnaires are marked as analysed.", count
        )
        messages.success(request, words % {"n": count})
    else:
        messages.warning(request, _("Check people whose questionnaire has come and is not analysed yet."))
    return back(request)


@roles_allowed(Role.CURATOR)
def analysis_detail(request, pk):
    part = find(request, pk)
    response = Response.objects.filter(pk=part.entry_id).select_related("wave__questionnaire", "wave__period").first()
    analysis = getattr(part, "analysis", None) or Analysis(participation=part, year=part.year)
    analysis.response = analysis.response or response
    analysis.by = request.user
    form = AnalysisForm(request.POST or None, instance=analysis)
    if form.is_valid() and keep(request, form):
        following = next_to(part) if "next" in request.POST else None
        return redirect("analysis_detail", following.pk if following else part.pk)
    return render(request, "surveys/analysis_detail.html", detail(request, part, response, form))


def keep(request, form):
    if form.instance.participation.year.is_closed:
        form.add_error(None, _("The school year is closed."))
        return False
    return journal.save(form, request.user, _("wrote down the analysis of the entry questionnaire")) and (
        messages.success(request, _("Saved.")) or True
    )


def detail(request, part, response, form):
    competences, limits = competences_of(request.user.school), Thresholds.of(request.user.school)
    reading = entry.readings([part], limits)[0]
    return shown(reading, competences) | {
        "limits": limits,
        "response": response,
        "answers": answers_of(response.wave, response) if response else [],
        "form": form,
        "year": part.year,
        "writes": not part.year.is_closed,
        "here": reverse("analysis_detail", args=[part.pk]),
    }


def next_to(part):
    """The next one, in the order of names, whose questionnaire waits to be analysed."""
    waiting = entry.people(part.year, part.year.as_of()).filter(entry.IN_STATE["to_analyse"]).exclude(pk=part.pk)
    ordered = waiting.order_by(*SORTS["name"])
    return ordered.filter(person__sort_key__gte=part.person.sort_key).first() or ordered.first()


@roles_allowed(Role.CURATOR)
def analysis_interviews(request):
    """Several interviews in one form: a day and a conclusion for each person, an empty line stays for later."""
    year = chosen_year(request)
    waiting = entry.people(year, year.as_of()).filter(entry.IN_STATE["to_interview"]).order_by(*SORTS["name"])
    rows = [(part, InterviewForm(request.POST or None, prefix=f"p{part.pk}")) for part in waiting[:AT_ONCE]]
    wrong = [form for _part, form in rows if form.is_bound and not form.is_valid()]  # each says what is wrong with it
    if request.method == "POST" and not year.is_closed and not wrong:
        return interviews_kept(request, year, rows)
    return render(request, "surveys/analysis_interviews.html", {"year": year, "rows": rows, "today": today()})


def interviews_kept(request, year, rows):
    held = [(part, form.cleaned_data) for part, form in rows if form.is_filled]
    count = write_interviews(held=held, by=request.user)
    if count:
        words = ngettext("%(n)d interview is written down.", "%(n)d interviews are written down.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.warning(request, _("Nothing was filled in."))
    return redirect(f"{reverse('analysis_list')}?year={year.first_year}")


@roles_allowed(Role.CURATOR)
def survey_settings(request):
    """From which mean a competence is weak or strong."""
    form = ThresholdsForm(request.POST or None, instance=Thresholds.of(request.user.school))
    if form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect("survey_settings")
    return render(request, "surveys/survey_settings.html", {"form": form})
