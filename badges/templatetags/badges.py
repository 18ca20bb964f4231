"""Tags of the letters and pages about badges."""

from django import template

from badges.claims import claim_link

register = template.Library()
register.simple_tag(claim_link)
