"""What becomes of badges and of two portfolios when the accounts of their people become one."""

from django.db.models import Max

from badges.models import Assertion, Portfolio, PortfolioItem
from badges.models.assertion import belongs_to
from portal.accounts.models import Person
from portal.uniting import Move

LISTED = ("assertion_id", "imported_id", "collection_id")


def move_badges(kept: Person, other: Person) -> None:
    """Let the badges of an account be another one's, those included that it collects at this moment: wait for these."""
    waiting = Assertion.objects.filter(belongs_to([kept, other])).select_for_update(no_key=True).order_by("pk")
    list(waiting.values_list("pk", flat=True))
    Move()(Assertion, kept, other)


def keep_one_portfolio(mine: Portfolio, theirs: Portfolio) -> None:
    """Keep one portfolio: the second where nothing is in the first, else the first, with what the second held.

    Strangers see nothing that they could not see before: what lay in a portfolio that was off is left out of one that
    is on; so is what was shown without a name where the other names its person, or kept from search engines.
    """
    if not mine.has_something():
        mine.delete()
        return
    if not mine.is_shown or says_as_little(mine, theirs):
        append(mine, theirs)
    theirs.delete()


def says_as_little(mine: Portfolio, theirs: Portfolio) -> bool:
    """Say whether one portfolio tells strangers no more about what is on it than another one tells them already."""
    shown = ("is_shown", "shows_name", "may_be_indexed")
    return all(getattr(theirs, switch) or not getattr(mine, switch) for switch in shown)


def append(mine: Portfolio, theirs: Portfolio) -> None:
    """Put what is in one portfolio behind what is in another, each once."""
    there = set(mine.items.values_list(*LISTED))
    last = mine.items.aggregate(last=Max("position"))["last"] or 0
    new = [
        item
        for item in theirs.items.order_by("position", "pk")
        if tuple(getattr(item, one) for one in LISTED) not in there
    ]
    for place, item in enumerate(new, last + 1):
        PortfolioItem.objects.filter(pk=item.pk).update(portfolio=mine, position=place)
