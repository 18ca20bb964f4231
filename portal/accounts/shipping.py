"""The versions of the terms that come with the portal, for migrations: rows that are there stay as they are."""

from datetime import date
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"


def ship(version_model, text_model, number: int, day: date) -> None:
    """Write a version, in force from a day, and its texts in those languages that it has not yet."""
    version, _is_new = version_model.objects.get_or_create(number=number, defaults={"in_force_on": day})
    for path in sorted(TEXTS.glob(f"{number}.*.txt")):
        _number, kind, language = path.stem.split(".")
        text_model.objects.get_or_create(
            version=version, kind=kind, language=language, defaults={"words": path.read_text()}
        )
