from django.core.management.base import BaseCommand

from accounts.clock import today
from surveys.filling_actions import shuffle
from surveys.models import Wave


class Command(BaseCommand):
    help = "Mix the answers of nameless questionnaires that are over: then their results are shown (run it from cron, every night)."

    def handle(self, *args, **options):
        due = list(Wave.objects.to_shuffle(today()))
        done = sum(shuffle(wave=wave) for wave in due)
        self.stdout.write(f"{done} mixed")
