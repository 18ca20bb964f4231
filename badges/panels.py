"""What badges add to pages of the apps below."""

from django.template.loader import render_to_string

from badges.models import Assertion, AwardBatch, BadgeClass
from organisers.permissions import may_issue

SHOWN = 12


def issued_badges(request, organiser):
    """Show an organiser's published badges on its public page."""
    badges = BadgeClass.objects.published().of(organiser).with_words()[:SHOWN]
    return render_to_string("badges/panels/issued_badges.html", {"badges": badges}, request) if badges else None


def workspace_figures(request, organiser):
    """Show how many badges were made, awarded and collected on the workspace's overview."""
    issued = Assertion.objects.out().filter(badge_class__organiser=organiser)
    held = AwardBatch.objects.of(organiser).held()
    context = {
        "organiser": organiser,
        "badges": BadgeClass.objects.of(organiser).count(),
        "awarded": issued.count(),
        "collected": issued.collected().count(),
        "held": held,
        "may_begin": may_issue(organiser, request.user),
    }
    return render_to_string("badges/panels/workspace_figures.html", context, request)
