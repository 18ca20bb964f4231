"""A playlist as its route: the stops in the reader's language, what the rule asks, and how far a learner has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language, gettext, ngettext

from pathways.models.activity import ActivityPage
from pathways.models.attempt import Attempt
from pathways.models.pages import one_of_each
from pathways.models.playlist import PlaylistPage
from portal.ui.templatetags.ui import duration


@dataclass
class Stop:
    """One activity on the route, in the words of the component that draws it."""

    number: int
    activity: ActivityPage
    is_compulsory: bool
    may_be_skipped: bool = False
    is_optional: bool = False  # it counts for nothing; a choice among several may be skipped, but is none of these
    attempt: Attempt | None = None
    is_next: bool = False
    is_first: bool = False
    group: str = ""
    group_title: str = ""
    is_locked: bool = False

    @property
    def key(self):
        return self.activity.translation_key

    @property
    def is_done(self):
        return self.attempt is not None and self.attempt.is_passed

    @property
    def state(self):
        if self.is_done:
            return "done"
        if self.attempt is not None and self.attempt.is_submitted:
            return "waiting"
        if self.is_next:
            return "now"
        if self.is_locked:
            return "locked"
        return "returned" if self.is_returned else ""

    @property
    def is_returned(self):
        return self.attempt is not None and self.attempt.is_returned

    @property
    def title(self):
        return self.activity.title

    @property
    def url(self):
        return self.activity.url

    @property
    def meta(self):
        parts = [duration(self.activity.minutes), self.activity.get_mode_display()]
        if self.is_compulsory:
            parts.append(gettext("compulsory"))
        if self.group_title:
            parts.append(self.group_title)
        return " · ".join(str(part) for part in parts)

    @property
    def text(self):
        return self.activity.summary if self.is_next else ""

    @property
    def action(self):
        name = gettext("Begin") if self.is_first else gettext("Go on")
        return {"url": self.url, "name": name} if self.is_next else None

    @property
    def lang(self):
        return self.activity.language if self.activity.language != get_language() else ""


@dataclass
class Route:
    """The stops of a playlist and its rule: n of m, and every compulsory one.

    What is not published now is no stop, and still counts: nobody is done because an author or a moderator took
    something off for a while.
    """

    playlist: PlaylistPage
    stops: list[Stop]
    away: list[Stop]
    is_joined: bool = False
    kept: frozenset[UUID] = frozenset()  # activities that the learner passed and that were taken out since

    def __post_init__(self):
        self.steps = self.stops + self.away
        rules = self.playlist.group_rules()
        self.groups = {letter: rule for letter, rule in rules.items() if any(s.group == letter for s in self.steps)}
        for stop in self.stops:
            stop.group_title = self.groups.get(stop.group, ("", 0))[0]
            stop.may_be_skipped = not stop.is_compulsory and self.needed < len(self.steps)
            stop.is_optional = stop.may_be_skipped and not self.leaves_a_choice(stop)
        if self.playlist.is_in_order and self.has_begun:
            self.lock_what_is_not_open()
        if self.has_begun and (following := self.next_stop):
            following.is_next = True
            following.is_first = self.is_untouched

    def lock_what_is_not_open(self) -> None:
        """Lock each stop before which something that is needed is not done."""
        is_open = True
        for stop in self.stops:
            stop.is_locked = not is_open and stop.attempt is None
            is_open = is_open and (stop.is_done or stop.may_be_skipped)

    @cached_property
    def needed(self) -> int:
        """How many activities the rule asks for: never more than there are, never fewer than are compulsory."""
        wanted = min(self.playlist.required_count or len(self.steps), len(self.steps))
        return max(wanted, sum(stop.is_compulsory for stop in self.steps))

    def is_met(self, passed_keys) -> bool:
        """Say whether these activities are enough."""
        there = [stop for stop in self.steps if stop.key in passed_keys]
        compulsory = all(stop in there for stop in self.steps if stop.is_compulsory)
        in_groups = all(sum(stop.group == letter for stop in there) >= self.needed_in(letter) for letter in self.groups)
        return bool(self.steps) and len(there) + len(self.kept) >= self.needed and compulsory and in_groups

    def leaves_a_choice(self, stop: Stop) -> bool:
        """Say whether a stop counts for the rule: more is asked for than the compulsory ones, here or in its group."""
        asked = self.needed > sum(other.is_compulsory for other in self.steps)
        return asked or (stop.group in self.groups and self.needed_in(stop.group) > 0)

    def needed_in(self, letter: str) -> int:
        """How many activities of a group the rule asks for: never more than there are."""
        return min(self.groups[letter][1], sum(stop.group == letter for stop in self.steps))

    @property
    def passed_keys(self) -> set[UUID]:
        """The activities that the learner passed."""
        return {stop.key for stop in self.steps if stop.is_done}

    @property
    def is_held_up(self) -> bool:
        """Say whether it cannot be completed before something that is not published now is back."""
        return bool(self.away) and not self.is_met(self.passed_keys | {stop.key for stop in self.stops})

    @property
    def done(self) -> int:
        return len(self.passed_keys) + len(self.kept)

    @property
    def done_of_needed(self) -> int:
        return min(self.done, self.needed)

    @property
    def is_untouched(self) -> bool:
        return not any(stop.attempt for stop in self.stops)

    @property
    def has_begun(self) -> bool:
        return self.is_joined or not self.is_untouched

    @property
    def next_stop(self) -> Stop | None:
        """The first stop on which the learner can do something, the needed ones before the optional ones."""
        if self.is_met(self.passed_keys):
            return None
        open_stops = [stop for stop in self.stops if stop.state in {"", "returned", "now"}]
        return next(iter(open_stops), None)

    def stop_before(self, locked: Stop) -> Stop:
        """The stop that has to be done before a locked one opens."""
        earlier = self.stops[: self.stops.index(locked)]
        return next(stop for stop in earlier if not (stop.is_done or stop.may_be_skipped))

    @property
    def call(self) -> str:
        """What the button to the next stop says."""
        if self.is_untouched:
            return gettext("Begin with %(title)s") % {"title": self.next_stop.title}
        return gettext("Go on with %(title)s") % {"title": self.next_stop.title}

    @property
    def minutes(self) -> int:
        return sum(stop.activity.minutes for stop in self.stops)

    @property
    def station(self) -> dict | None:
        """The badge at the end, as the drawn route shows it."""
        badge = self.playlist.badge_class
        return badge and {"title": badge.name, "image": badge.picture_url, "url": badge.get_absolute_url()}

    @property
    def lang(self) -> str:
        return self.playlist.language if self.playlist.language != get_language() else ""

    @property
    def rule(self) -> str:
        """The rule as a sentence."""
        if self.needed == len(self.steps):  # groups ask for nothing beyond all of them
            return ngettext("%(count)d activity", "All %(count)d activities", self.needed) % {"count": self.needed}
        words = gettext("%(needed)d of %(all)d activities") % {"needed": self.needed, "all": len(self.steps)}
        if names := ", ".join(stop.title for stop in self.stops if stop.is_compulsory):
            words = gettext("%(counted)s, compulsory: %(names)s") % {"counted": words, "names": names}
        for letter, (title, _needed) in self.groups.items():
            facts = {"counted": words, "needed": self.needed_in(letter), "group": title}
            words = gettext("%(counted)s, %(needed)d of “%(group)s”") % facts
        return words


def lay_routes(
    playlists: Iterable[PlaylistPage], *, locale, person=None, is_joined=False, kept: Iterable[str] = ()
) -> list[Route]:
    """Return the route of each playlist with a person's progress; the same few queries for one playlist or thirty.

    Steps name a page of an activity in some language. Progress and the page to show are found by its translation
    key; an activity that is published in no language is away.
    """
    steps = [(playlist, list(playlist.steps.all())) for playlist in playlists]
    named = {step.activity_id for _playlist, rows in steps for step in rows}
    same = ActivityPage.objects.filter(pk__in=named).order_by().values("translation_key")
    here = ActivityPage.objects.live().filter(locale=locale, translation_key=OuterRef("translation_key"))
    wanted = Q(pk__in=named) | Q(locale=locale) | ~Exists(here)
    pages = ActivityPage.objects.select_related("locale").filter(wanted, translation_key__in=same).order_by("pk")
    keys = {page.pk: page.translation_key for page in pages}
    shown = one_of_each((page for page in pages if page.live), locale)
    drafts = {page.translation_key: page for page in pages}
    attempts = Attempt.objects.of(person).by_key(keys.values()) if person else {}
    routes = []
    for playlist, rows in steps:
        there = {keys[step.activity_id]: step for step in rows if step.activity_id in keys}
        numbers, stops, away = count(1), [], []
        for key, step in there.items():
            facts = {"is_compulsory": step.is_compulsory, "attempt": attempts.get(key), "group": step.group}
            if key in shown:
                stops.append(Stop(next(numbers), shown[key], **facts))
            else:
                away.append(Stop(0, drafts[key], **facts))
        routes.append(Route(playlist, stops, away, is_joined, frozenset(map(UUID, kept)) - set(there)))
    return routes
