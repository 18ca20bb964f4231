from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from badges.archive import NoKey, export_issuer
from badges.models import Issuer


class Command(BaseCommand):
    """Write what issuers published as plain files that verify without this portal."""

    help = "Writes a folder for each issuer, or for one, which any web server can serve at the same addresses."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--issuer", help="the short name in the organiser's address, or the key of its issuer")

    def handle(self, *args, folder, issuer, **options):
        for one in self.chosen(issuer):
            where = folder / one.organiser.slug
            if where.exists() and any(where.iterdir()):
                raise CommandError(f"{where} is not empty. An archive is written into a new folder.")
            try:
                count, lost = export_issuer(one, where)
            except NoKey as fault:
                raise CommandError(f"{one.organiser.slug} has no signing key now. Try again in a minute.") from fault
            except OSError as fault:
                raise CommandError(f"{fault.filename or where} cannot be written: {fault.strerror}.") from fault
            for file in lost:
                self.stderr.write(f"{one.organiser.slug}: {file}.")
            self.stdout.write(f"{one.organiser.slug}: {count} badges")

    def chosen(self, name):
        """Return the issuers that are meant."""
        issuers = Issuer.objects.with_words().order_by("organiser__slug")
        if not name:
            return issuers
        try:
            found = issuers.filter(key=UUID(name))
        except ValueError:
            found = issuers.filter(organiser__slug=name)
        if not found:
            raise CommandError(f"No organiser called {name} has issued anything.")
        return found
