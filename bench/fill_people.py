"""The people of the schools, their part in the year, and the pairs they form."""

from datetime import timedelta

from accounts.models import Consent, Participation, User
from accounts.text import folded
from bench.fill import made
from pairs.models import Competence, Group, MenteeReason, Offer, Order, Pair, Pause, Reason, Request, TeacherCard

LAST = [
    "Петрова",
    "Орлова",
    "Ким",
    "Лебедь",
    "Сова",
    "Гоголь",
    "Белых",
    "Фомина",
    "Ткач",
    "Волкова",
    "Ёлкина",
    "Мамедова",
]
FIRST = ["Анна", "Дарья", "Ольга", "Наталья", "Нина", "Вера", "Ксения", "Полина", "Яна", "Лилия"]
PATRONYMIC = ["Ильинична", "Сергеевна", "Олеговна", "Павловна", "Львовна", "Юрьевна"]
SUBJECTS = ["математика", "русский язык", "история", "физика", "биология", "начальные классы", "информатика"]
STAGES = ["primary", "basic", "secondary"]
STANDING = ("is_admin", "is_head", "is_curator")
PAIRS_OF_AN_ORDER = 20


def people(plots):
    """Three who run the school; a mentor for two pairs and one in reserve; a mentee for a pair and some without one."""
    staff = made(person(plot, role, **{role: True}) for plot in plots for role in STANDING)
    for place, plot in enumerate(plots):
        plot.staff = dict(zip(STANDING, staff[3 * place : 3 * place + 3], strict=True))
    mentors = sides(plots, "mentor", lambda plot: (plot.pairs_wanted + 1) // 2 + 1)
    mentees = sides(plots, "mentee", lambda plot: plot.pairs_wanted + max(1, plot.pairs_wanted // 10))
    for part in mentors:
        part.capacity = 3
    Participation.objects.bulk_update(mentors, ["capacity"])
    links(plots, mentors, mentees)


def person(plot, name, **fields):
    last, first, patronymic = (plot.chance.choice(words) for words in (LAST, FIRST, PATRONYMIC))
    made_of = User(
        school=plot.school, username=f"{name}-{plot.number}-{plot.pairs_wanted}@bench.test", last_name=last,
        first_name=first, patronymic=patronymic, gender="f", password="!", **fields,
    )  # fmt: skip
    made_of.email = made_of.username
    made_of.search_key = folded(f"{made_of.full_name} {made_of.username} {made_of.email}")
    made_of.sort_key = folded(made_of.full_name)
    return made_of


def sides(plots, side, how_many):
    """Participations of one side, with person and card; kept in the plots too."""
    newcomers = [(plot, person(plot, f"{side}{n}")) for plot in plots for n in range(how_many(plot))]
    made(who for _plot, who in newcomers)
    made(card(plot, who, side) for plot, who in newcomers)
    parts = made(
        Participation(year=plot.year, person=who, side=side, since=plot.year.starts_on, capacity=0)
        for plot, who in newcomers
    )
    for (plot, _who), part in zip(newcomers, parts, strict=True):
        (plot.mentors if side == "mentor" else plot.mentees).append(part)
    return parts


def card(plot, who, side):
    months = plot.chance.randrange(2, 34) if side == "mentee" else plot.chance.randrange(60, 400)
    return TeacherCard(
        school=plot.school, person=who, post="учитель", subject=plot.chance.choice(SUBJECTS),
        stage=plot.chance.choice(STAGES), category="first", experience_months=months, experience_on=plot.year.starts_on,
        building="Главный корпус", completed_on=plot.year.starts_on,
    )  # fmt: skip


def links(plots, mentors, mentees):
    """Two competences each, a reason for every mentee, a consent of every mentor."""
    plot_of = {plot.year.pk: plot for plot in plots}

    def two(part):
        plot = plot_of[part.year_id]
        return plot.chance.sample(plot.of[Competence], 2)

    made(Offer(participation=part, competence=each) for part in mentors for each in two(part))
    made(Request(participation=part, competence=each) for part in mentees for each in two(part))
    made(MenteeReason(participation=part, reason=plot_of[part.year_id].of[Reason][0]) for part in mentees)
    made(Consent(person=part.person, kind=Consent.Kind.MENTOR_WORK, given_on=part.since) for part in mentors)


def pairs(plots):
    """All fixed by orders; of every ten one is completed, one ended early, one paused."""
    orders = {plot.number: orders_of(plot) for plot in plots}
    made(order for found in orders.values() for order in found)
    rows = made(pair(plot, n, orders[plot.number]) for plot in plots for n in range(plot.pairs_wanted))
    plot_of = {plot.year.pk: plot for plot in plots}
    for row in rows:
        plot_of[row.year_id].pairs.append(row)
    made(
        Pause(pair=row, since=row.starts_on + timedelta(days=150), reason="Больничный")
        for plot in plots
        for row in plot.pairs[7::10]
    )
    through = Pair.groups.through
    made(through(pair=row, group=plot.of[Group][0]) for plot in plots for row in plot.pairs)
    hold_places(plots)


def orders_of(plot):
    day = plot.year.starts_on + timedelta(days=1)
    return [
        Order(year=plot.year, number=f"{n}-о", signed_on=day, in_force_from=day, state=Order.State.SIGNED)
        for n in range(1, 2 + (plot.pairs_wanted - 1) // PAIRS_OF_AN_ORDER)
    ]


def pair(plot, n, orders):
    order = orders[n // PAIRS_OF_AN_ORDER]
    over = order.signed_on + timedelta(days=120)
    ends = {8: {"state": "completed", "completed_on": over}, 9: {"state": "ended", "ended_on": over}}
    return Pair(
        year=plot.year, mentor=plot.mentors[n // 2], mentee=plot.mentees[n], order=order, fixed_on=order.signed_on,
        starts_on=order.signed_on, until=plot.year.teaching_ends_on, **ends.get(n % 10, {"state": "fixed"}),
    )  # fmt: skip


def hold_places(plots):
    """Live pairs of each mentor, as the pair's Move counts them."""
    busy = []
    for plot in plots:
        for row in plot.pairs:
            row.mentor.live_pairs += row.state == Pair.State.FIXED
            busy.append(row.mentor)
    Participation.objects.bulk_update({part.pk: part for part in busy}.values(), ["live_pairs"])
