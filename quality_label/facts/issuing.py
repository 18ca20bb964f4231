"""What the facts are computed from: an organiser with its units on a day, read from the database once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from badges.models import Assertion, BadgeClass
from organisers.models import Organiser
from portal.clock import months_later

MONTHS = 12


@dataclass(frozen=True)
class Issuing:
    """An organiser's issuing as it is on a day, and in the twelve months before."""

    organiser: Organiser
    on: date

    @property
    def since(self) -> date:
        """The first of the days that are looked at."""
        return months_later(self.on, -MONTHS)

    @cached_property
    def badges(self) -> list[BadgeClass]:
        """The published badges, with everything they say."""
        return list(BadgeClass.objects.inside(self.organiser).published().with_content().order_by("pk"))

    @property
    def awards(self):
        """The genuine awards of the twelve months."""
        awards = Assertion.objects.inside(self.organiser).genuine(self.organiser)
        return awards.issued_since(self.since).issued_until(self.on)

    @property
    def made(self):
        """All awards of the twelve months, also those that were taken back."""
        made = Assertion.objects.inside(self.organiser).out().originals()
        return made.issued_since(self.since).issued_until(self.on)
