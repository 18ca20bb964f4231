"""Hints for whoever writes a badge: what a reader will miss. Pure functions, each with a neutral code."""

from badges.hints.facts import Facts
from badges.hints.rules import Hint, all_hints, hints_for

__all__ = ["Facts", "Hint", "all_hints", "hints_for"]
