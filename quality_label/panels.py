"""What the label adds to pages of the apps below."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from organisers.models import Organiser
from portal import clock
from portal.versions import kept_part
from quality_label.models import Label, PanelSeat, TrainingBadge
from quality_label.permissions import may_have_profile, may_see_cases, may_see_frameworks


def account_links(request, person):
    """Lead people to the label's cases and rules where they work on them, and to their training as issuers."""
    has_profile = may_have_profile(person)
    links = {
        "works_on_cases": may_see_cases(person),
        "has_profile": has_profile,
        "judges": has_profile or PanelSeat.objects.filter(person=person).exists(),
        "works_on_rules": may_see_frameworks(person),
        "may_train": TrainingBadge.objects.exists() and Organiser.objects.with_member(person).exists(),
    }
    return render_to_string("quality_label/panels/account_links.html", links) if any(links.values()) else None


def seal(request, organiser):
    """Say beside an organiser's name that it holds the label."""
    return kept_part(("seal", organiser.pk, get_language(), clock.today()), lambda: draw_seal(organiser))


def draw_seal(organiser):
    """Draw the seal of who holds the label."""
    label = Label.objects.standing().of(organiser).select_related("organiser").first()
    return render_to_string("quality_label/panels/seal.html", {"label": label}) if label else None
