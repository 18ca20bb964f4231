"""What must hold in the database at any time; `manage.py fsck` prints the rows that break a rule."""

from collections.abc import Callable, Iterable

from django.utils.module_loading import autodiscover_modules

checks: list[tuple[str, Callable[[], Iterable[str]]]] = []


def invariant(name: str):
    """Register a function that yields a sentence for each row that breaks the rule."""

    def register(function):
        checks.append((name, function))
        return function

    return register


def violations() -> Iterable[str]:
    """Yield every broken rule of every app, in words; a check that breaks down itself says so and stops no other."""
    autodiscover_modules("invariants")
    for name, check in checks:
        try:
            for sentence in check():
                yield f"{name}: {sentence}"
        except Exception as fault:  # noqa: BLE001 whatever it is, the person who ran the check reads it
            yield f"{name}: could not be checked: {type(fault).__name__}: {fault}"
