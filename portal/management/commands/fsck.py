from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand

from portal.invariants import violations


class Command(BaseCommand):
    """Check every invariant; print what breaks one."""

    help = "Checks every invariant and prints the rows that break one; exits with 1 when there are any."

    def add_arguments(self, parser):
        parser.add_argument(
            "--sample",
            type=above_zero,
            metavar="N",
            help="verify the signatures of N badges chosen at random, not of all; everything else is checked in full",
        )

    def handle(self, *args, sample=None, **options):
        if sample:
            self.stdout.write(f"Signatures are verified for {sample} badges chosen at random, not for all.")
        found = False
        for sentence in violations(sample):
            found = True
            self.stdout.write(sentence)
        if found:
            raise SystemExit(1)


def above_zero(text: str) -> int:
    """Return a number of one or more."""
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise ArgumentTypeError(f"{text} is no number of badges")
