"""The facts that can be computed, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from organisers.models import Organiser
from quality_label.criteria import Framework
from quality_label.facts.issuing import Issuing


@dataclass(frozen=True)
class Fact:
    """A lazy sentence, its number or share of one, and where to look: each text with its address.

    It names no recipient. The links lead to what the sentence counts.
    """

    sentence: Promise
    figure: float | None = None
    links: tuple[tuple[str, str], ...] = ()


_computed: dict[str, Callable[[Issuing], Fact | None]] = {}


def fact(name: str):
    """Register a function that computes a fact, or None where there is nothing to say."""

    def attach(compute):
        _computed[name] = compute
        return compute

    return attach


def registered() -> set[str]:
    """Return the names of all facts that can be computed."""
    return set(_computed)


def facts_named(names, organiser: Organiser, on: date) -> dict[str, Fact | None]:
    """Return facts by name, each computed once."""
    issuing = Issuing(organiser, on)
    return {name: _computed[name](issuing) for name in names}


def facts_for(organiser: Organiser, framework: Framework, on: date) -> dict[str, list[Fact]]:
    """Return what the portal computes about each criterion that names facts; each is computed once."""
    named = {name for criterion in framework.criteria.values() for name in criterion.facts}
    found = facts_named(sorted(named), organiser, on)
    return {
        code: [found[name] for name in criterion.facts if found[name]]
        for code, criterion in framework.criteria.items()
        if criterion.facts
    }
