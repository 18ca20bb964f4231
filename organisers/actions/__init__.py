"""What can be done with organisers."""

from organisers.actions.members import set_roles
from organisers.actions.profile import create_organiser, record_standing, update_organiser

__all__ = ["create_organiser", "record_standing", "set_roles", "update_organiser"]
