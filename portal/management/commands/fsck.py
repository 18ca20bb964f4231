from django.core.management.base import BaseCommand

from portal.invariants import violations


class Command(BaseCommand):
    """Check every invariant; print what breaks one."""

    help = "Checks every invariant and prints the rows that break one; exits with 1 when there are any."

    def handle(self, *args, **options):
        found = False
        for sentence in violations():
            found = True
            self.stdout.write(sentence)
        if found:
            raise SystemExit(1)
