"""What can be done with badges."""

from badges.actions.assertions import collect_badge, decline_badge, revoke_badge
from badges.actions.awards import Recipient, award, release_batch, undo_batch
from badges.actions.badge_classes import (
    copy_badge_class,
    delete_badge_class,
    delete_badge_text,
    save_badge_class,
    save_badge_text,
)

__all__ = [
    "Recipient",
    "award",
    "collect_badge",
    "copy_badge_class",
    "decline_badge",
    "delete_badge_class",
    "delete_badge_text",
    "release_batch",
    "revoke_badge",
    "save_badge_class",
    "save_badge_text",
    "undo_batch",
]
