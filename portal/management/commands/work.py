import signal

from django.core.management.base import BaseCommand

from portal import schedule


class Command(BaseCommand):
    """Run the embedded worker until it is told to stop."""

    help = "Runs the portal's jobs in a loop, until SIGINT or SIGTERM."

    def handle(self, *args, **options):
        stop = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.append(True))
        schedule.run_until(lambda: bool(stop))
