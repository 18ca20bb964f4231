"""Pages of organisers: for the world, for their members, for those who are asked to join."""

from organisers.views.seen import organiser_seen

__all__ = ["organiser_seen"]
