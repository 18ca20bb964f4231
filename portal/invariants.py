"""What must hold in the database at any time; `manage.py fsck` prints the rows that break a rule."""

from collections.abc import Callable, Iterable

from django.utils.module_loading import autodiscover_modules

checks: list[tuple[str, Callable[..., Iterable[str]], bool]] = []


def invariant(name: str, *, is_slow: bool = False):
    """Register a function that yields a sentence for each row that breaks the rule.

    One that is slow takes `sample`: how many rows, chosen at random, it looks at; None for all.
    """

    def register(function):
        checks.append((name, function, is_slow))
        return function

    return register


def violations(sample: int | None = None) -> Iterable[str]:
    """Yield every broken rule of every app, in words; a check that breaks down itself says so and stops no other.

    Slow checks look at no more than `sample` rows chosen at random.
    """
    autodiscover_modules("invariants")
    for name, check, is_slow in checks:
        try:
            for sentence in check(sample=sample) if is_slow else check():
                yield f"{name}: {sentence}"
        except Exception as fault:  # noqa: BLE001 whatever it is, the person who ran the check reads it
            yield f"{name}: could not be checked: {type(fault).__name__}: {fault}"
