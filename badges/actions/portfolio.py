"""A person's portfolio: its words, what is on it and in which order, and whether others may open it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from badges.actions.arranging import place, with_moved, with_wanted_first
from badges.actions.collections import badges_of
from badges.actions.showing import UNDER_AGE, publish_badge
from badges.models import Assertion, Collection, CollectionItem, Portfolio, PortfolioItem
from badges.models.collection import new_token
from badges.permissions import may_show_collections
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.workflow import Stale, StepRefused

MOST = 200
FULL = _("A portfolio holds %(count)d badges and collections at the most. Nothing was changed.")


def portfolio_of(person: Person) -> Portfolio:
    """Return a person's portfolio; the first time an empty one that nobody else opens."""
    return Portfolio.objects.get_or_create(person=person)[0]


@transaction.atomic
def describe_portfolio(*, by: Person, headline: str, about: str, seen: int) -> Portfolio:
    """Say something of oneself. Raises Stale where it was changed since one looked at it."""
    portfolio = locked(by)
    if seen != portfolio.version:
        raise Stale(portfolio, is_own=True)
    portfolio.headline, portfolio.about = headline, about
    return changed(portfolio, "words")


@transaction.atomic
def choose_for_portfolio(keys: Iterable[UUID], *, by: Person) -> Portfolio:
    """Let a portfolio hold exactly these badges and collections of the person: new ones come last."""
    portfolio = locked(by)
    there = {item.key: item for item in items_of(portfolio)}
    mine = things_of(by)
    chosen = {key for key in keys if key in there or key in mine}
    if len(chosen) > MOST:
        raise StepRefused([FULL % {"count": MOST}])
    PortfolioItem.objects.filter(pk__in=[there[key].pk for key in there.keys() - chosen]).delete()
    last = portfolio.items.aggregate(last=Max("position"))["last"] or 0
    new = [mine[key] for key in mine if key in chosen and key not in there]
    PortfolioItem.objects.bulk_create(
        PortfolioItem(portfolio=portfolio, position=number, **facts) for number, facts in enumerate(new, last + 1)
    )
    return changed(portfolio, "choose", {"things": len(chosen)})


@transaction.atomic
def move_in_portfolio(key: UUID, where: str, *, by: Person) -> Portfolio:
    """Put a badge or collection one place up or down."""
    order = [item.key for item in items_of(locked(by))]
    return arrange_portfolio(with_moved(order, key, where), by=by)


@transaction.atomic
def arrange_portfolio(keys: Iterable[UUID], *, by: Person) -> Portfolio:
    """Put badges and collections in this order; those that it does not name stay behind the others."""
    portfolio = locked(by)
    there = {item.key: item for item in items_of(portfolio)}
    order = with_wanted_first(list(there), keys)
    if order == list(there):
        return portfolio
    place(there, order)
    return changed(portfolio, "arrange")


@transaction.atomic
def show_portfolio(*, by: Person, shows_name: bool, may_be_indexed: bool = False) -> Portfolio:
    """Let whoever has its link open the portfolio."""
    if not may_show_collections(by):
        raise StepRefused([UNDER_AGE])
    portfolio = locked(by)
    portfolio.is_shown, portfolio.shows_name, portfolio.may_be_indexed = True, shows_name, may_be_indexed
    return changed(portfolio, "show", {"name": shows_name, "indexed": may_be_indexed})


@transaction.atomic
def hide_portfolio(*, by: Person) -> Portfolio:
    """Close the portfolio to others; its link leads nowhere for good, and one that is made later is another."""
    portfolio = locked(by)
    portfolio.is_shown, portfolio.may_be_indexed = False, False
    portfolio.token = new_token()
    return changed(portfolio, "hide")


@transaction.atomic
def publish_badges_on(portfolio: Portfolio, *, by: Person) -> int:
    """Publish the private badges of a portfolio that stand, with the name where the portfolio shows it."""
    private = private_badges(portfolio)
    return len([publish_badge(one, by=by, shows_name=portfolio.shows_name) for one in private.order_by("pk")])


def private_badges(portfolio: Portfolio):
    """Return the badges on a portfolio, alone or in a collection, that stand and that others do not see yet."""
    held = Assertion.objects.for_person(portfolio.person).collected().filter(published_at=None)
    inside = CollectionItem.objects.filter(collection__in=portfolio.items.values("collection"))
    return held.filter(pk__in=portfolio.items.values("assertion")) | held.filter(pk__in=inside.values("assertion"))


def things_of(person: Person) -> dict[UUID, dict]:
    """Return what can be put on a person's portfolio: by its key, the facts of an item."""
    collections = Collection.objects.of(person).values_list("key", "pk")
    return {key: {"collection_id": pk} for key, pk in collections} | badges_of(person)


def locked(person: Person) -> Portfolio:
    """Lock a person's portfolio until the transaction ends, and return it fresh."""
    return Portfolio.objects.select_for_update().get(pk=portfolio_of(person).pk)


def items_of(portfolio: Portfolio) -> list[PortfolioItem]:
    """Return what is on a portfolio, in its order, with its keys; nothing on one that nobody saved yet."""
    if portfolio.pk is None:
        return []
    return list(portfolio.items.select_related("assertion", "imported", "collection").order_by("position", "pk"))


def changed(portfolio: Portfolio, verb: str, facts: dict | None = None) -> Portfolio:
    """Save a portfolio as changed just now, and write down what was done."""
    portfolio.version += 1
    portfolio.changed_at = clock.now()
    portfolio.save()
    record(f"badges.portfolio.{verb}", about=portfolio, by=portfolio.person, facts=facts)
    return portfolio
