"""How often the portal asks foreign sites, and when it may."""

from collections.abc import Collection

from allauth.core.internal.ratelimit import consume
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.fetching.fetcher import LIMIT, Answer, Fetched, SafeFetcher
from portal.fetching.links import read_link
from portal.fetching.refusals import NotFetched, TooOften

DOOR = SafeFetcher()
TIMES = {"person": "60/h/key", "site": "30/m/key"}
ENOUGH = _("The portal has looked at many addresses just now. Try again in an hour.")


def fetch(url: str, *, by=None, kinds: Collection[str] = (), limit: int = LIMIT) -> Fetched:
    """Return what lies at an address that `by`, or the portal itself, wants to read; see `SafeFetcher.fetch`.

    Raises `Refused`, `Unreachable` or `TooOften`. It takes up to ten seconds: fetch first, then act on what came.
    """
    step_up(url, by)
    return DOOR.fetch(url, kinds=kinds, limit=limit)


def answers(url: str, *, by=None) -> Answer:
    """Say whether a page opens for everybody; raises `TooOften` where that was not tried."""
    try:
        step_up(url, by)
    except TooOften:
        raise
    except NotFetched as fault:
        return Answer(False, fault.reason)
    return DOOR.answers(url)


def step_up(url: str, by) -> None:
    """Count a fetch against the limits of the person and of the site; never while rows are locked."""
    blocks = transaction.get_connection().atomic_blocks
    if any(not block._from_testcase for block in blocks):  # as Django's own durable blocks ask
        raise RuntimeError("Fetch before the transaction: a slow site would keep everybody else's rows locked.")
    counted = {"person": str(by.pk)} if by else {}
    counted["site"] = read_link(url).host
    for action, key in counted.items():
        if not consume(None, app="fetching", action=action, config=TIMES, key=key, limit_get=True):
            raise TooOften(ENOUGH)
