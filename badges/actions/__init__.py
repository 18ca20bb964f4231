"""What can be done with badges."""

from badges.actions.assertions import collect_badge, decline_badge, revoke_badge
from badges.actions.awards import Recipient, award, release_batch, undo_batch
from badges.actions.badge_classes import save_badge_class

__all__ = [
    "Recipient",
    "award",
    "collect_badge",
    "decline_badge",
    "release_batch",
    "revoke_badge",
    "save_badge_class",
    "undo_batch",
]
