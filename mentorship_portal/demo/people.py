"""Who works in the demo school."""

import datetime
from functools import cache

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import clock, invitations, journal
from accounts.models import Invitation, Letter, Participation, User
from mentorship_portal.demo.days import later
from pairs.models import Competence, MenteeReason, Offer, Reason, Request, TeacherCard

PASSWORD = "demo-2024"
JOINED = datetime.date(2024, 8, 26)  # of whatever year
AWAY = ("n.tkach", "n.ahmetov")

# sign-in, last, first, patronymic, gender, standing role
STANDING = [
    ("admin", "Соколов", "Игорь", "Павлович", "m", "is_admin"),
    ("head", "Громова", "Елена", "Викторовна", "f", "is_head"),
    ("curator", "Ёлкина", "Марина", "Сергеевна", "f", "is_curator"),
    ("site", "Жданов", "Олег", "Романович", "m", "is_site_keeper"),
]

# sign-in (None: a name given by the school), last, first, patronymic, gender, post, subject, stage, category,
# years of experience, capacity, competences offered
MENTORS = [
    ("mentor", "Петрова", "Анна", "Ильинична", "f", "учитель математики", "математика", "basic", "highest", 24, 3,
     ["lesson", "assessment"]),
    ("m.gogol", "Гоголь", "Тарас", "Николаевич", "m", "учитель истории", "история", "secondary", "first", 17, 2,
     ["class_management", "documents"]),
    ("m.lebed", "Лебедь", "Наталья", "Константиновна", "f", "учитель начальных классов", "начальные классы", "primary",
     "highest", 29, 2, ["lesson", "parents"]),
    ("m.kim", "Ким", "Ольга", "Васильевна", "f", "учитель русского языка", "русский язык и литература", "basic",
     "highest", 21, 2, ["lesson", "documents", "assessment"]),
    ("m.mamedov", "Мамедов", "Али", "Гасан оглы", "m", "учитель физики", "физика", "secondary", "first", 15, 1,
     ["digital", "lesson"]),
    (None, "Салтыкова-Щедрина", "Людмила", "Никитична", "f", "учитель биологии", "биология", "basic", "first", 33, 2,
     ["class_management", "parents"]),
    ("m.chernyak", "Черняк", "Павел", "Петрович", "m", "учитель информатики", "информатика", "basic", "first", 11, 2,
     ["digital", "assessment"]),
    ("m.sova", "Сова", "Нина", "Андреевна", "f", "педагог-психолог", "психология", "basic", "highest", 19, 1,
     ["class_management", "parents"]),
]  # fmt: skip

# sign-in, last, first, patronymic, gender, post, subject, stage, category, months of experience, reasons, requests
MENTEES = [
    ("mentee", "Белых", "Дарья", "Олеговна", "f", "учитель математики", "математика", "basic", "none", 3,
     ["young"], ["lesson", "class_management"]),
    ("n.orlov", "Орлов", "Кирилл", "Дмитриевич", "m", "учитель математики", "математика", "basic", "none", 15,
     ["young"], ["lesson"]),
    ("n.gainullina", "Гайнуллина", "Лилия", "Маратовна", "f", "учитель истории", "история", "basic", "none", 8,
     ["young"], ["documents"]),
    ("n.kara", "Кара-Мурза", "Артём", "Вадимович", "m", "учитель начальных классов", "начальные классы", "primary",
     "none", 2, ["young"], ["parents", "class_management"]),
    ("n.petrosyan", "Петросян", "Анаит", "Мкртичевна", "f", "учитель русского языка", "русский язык и литература",
     "basic", "fitness", 80, ["new_here"], ["documents"]),
    ("n.bondarenko", "Бондаренко", "Яна", "Яковлевна", "f", "учитель физики", "физика", "secondary", "none", 27,
     ["young"], ["lesson", "digital"]),
    (None, "Шевченко", "Алексей", "Иванович", "m", "учитель биологии", "биология", "basic", "first", 140,
     ["returned"], ["digital"]),
    ("n.zaitseva", "Зайцева", "Вера", "Геннадьевна", "f", "учитель информатики", "информатика", "basic", "fitness", 64,
     ["new_here"], ["assessment"]),
    ("n.volkov", "Волков", "Роман", "Евгеньевич", "m", "учитель технологии", "технология", "basic", "none", 10,
     ["young", "new_post"], ["class_management"]),
    ("n.fomina", "Фомина", "Ксения", "Львовна", "f", "учитель английского языка", "английский язык", "basic", "none", 5,
     ["young"], ["lesson", "assessment"]),
    ("n.ahmetov", "Ахметов", "Тимур", "Рустамович", "m", "учитель физкультуры", "физическая культура", "basic", "none",
     19, ["young"], ["documents"]),
    ("n.tkach", "Ткач", "Полина", "Юрьевна", "f", "педагог-организатор", "внеурочная деятельность", "primary", "",
     None, ["wish"], ["parents"]),
]  # fmt: skip


def user(school, name, last, first, patronymic, gender, number, **roles):
    """Somebody with an e-mail under demo.test, or with a name given by the school."""
    mail = f"{name}@demo.test" if name else None
    return User.objects.create(
        school=school, username=mail or f"uchitel{number}", email=mail, last_name=last, first_name=first,
        patronymic=patronymic, gender=gender, phone=f"+7 900 555-{number:02}-{number * 7 % 100:02}" if number else "",
        password=demo_password(), **roles,
    )  # fmt: skip


@cache
def demo_password():
    """One hash for all: thirty would take seconds, and everybody may know this password anyway."""
    return make_password(PASSWORD)


def standing(school):
    return {role: user(school, name, *names, 0, **{role: True}) for name, *names, role in STANDING}


def mentors(year, curator, rows=MENTORS):
    """Participations of mentors, their cards and offers."""
    found = {competence.code: competence for competence in Competence.objects.filter(school=year.school)}
    made = []
    for number, (*names, post, subject, stage, category, years, places, offers) in enumerate(rows, 1):
        with clock.on(JOINED.replace(year=year.first_year)):
            person = user(year.school, *names, number)
            card(person, post, subject, stage, category, years * 12, year.starts_on)
            part = join(year, person, "mentor", curator, capacity=places)
        Offer.objects.bulk_create(Offer(participation=part, competence=found[code]) for code in offers)
        made.append(part)
    return made


def mentees(year, curator, rows=MENTEES):
    """Participations of mentees, their cards, reasons and requests."""
    found = {competence.code: competence for competence in Competence.objects.filter(school=year.school)}
    why = {reason.code: reason for reason in Reason.objects.filter(school=year.school)}
    made = []
    for number, (*names, post, subject, stage, category, months, reasons, requests) in enumerate(rows, 21):
        with clock.on(JOINED.replace(year=year.first_year)):
            person = user(year.school, *names, number)
            card(person, post, subject, stage, category, months, year.starts_on)
            part = join(year, person, "mentee", curator, capacity=0)
        MenteeReason.objects.bulk_create(MenteeReason(participation=part, reason=why[code]) for code in reasons)
        Request.objects.bulk_create(Request(participation=part, competence=found[code]) for code in requests)
        made.append(part)
    return made


def card(person, post, subject, stage, category, months, day):
    made = TeacherCard(
        school=person.school, person=person, post=post, subject=subject, stage=stage, category=category,
        experience_months=months, experience_on=day if months is not None else None, building="Главный корпус",
    )  # fmt: skip
    made.completed_on = None if made.missing() else clock.today()
    made.save()


def join(year, person, side, curator, capacity):
    part = Participation.objects.create(year=year, person=person, side=side, since=year.starts_on, capacity=capacity)
    journal.record(curator, _("created"), part)
    return part


def sign_ins(school, days, admin):
    """Who has been here: all but three, of whom one holds a slip, one's invitation ran out, one's letter did not leave."""
    people = list(school.people.order_by("pk"))
    away = {person.pk: person for person in people if not person.email or person.username.startswith(AWAY)}
    noon = timezone.make_aware(datetime.datetime.combine(days.today, datetime.time(9)))
    for number, person in enumerate(people):
        if person.pk not in away:
            User.objects.filter(pk=person.pk).update(last_login=noon - datetime.timedelta(days=1 + number % 6))
    invite(list(away.values()), days, admin)


def invite(people, days, admin):
    lost, late, *others = sorted(people, key=lambda person: (not person.email, person.pk))
    with clock.on(later(days.today, -3)):
        for person in (lost, *others):
            invitations.issue(person=person, by=admin)
            journal.record(admin, _("printed an invitation slip"), person)
    over = timezone.now() - datetime.timedelta(days=2)
    Invitation.objects.create(
        person=late, token_hash=invitations.digest(f"demo {late.pk}"), created_by=admin, expires_at=over
    )
    Letter.objects.create(
        school=lost.school, to=lost.email, subject=_("Invitation to the mentorship portal"), body="", tries=5,
        error="SMTPRecipientsRefused: 550 mailbox unavailable",
    )  # fmt: skip
