"""Figures about an organiser's issuing, computed for its self-assessment and for assessors; they decide nothing."""

from quality_label.criteria import FACTS
from quality_label.facts import awards, badge_classes, hints, learning  # noqa: F401 they register what they compute
from quality_label.facts.registry import Fact, facts_for, facts_named, registered

__all__ = ["Fact", "facts_for", "facts_named"]

if different := set(FACTS) ^ registered():
    raise LookupError(f"Named and computed are not the same: {sorted(different)}")
