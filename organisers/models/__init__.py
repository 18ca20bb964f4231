"""Organisers, the people in them, the places they are at, and what the network knows of them."""

from organisers.models.invitation import Invitation
from organisers.models.join_request import JoinRequest
from organisers.models.membership import Membership, PastMembership
from organisers.models.organiser import City, Organiser, OrganiserText
from organisers.models.suspension import Suspension
from organisers.models.verification import (
    VALUES_VERSION,
    VerificationCase,
    VerificationDocument,
    VerificationQuestion,
)

__all__ = [
    "VALUES_VERSION",
    "City",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organiser",
    "OrganiserText",
    "PastMembership",
    "Suspension",
    "VerificationCase",
    "VerificationDocument",
    "VerificationQuestion",
]
