"""Collections and shares of the demo: a learner shows what she can repair, and keeps some for herself."""

from datetime import timedelta

from badges.actions.collections import arrange_badges, choose_badges, create_collection, share_collection
from badges.actions.portfolio import choose_for_portfolio, describe_portfolio, show_portfolio
from badges.actions.reader_shares import Chosen, make_share, note_opening, stop_share
from badges.actions.showing import publish_badge
from badges.models import Assertion, Collection
from portal import clock
from portal.accounts.models import Person

SHOWN = ("Things I can repair", "What I learned to mend, at home and at the repair café.")
MESSAGE = "Thank you for looking at my application. These are the two that matter."
ABOUT = "I mend bicycles and lamps, and show others how. Looking for a place in a workshop from September."
KEPT = ("For my application", "Still to be chosen.")


def build_collections() -> None:
    """Let one learner share three badges with everybody, one of them still private, and keep another collection."""
    learner = Person.objects.get(email="learner02@example.org")
    keys = list(Assertion.objects.for_person(learner).collected().order_by("pk").values_list("key", flat=True))
    shown = create_collection(by=learner, name=SHOWN[0], description=SHOWN[1])
    choose_badges(shown, keys[-1:] + keys[:2], by=learner)
    arrange_badges(shown, keys[-1:], by=learner)
    share_collection(shown, by=learner, visibility="public", shows_name=True)
    private = Assertion.objects.for_person(learner).collected().filter(published_at=None).order_by("pk")
    publish_badge(private.first(), by=learner, shows_name=True)
    kept = create_collection(by=learner, name=KEPT[0], description=KEPT[1])
    choose_badges(kept, keys[-1:], by=learner)


def build_portfolio() -> None:
    """Let the same learner show a portfolio of her collections."""
    learner = Person.objects.get(email="learner02@example.org")
    describe_portfolio(by=learner, headline="Repairs what others throw away", about=ABOUT, seen=0)
    choose_for_portfolio(Collection.objects.of(learner).values_list("key", flat=True), by=learner)
    show_portfolio(by=learner, shows_name=True)


def build_shares() -> None:
    """Let the same learner show a badge with its evidence to one reader, and have stopped showing it to another."""
    learner = Person.objects.get(email="learner02@example.org")
    badges = [
        Chosen(one.key, tuple(one.row.evidence), result=True)
        for one in Assertion.objects.for_person(learner).collected().select_related("row").order_by("pk")[:2]
    ]
    days = {"until": clock.today() + timedelta(days=21), "badges": badges, "by": learner}
    open_to = make_share(reader="Rasa B., Neris Library", message=MESSAGE, language="lt", shows_name=True, **days)
    for _time in range(3):
        note_opening(open_to)
    stop_share(make_share(reader="The bicycle shop", language="en", **days), by=learner)
