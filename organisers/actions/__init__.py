"""What can be done with organisers."""

from organisers.actions.members import leave_organiser, set_roles
from organisers.actions.profile import create_organiser, record_standing, update_organiser
from organisers.actions.units import move_organiser

__all__ = [
    "create_organiser",
    "leave_organiser",
    "move_organiser",
    "record_standing",
    "set_roles",
    "update_organiser",
]
