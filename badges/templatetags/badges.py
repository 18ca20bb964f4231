"""Tags of the letters and pages about badges."""

from django import template

from badges.claims import claim_link, code_link

register = template.Library()
register.simple_tag(claim_link)
register.simple_tag(code_link)
