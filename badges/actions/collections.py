"""Putting badges together under a name, arranging them, and showing them to others."""

from collections.abc import Collection as Several
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from badges.actions.arranging import place, with_moved, with_wanted_first
from badges.models import Assertion, Collection, CollectionItem, ImportedBadge
from badges.models.collection import new_token
from badges.permissions import may_keep, may_show_collections
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.workflow import Stale, StepRefused

MOST, MOST_BADGES = 100, 2000
FULL = _("You have %(count)d collections; more is not possible.")
FULL_OF_BADGES = _("A collection holds %(count)d badges at the most. Nothing was changed.")
UNDER_AGE = _("Collections of people under age stay private: their badges have no page that others may open.")


@transaction.atomic
def create_collection(*, by: Person, name: str, description: str = "") -> Collection:
    """Begin a collection, which is empty and private."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)  # or two windows would pass the limit together
    if Collection.objects.of(by).count() >= MOST:
        raise StepRefused([FULL % {"count": MOST}])
    collection = Collection.objects.create(person=by, name=name, description=description)
    record("badges.collection.create", about=collection, by=by)
    return collection


@transaction.atomic
def change_words(collection: Collection, *, by: Person, name: str, description: str, seen: int) -> Collection:
    """Give a collection another name or description. Raises Stale where it was changed since one looked at it."""
    collection = locked(collection, by)
    if seen != collection.version:
        raise Stale(collection, is_own=True)
    collection.name, collection.description = name, description
    return changed(collection, "words", by)


@transaction.atomic
def choose_badges(collection: Collection, keys: Iterable[UUID], *, by: Person) -> Collection:
    """Let a collection hold exactly these badges of the person: new ones come last, the others stay where they are.

    Keys of badges that the person does not hold count only where they are in the collection already.
    """
    collection = locked(collection, by)
    there = {item.key: item for item in items_of(collection)}
    mine = badges_of(by)
    chosen = {key for key in keys if key in there or key in mine}
    if len(chosen) > MOST_BADGES:
        raise StepRefused([FULL_OF_BADGES % {"count": MOST_BADGES}])
    gone = [there[key].pk for key in there.keys() - chosen]
    new = [mine[key] for key in mine if key in chosen and key not in there]
    if not gone and not new:
        return collection
    CollectionItem.objects.filter(pk__in=gone).delete()
    append(collection, new)
    return changed(collection, "badges", by, {"new": len(new), "gone": len(gone)})


@transaction.atomic
def choose_collections(key: UUID, collections: Several[UUID], *, by: Person, new_name: str = "") -> Collection | None:
    """Let a badge of a person be in exactly these of their collections, and in a new one where that is given a name.

    Returns the new one.
    """
    badge = badges_of(by).get(key)
    if badge is None:
        raise PermissionDenied
    chosen = set(collections)
    made = create_collection(by=by, name=new_name) if new_name else None
    if made:
        chosen.add(made.key)
    holding = collections_with(CollectionItem(**badge))
    for collection in Collection.objects.of(by):
        if (collection.pk in holding) != (collection.key in chosen):
            choose_badges(collection, {item.key for item in items_of(collection)} ^ {key}, by=by)
    return made


@transaction.atomic
def move_badge(collection: Collection, key: UUID, where: str, *, by: Person) -> Collection:
    """Put a badge one place up or down; at the end of the list it stays."""
    collection = locked(collection, by)
    order = [item.key for item in items_of(collection)]
    return arrange_badges(collection, with_moved(order, key, where), by=by)


@transaction.atomic
def arrange_badges(collection: Collection, keys: Iterable[UUID], *, by: Person) -> Collection:
    """Put the badges in this order; those that it does not name stay behind the others as they were."""
    collection = locked(collection, by)
    there = {item.key: item for item in items_of(collection)}
    order = with_wanted_first(list(there), keys)
    if order == list(there):
        return collection
    place(there, order)
    return changed(collection, "arrange", by)


@transaction.atomic
def share_collection(
    collection: Collection, *, by: Person, visibility: str, shows_name: bool = False, may_be_indexed: bool = False
) -> Collection:
    """Let others open a collection, whoever has the link or everybody; to make it private is to stop sharing it."""
    if visibility == Collection.Visibility.PRIVATE:
        return stop_sharing(collection, by=by)
    collection = locked(collection, by)
    if not may_show_collections(by):
        raise StepRefused([UNDER_AGE])
    collection.visibility, collection.shows_name = Collection.Visibility(visibility), shows_name
    collection.may_be_indexed = may_be_indexed and collection.is_public
    return changed(collection, "share", by, {"visibility": collection.visibility})


@transaction.atomic
def stop_sharing(collection: Collection, *, by: Person) -> Collection:
    """Make a collection private again; its link leads nowhere for good, and one that is made later is another."""
    collection = locked(collection, by)
    collection.visibility, collection.may_be_indexed = Collection.Visibility.PRIVATE, False
    collection.token = new_token()
    return changed(collection, "stop_sharing", by)


@transaction.atomic
def delete_collection(collection: Collection, *, by: Person) -> None:
    """Forget a collection; its badges stay where they are."""
    collection = locked(collection, by)
    record("badges.collection.delete", about=collection, by=by)
    collection.delete()


def badges_of(person: Person) -> dict[UUID, dict]:
    """Return what can be put into a person's collections: by its key, the facts of an item."""
    collected = Assertion.objects.for_person(person).collected().values_list("key", "pk")
    imported = ImportedBadge.objects.of(person).values_list("key", "pk")
    found = {key: {"assertion_id": pk} for key, pk in collected}
    return found | {key: {"imported_id": pk} for key, pk in imported}


def collections_with(item: CollectionItem) -> set[int]:
    """Return the keys in the database of the collections in which the badge of an item is."""
    same = CollectionItem.objects.filter(assertion=item.assertion_id, imported=item.imported_id)
    return set(same.values_list("collection", flat=True))


def locked(collection: Collection, by: Person) -> Collection:
    """Lock a collection of the person until the transaction ends, and return it fresh."""
    if not may_keep(collection, by):
        raise PermissionDenied
    return Collection.objects.select_for_update().get(pk=collection.pk)


def items_of(collection: Collection) -> list[CollectionItem]:
    """Return what is in a collection, in its order, with the keys of the badges."""
    return list(collection.items.select_related("assertion", "imported").order_by("position", "pk"))


def append(collection: Collection, badges: list[dict]) -> None:
    """Put badges behind those that are in a collection."""
    last = collection.items.aggregate(last=Max("position"))["last"] or 0
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, position=place, **facts) for place, facts in enumerate(badges, last + 1)
    )


def changed(collection: Collection, verb: str, by: Person, facts: dict | None = None) -> Collection:
    """Save a collection as changed just now, and write down what was done."""
    collection.version += 1
    collection.changed_at = clock.now()
    collection.save()
    record(f"badges.collection.{verb}", about=collection, by=by, facts=facts)
    return collection
