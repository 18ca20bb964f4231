from django.core.management.base import BaseCommand

from cms.actions import build_site_tree


class Command(BaseCommand):
    """Make the home page and the lists below it in every language where they are missing."""

    help = "Makes the home page and the lists below it in every language where they are missing; may be run again."

    def handle(self, *args, **options):
        build_site_tree()
