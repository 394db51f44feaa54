from django.core.management.base import BaseCommand

from accounts.outbox import send_waiting


class Command(BaseCommand):
    help = "Send the letters that wait in the outbox (run it from cron, every few minutes)."

    def handle(self, *args, **options):
        sent, failed = send_waiting()
        self.stdout.write(f"{sent} sent, {failed} failed")
