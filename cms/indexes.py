"""The indexes that this process keeps: one for each kind of page and language, made anew when what they say changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wagtail.models import Page, PageViewRestriction

from badges.models import BadgeClass
from organisers.models import City, Organiser
from pathways.index import Index
from pathways.models import ActivityPage, PlaylistPage
from portal import clock
from portal.versions import renew, version_of
from quality_label.models import Label

LEARNING = "learning"
NEWEST_DATES = timedelta(minutes=5)  # how long a date that has passed may still be the next one
CHANGING = (ActivityPage, PlaylistPage, Organiser, City, BadgeClass, Label, Page, PageViewRestriction)

_kept: dict[tuple[str, str], "Kept"] = {}


@dataclass(frozen=True)
class Kept:
    """An index and how long it holds."""

    index: Index
    version: str
    day: date
    made_at: datetime

    def holds(self, version: str) -> bool:
        """Say whether nothing has changed since it was made."""
        now = clock.now()
        return (
            self.version == version and self.day == clock.today() and self.made_at <= now < self.made_at + NEWEST_DATES
        )


def index_of(model, weigh, language: str) -> Index:
    """Return the index of the pages of a model that lists may show, as a reader of a language finds them."""
    version, name = version_of(LEARNING), (model.__name__, language)
    if not (version and name in _kept and _kept[name].holds(version)):
        labelled = set(Label.objects.standing().values_list("organiser", flat=True))
        index = Index(weigh(model.objects.open_to_all(), language, labelled))
        _kept[name] = Kept(index, version, clock.today(), clock.now())
    return _kept[name].index


def forget_indexes(sender, **facts) -> None:
    """Make all indexes anew in all processes when what they are made of changes."""
    if sender in CHANGING:
        renew(LEARNING)
