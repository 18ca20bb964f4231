"""The registry of personal data: which columns hold it, why, and for how long.

Export, erasure and merging of a person are built on it, and a test fails when a model points at a person or
holds an address without being registered.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class PersonalData:
    """One model's personal columns, why they are kept, how long, and the rows that concern a person."""

    model: str
    fields: tuple[str, ...]
    purpose: str
    kept: str
    rows_of: Callable


registry: dict[str, PersonalData] = {}


def register(model: str, *, fields: tuple[str, ...], purpose: str, kept: str, rows_of: Callable) -> None:
    """Declare the personal columns of a model; `rows_of(person)` is the queryset of rows about that person."""
    registry[model] = PersonalData(model, fields, purpose, kept, rows_of)


def personal_data() -> dict[str, PersonalData]:
    """Return the registry, filled by every app's `personal_data` module."""
    autodiscover_modules("personal_data")
    return registry
