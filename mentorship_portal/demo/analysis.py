"""The demo year's entry questionnaires as the curator read them in September, and what weak competences led to."""

from accounts import clock, workflow
from accounts.models import Participation
from mentorship_portal.demo.days import later
from mentorship_portal.demo.plans import who_types
from pairs.models import Competence, Plan, PlanTemplateItem
from pairs.plan_actions import mark_item
from surveys import entry
from surveys.analysis_actions import mark_analysed, take, take_all, write_interviews
from surveys.growth import growth_of, plans_of
from surveys.models import Note, Support, Thresholds
from surveys.support_actions import accept_line, grant

# What the interviews ended with; which one it was follows from the person's place.
CONCLUSIONS = {
    "mentee": (
        "Договорились начать с разбора урока: посещение раз в две недели, наставник приносит лист наблюдения.",
        "Просит помощи с документами; образцы передаст наставник, через месяц вернёмся к разговору.",
        "Класс трудный, запрос подтвердился. Наставник придёт на два урока, психолог – на классный час.",
        "Чувствует себя уверенно, нужна поддержка перед первым родительским собранием.",
    ),
    "mentor": (
        "Готова взять двух наставляемых, удобны вторник и четверг после уроков.",
        "Может показать свои уроки, просит не ставить встречи на шестой урок.",
        "Опыт наставничества есть; возьмёт наставляемого того же предмета.",
    ),
}
LEFT = 2  # so many people's answers are read, but nothing is taken over from them yet
FIRST = "mentor@demo.test"  # whose pairs got what they asked for
MATERIAL = ("Памятка «Первые пять минут урока»", "https://school9.example.ru/nastavnichestvo/materialy/pamyatka")
WORDS = (
    "Запросы молодых педагогов сосредоточены вокруг урока и класса; документы беспокоят тех, кто пришёл из других школ.\n"
    "Наставники охотнее предлагают то, что ведут сами; родителей и цифровые средства берут немногие.",
    "Провести обучающий семинар по компетенции с наибольшим разрывом.\nПодобрать второго наставника на краткий срок для тех, чей запрос не закрыт парой.",
)


def of_entry(days, curator):
    """Everybody whose questionnaire had come by the end of September is read and interviewed."""
    last, year = days.past(days.on(9, 29)), days.year
    parts = list(entry.people(year, days.year.as_of()).filter(received_on__lte=last).order_by("pk"))
    for place, part in enumerate(parts):
        interview(days, part, place, last, curator)
    on_their_day = {}
    for part in parts:
        on_their_day.setdefault(min(later(part.received_on, 3), last), []).append(part)
    for day, found in sorted(on_their_day.items()):
        with clock.on(day):
            mark_analysed(parts=found, by=curator)
    taken(parts[:-LEFT], last, curator)
    if parts and last == days.on(9, 29):
        conclusions, proposals = WORDS
        Note.objects.create(year=year, conclusions=conclusions, proposals=proposals)


def interview(days, part, place, last, curator):
    day = days.weekday(min(later(part.received_on, 2 + place % 4), last))
    if day >= part.received_on:
        words = CONCLUSIONS[part.side]
        with clock.on(day):
            write_interviews(
                held=[(part, {"interviewed_on": day, "conclusion": words[place % len(words)]})], by=curator
            )


def taken(parts, day, curator):
    """All that mentees ask for; of the mentors' answers what they chose themselves, for being strong is no promise."""
    limits, competences = Thresholds.of(curator.school), list(Competence.objects.filter(school=curator.school))
    with clock.on(day):
        mentees = [part for part in parts if not part.is_mentor]
        take_all(parts=mentees, competences=competences, limits=limits, by=curator)
        for found in entry.readings([part for part in parts if part.is_mentor], limits):
            chosen = [each for each in competences if found.says.get(each.pk) == "picked"]
            take(part=found.part, competences=chosen[:1], by=curator)


def against_weakness(days, curator):
    """What pairs accepted after the entry questionnaire: a line where the plan was open, a line asked for, a material."""
    parts = Participation.objects.filter(year=days.year, side="mentee").select_related("person").order_by("pk")
    grown = [each for each in growth_of(parts, days.year) if first_weak(each)]
    for place, each in enumerate(grown):
        line, day = first_weak(each), later(each.waves[0].closes_on, 5 + place)
        if day <= days.today:
            helped(days, each.part, line, place, day, curator)


def first_weak(each):
    """The line that was weak in the first wave the person answered."""
    return next((line for line in each.lines if line.limits.mark(line.answered[0].mean) == "weak"), None)


def helped(days, part, line, place, day, curator):
    plan, wave = plans_of([part]).get(part.pk), line.answered[0].wave
    if plan and plan.state in (*Plan.OPEN, Plan.State.APPROVED) and place % 3 != 1:
        sources = PlanTemplateItem.objects.filter(competence=line.competence, template__archived=False)
        source = sources.exclude(what__in=plan.items.values("what")).order_by("pk").first()
        if source:
            with clock.on(day):
                accept_line(plan=plan, source=source, wave=wave, by=who_types(plan.pair.mentor, curator))
            granted(days, plan, source, day, curator)
    if place % 3:
        title, address = MATERIAL
        with clock.on(day):
            Support.objects.create(
                participation=part, year_id=part.year_id, competence=line.competence, wave=wave, material=title,
                address=address, by=curator,
            )  # fmt: skip


def granted(days, plan, source, day, curator):
    """Of the lines asked for the curator granted the first one within a week; the pair submitted the plan again and did it."""
    asked = Support.objects.filter(participation=plan.pair.mentee, wanted=source)
    if plan.pair.mentor.person.username != FIRST or not asked.exists() or later(day, 8) > days.today:
        return
    with clock.on(later(day, 4)):
        grant(plan=plan, by=curator)
    with clock.on(later(day, 6)):
        workflow.perform(plan, "submit", plan.pair.mentor.person)
    with clock.on(later(day, 8)):
        workflow.perform(plan, "approve", curator)
    item = plan.items.get(what=source.what)
    if item.due_on <= days.today:
        with clock.on(item.due_on):
            mark_item(item=item, by=plan.pair.mentor.person, done_on=item.due_on, result="Провели, разобрали вместе")
