from django.core.management.base import BaseCommand, CommandError

from badges.actions.keys import rotate_key
from badges.models import Issuer, IssuerKey


class Command(BaseCommand):
    """Let new keys sign; what the former ones signed stays verifiable."""

    help = "Gives one organiser, or all of them, new signing keys."

    def add_arguments(self, parser):
        parser.add_argument("organiser", nargs="?", help="the short name in the organiser's address")
        parser.add_argument("--all", action="store_true", help="every organiser that issues")

    def handle(self, *args, organiser, **options):
        if bool(organiser) == options["all"]:
            raise CommandError("Name one organiser, or say --all.")
        issuers = Issuer.objects.filter(organiser__slug=organiser) if organiser else Issuer.objects.all()
        if organiser and not issuers:
            raise CommandError(f"No organiser called {organiser} has issued anything.")
        for issuer in issuers:
            for algorithm in set(IssuerKey.objects.in_use().filter(issuer=issuer).values_list("algorithm", flat=True)):
                self.stdout.write(rotate_key(issuer, algorithm=algorithm, by=None).method)
