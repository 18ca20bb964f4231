"""Organisers, the people in them and the places they are at."""

from organisers.models.membership import Membership
from organisers.models.organiser import City, Organiser, OrganiserText

__all__ = ["City", "Membership", "Organiser", "OrganiserText"]
