from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.messages import compile_catalogues
from portal.ui.joining import join_files


class Command(BaseCommand):
    """Bring an installation up to date in one process: what is compiled and joined, database, page tree, demo."""

    help = "Compiles texts, joins styles and scripts, migrates, builds the page tree, and loads the demo when DEMO=1."

    def add_arguments(self, parser):
        parser.add_argument("--bare", action="store_true", help="leave the demo out")

    def handle(self, *args, **options):
        compile_catalogues()
        join_files()
        call_command("migrate", verbosity=0)
        self.stdout.write("The database is ready.")
        call_command("site_tree")
        call_command("load_esco", verbosity=0)
        if settings.DEMO and not options["bare"]:
            call_command("demo")
