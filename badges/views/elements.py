"""What a micro-credential says beyond other badges, as its page shows it."""

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from badges.models import BadgeClass, BadgeClassText

CHOSEN = ("level", "cycle", "participation", "supervision")
WRITTEN = ("prerequisites", "assessment", "quality", "grading", "stacking", "further")


def credential_elements(content: dict, words: dict, organiser) -> list[dict]:
    """Return the elements that a version or a badge class names, each with its name; none for other kinds."""
    if content["kind"] != BadgeClass.Kind.MICRO_CREDENTIAL:
        return []
    elements = [{"name": _("Country of the awarding body"), "value": organiser.country.name}]
    for name in CHOSEN:
        if chosen := content.get(name):
            field = BadgeClass._meta.get_field(name)
            elements.append({"name": capfirst(field.verbose_name), "value": dict(field.choices)[chosen]})
    if credits := content.get("credits"):
        field = BadgeClass._meta.get_field("credits")
        elements.append({"name": capfirst(field.verbose_name), "value": number_format(credits, use_l10n=True)})
    for name in WRITTEN:
        if written := words.get(name):
            field = BadgeClassText._meta.get_field(name)
            elements.append({"name": capfirst(field.verbose_name), "value": written})
    return elements
