"""Tags of the letters and pages about invitations."""

from django import template

from organisers.links import invitation_link, invitation_path

register = template.Library()
register.simple_tag(invitation_link)
register.simple_tag(invitation_path)
