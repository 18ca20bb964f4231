"""Organisers, the people in them and the places they are at."""

from organisers.models.invitation import Invitation
from organisers.models.join_request import JoinRequest
from organisers.models.membership import Membership
from organisers.models.organiser import City, Organiser, OrganiserText

__all__ = ["City", "Invitation", "JoinRequest", "Membership", "Organiser", "OrganiserText"]
