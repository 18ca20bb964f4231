from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from badges.actions.esco import BadTable, load_esco, load_excerpt


class Command(BaseCommand):
    """Load skills of ESCO from the CSV that the European Commission publishes, one language a file."""

    help = "Loads skills_<language>.csv of ESCO; without a file the bundled excerpt, where there are no skills yet."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--language", default="en", choices=[code for code, _name in settings.TEXT_LANGUAGES])

    def handle(self, *args, file, language, **options):
        count = self.load(file, language) if file else load_excerpt(by=None)
        self.stdout.write(f"{count} skills are loaded.")

    def load(self, file, language):
        """Read a file, saying plainly what is wrong with it."""
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                return load_esco(lines, by=None, language=language)
        except BadTable as fault:
            raise CommandError(f"{file}: {fault} Nothing was changed.") from fault
        except UnicodeDecodeError as fault:
            raise CommandError(f"{file} is not UTF-8 text. Nothing was changed.") from fault
        except OSError as fault:
            raise CommandError(f"{file} cannot be read: {fault.strerror}.") from fault
