from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from badges.actions.keys import encrypt_keys_anew


class Command(BaseCommand):
    """Encrypt the private keys of issuers with a new encryption key."""

    help = "After KEY_ENCRYPTION_KEY was replaced, and KEY_ENCRYPTION_KEY_PREVIOUS set to the one before."

    def handle(self, **options):
        if not settings.KEY_ENCRYPTION_KEY_PREVIOUS:
            raise CommandError("Set KEY_ENCRYPTION_KEY_PREVIOUS to the encryption key that was used before.")
        try:
            count = encrypt_keys_anew(by=None)
        except InvalidTag as fault:
            raise CommandError("A key opens with neither encryption key. Nothing was changed.") from fault
        self.stdout.write(f"{count} keys are encrypted anew. KEY_ENCRYPTION_KEY_PREVIOUS can be emptied now.")
