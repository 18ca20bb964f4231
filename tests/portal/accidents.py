"""What goes wrong in the middle of something."""

from django.db import transaction


def fail_after(act):
    """Do something in a transaction that then fails."""
    with transaction.atomic():
        act()
        raise ZeroDivisionError
