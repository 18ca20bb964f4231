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
    """Return skills, rows or what a published version keeps of them, as the reader sees them, in one query."""
    pairs = [(one["label"], one["uri"]) if isinstance(one, dict) else (one.label, one.uri) for one in skills]
    return name_skills(pairs, get_language())
