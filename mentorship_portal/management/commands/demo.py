"""Demo data for trying the portal out. Never in real use: it has known passwords."""

import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.clock import today
from accounts.models import School, User
from mentorship_portal.demo import fill
from mentorship_portal.demo.people import PASSWORD

FIRST, LAST = datetime.date(2000, 9, 1), datetime.date(2100, 8, 31)
SIGN_INS = ["admin", "head", "curator", "mentor", "mentee", "site", "curator2"]


class Command(BaseCommand):
    help = "Fill an empty database with a demo school (refuses when DEBUG is off)."

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="the day up to which the year has run, YYYY-MM-DD")

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("demo refuses: DEBUG is off, and demo people have known passwords.")
        day = self.day(options["on"])
        if School.objects.exists():
            self.stdout.write("The database already holds a school: nothing was changed.")
        else:
            fill(day)
        if User.objects.filter(username="admin@demo.test").exists():
            names = ", ".join(f"{name}@demo.test" for name in SIGN_INS)
            self.stdout.write(f"Sign in as {names}; password {PASSWORD}")

    def day(self, text):
        try:
            day = datetime.date.fromisoformat(text) if text else today()
        except ValueError as error:
            raise CommandError(f"--on {text}: write a date such as 2026-11-23") from error
        if not FIRST <= day <= LAST:
            raise CommandError(f"--on {text}: the portal knows the days from {FIRST} to {LAST}")
        return day
