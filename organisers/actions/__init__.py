"""What can be done with organisers."""

from organisers.actions.invitations import (
    accept_invitation,
    change_invitation,
    invite,
    revoke_invitation,
    send_invitation_again,
)
from organisers.actions.members import leave_organiser, people_to_tell, set_roles
from organisers.actions.profile import create_organiser, record_standing, update_organiser
from organisers.actions.requests import accept_request, ask_to_join, decline_request, withdraw_request
from organisers.actions.units import move_organiser

__all__ = [
    "accept_invitation",
    "accept_request",
    "ask_to_join",
    "change_invitation",
    "create_organiser",
    "decline_request",
    "invite",
    "leave_organiser",
    "move_organiser",
    "people_to_tell",
    "record_standing",
    "revoke_invitation",
    "send_invitation_again",
    "set_roles",
    "update_organiser",
    "withdraw_request",
]
