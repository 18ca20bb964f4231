"""The order of a list that a person puts together: one place up or down, or all at once."""

from collections.abc import Iterable
from uuid import UUID

UP, DOWN = "up", "down"


def with_moved(order: list[UUID], key: UUID, where: str) -> list[UUID]:
    """Return an order in which one key stands a place higher or lower; at the end of the list it stays."""
    moved = list(order)
    if key in moved:
        place = moved.index(key)
        other = place + (1 if where == DOWN else -1)
        if 0 <= other < len(moved):
            moved[place], moved[other] = moved[other], moved[place]
    return moved


def with_wanted_first(order: list[UUID], wanted: Iterable[UUID]) -> list[UUID]:
    """Return an order that begins with the wanted keys that are in it; the others stay behind them as they were."""
    first = list(dict.fromkeys(key for key in wanted if key in set(order)))
    return first + [key for key in order if key not in set(first)]


def place(items: dict[UUID, object], order: list[UUID]) -> None:
    """Save the items of a list at their places in an order."""
    for number, key in enumerate(order, 1):
        items[key].position = number
    if items:
        type(next(iter(items.values()))).objects.bulk_update(items.values(), ["position"], batch_size=200)
