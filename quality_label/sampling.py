"""The draw of what assessors look at: it depends on the seed alone, so that anybody who has it can repeat it.

Things are put in the order of a hash of the seed and their name; the first ones are drawn.
"""

import secrets
from collections.abc import Collection, Iterable
from hashlib import sha256

BADGES_DRAWN, AWARDS_DRAWN = 2, 3


def new_seed() -> str:
    """Return a seed that nobody can guess."""
    return secrets.token_hex(32)


def drawn(seed: str, names: Iterable[str], number: int) -> list[str]:
    """Return so many of the names, or all there are, in the order of the draw."""
    return sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).digest())[:number]


def drawn_badges(seed: str, chosen: Collection[str], others: Collection[str], skilled: Collection[str]) -> list[str]:
    """Return the badges drawn beside those that the applicant chose; one of all claims something to be able to.

    Where neither a chosen one nor one of the first drawn is among `skilled`, the first skilled one takes the place of
    the last drawn; where there is none, nothing is swapped.
    """
    order = drawn(seed, [name for name in others if name not in chosen], len(others))
    found = order[:BADGES_DRAWN]
    if found and not set(skilled) & {*chosen, *found}:
        claiming = next((name for name in order if name in skilled), None)
        if claiming:
            found[-1] = claiming
    return found
