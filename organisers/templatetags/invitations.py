"""Tags of the letters and pages about invitations."""

from django import template

from organisers.links import invitation_link, invitation_path
from organisers.models import Membership

register = template.Library()


@register.filter
def role_names(roles) -> str:
    """Name roles in the language of the reader."""
    return ", ".join(str(Membership.Role(role).label) for role in roles)


register.simple_tag(invitation_link)
register.simple_tag(invitation_path)
