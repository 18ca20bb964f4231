"""The indexes that this process keeps: one for each kind of page and language, with the cards that were drawn from it.

They are made anew when what they say changed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from wagtail.models import Page, PageViewRestriction

from badges.models import BadgeClass, BadgeClassText, Issuer, IssuerKey
from organisers.models import City, Organiser, OrganiserText
from pathways.index import Index
from portal import clock
from portal.versions import PUBLISHED, renew, version_of
from quality_label.models import Label

CARDS = 1000  # kept of an index at most
NEWEST_DATES = timedelta(minutes=5)  # how long a date that has passed may still be the next one
CHANGING = (
    Page,
    PageViewRestriction,
    Organiser,
    OrganiserText,
    City,
    BadgeClass,
    BadgeClassText,
    Issuer,
    IssuerKey,
    Label,
)

_kept: dict[tuple[str, str], "Kept"] = {}


@dataclass(frozen=True)
class Kept:
    """An index and how long it holds."""

    index: Index
    version: str
    day: date
    made_at: datetime
    cards: dict[tuple, str] = field(default_factory=dict)  # drawn, by page and by how it is shown

    def keep_cards(self, cards: dict[tuple, str]) -> None:
        """Keep cards for the next reader, within a limit."""
        if len(self.cards) + len(cards) > CARDS:
            self.cards.clear()
        self.cards.update(cards)

    def holds(self, version: str) -> bool:
        """Say whether nothing has changed since it was made."""
        now = clock.now()
        return (
            self.version == version and self.day == clock.today() and self.made_at <= now < self.made_at + NEWEST_DATES
        )


def kept_for(model, weigh, language: str) -> Kept:
    """Return the index of the pages of a model that lists may show, as a reader of a language finds them."""
    version, name = version_of(PUBLISHED), (model.__name__, language)
    if not (version and name in _kept and _kept[name].holds(version)):
        labelled = set(Label.objects.standing().values_list("organiser", flat=True))
        index = Index(weigh(model.objects.open_to_all(), language, labelled))
        _kept[name] = Kept(index, version, clock.today(), clock.now())
    return _kept[name]


def forget(sender, **facts) -> None:
    """Make indexes and kept parts anew in all processes when what they are made of changes."""
    if issubclass(sender, CHANGING):
        renew(PUBLISHED)
