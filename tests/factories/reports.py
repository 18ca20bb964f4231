"""Reports on pages, for tests."""

from pathways.models import PlaylistPage
from portal.accounts.models import Person
from reports.actions import close_report, report_page, take_up_report
from reports.models import Report
from reports.subjects import subject_at
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist

WORDS = "The second step sends children over a motorway."


def reported(page: PlaylistPage | None = None, *, path="", by=None, reason="wrong", words=WORDS, email="") -> Report:
    """Return a report on a playlist, or on what stands at a path."""
    subject = subject_at(path or (page or playlist(activity())).url, by or PersonFactory())
    return report_page(subject, reason=reason, words=words, email=email, by=by)


def in_hand(handler: Person, page: PlaylistPage | None = None, **facts) -> Report:
    """Return a report that somebody looks at."""
    return take_up_report(reported(page, **facts), by=handler)


def taken_off(handler: Person, page: PlaylistPage | None = None, **facts) -> Report:
    """Return a report whose page was taken off."""
    words = "The route breaks the rules of the network."
    return close_report(in_hand(handler, page, **facts), outcome="taken_off", words=words, by=handler)
