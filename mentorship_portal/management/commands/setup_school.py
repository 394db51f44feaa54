"""The first step of real use: school, year, first administrator. No default password anywhere."""

import getpass

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import invitations
from accounts.clock import today
from accounts.forms import free_username
from accounts.models import School, SchoolYear, User
from mentorship_portal.starting import load_starting_sets, open_year

ASKED = {
    "school": "Школа, кратко (например, МКОУ СОШ № 9)",
    "last_name": "Администратор: фамилия",
    "first_name": "Имя",
    "patronymic": "Отчество (можно пропустить)",
    "email": "Электронная почта (можно пропустить)",
}
OPTIONAL = {"patronymic", "email"}


class Command(BaseCommand):
    help = "Создать школу, учебный год и первого администратора. / Create the school, its year and first administrator."

    def add_arguments(self, parser):
        for name, question in ASKED.items():
            parser.add_argument("--" + name.replace("_", "-"), help=question)
        parser.add_argument("--year", type=int, help="Первый год учебного года, например 2026")
        parser.add_argument(
            "--no-input", action="store_true", help="Ничего не спрашивать; вместо пароля выдать одноразовую ссылку"
        )

    def handle(self, *args, **options):
        if School.objects.exists():
            raise CommandError(
                f"Школа уже создана: {School.objects.first()}. Повторная настройка не нужна. "
                "Новых людей добавляет администратор на странице «Люди и роли». / The school is already set up."
            )
        answers = {name: self.answer(name, options) for name in ASKED}
        first_year = self.year(options)
        password = None if options["no_input"] else self.ask_password()
        try:
            administrator = create(first_year, password, **answers)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(self.style.SUCCESS(f"Готово. Имя для входа: {administrator.username}"))
        if password is None:
            self.stdout.write(
                f"Ссылка для выбора пароля (14 дней): {invitations.issue(person=administrator, by=administrator)}"
            )

    def answer(self, name, options):
        given = options[name]
        if given is None:
            given = "" if options["no_input"] else ask(ASKED[name] + ": ")
        given = given.strip()
        if not given and name not in OPTIONAL:
            raise CommandError(f"Не указано: {ASKED[name]} (--{name.replace('_', '-')})")
        return given

    def year(self, options):
        given = options["year"]
        if given is None:
            default = today().year if today().month >= 6 else today().year - 1
            question = f"Учебный год начинается 1 сентября [{default}]: "
            given = "" if options["no_input"] else ask(question).strip()
            given = given or default
        if not str(given).isdecimal() or not 2000 <= int(given) <= 2100:
            raise CommandError(f"Это не год: {given}. Напишите первый год учебного года, например 2026.")
        return int(given)

    def ask_password(self):
        while True:
            password = getpass.getpass("Пароль (не короче 10 знаков): ")
            try:
                password_validation.validate_password(password)
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))
                continue
            if getpass.getpass("Ещё раз: ") == password:
                return password
            self.stderr.write("Пароли не совпали.")


def ask(question):
    try:
        return input(question)
    except EOFError as error:
        raise CommandError("Ответа нет. Без вопросов: --no-input и ответы в параметрах, см. --help.") from error


@transaction.atomic
def create(first_year, password, *, school, last_name, first_name, patronymic, email):
    """The school with its year and lists, and the person who can do the rest in the browser."""
    created = School(name=school)
    created.full_clean()
    created.save()
    person = User(
        school=created, last_name=last_name, first_name=first_name, patronymic=patronymic, email=email or None,
        username=email or free_username(last_name), is_admin=True,
    )  # fmt: skip
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    load_starting_sets(school=created)
    open_year(school=created, first_year=first_year, by=person, state=SchoolYear.State.CURRENT)
    return person
