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
from organisers.actions.standing import (
    answer_suspension,
    confirm_suspension,
    lift_suspension,
    revoke_organiser,
    suspend_organiser,
)
from organisers.actions.units import move_organiser
from organisers.actions.verification import (
    answer_question,
    ask_for_information,
    ask_for_second_look,
    cancel_verification,
    grant_second_look,
    reject_verification,
    report_change,
    request_verification,
    take_up_verification,
    verify_organiser,
)

__all__ = [
    "accept_invitation",
    "accept_request",
    "answer_question",
    "answer_suspension",
    "ask_for_information",
    "ask_for_second_look",
    "ask_to_join",
    "cancel_verification",
    "change_invitation",
    "confirm_suspension",
    "create_organiser",
    "decline_request",
    "grant_second_look",
    "invite",
    "leave_organiser",
    "lift_suspension",
    "move_organiser",
    "people_to_tell",
    "record_standing",
    "reject_verification",
    "report_change",
    "request_verification",
    "revoke_invitation",
    "revoke_organiser",
    "send_invitation_again",
    "set_roles",
    "suspend_organiser",
    "take_up_verification",
    "update_organiser",
    "verify_organiser",
    "withdraw_request",
]
