"""Tags of the letters and pages about badges."""

from django import template
from django.utils.translation import get_language

from badges.claims import claim_link, code_link
from badges.models.skill import name_skills

register = template.Library()
register.simple_tag(claim_link)
register.simple_tag(code_link)


@register.filter
def named(skills) -> list[dict]:
    """Return skills as the reader of the page sees them, in one query."""
    return name_skills(skills, get_language())
