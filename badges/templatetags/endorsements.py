"""How the endorsements of a thing are shown on its page."""

from django import template

from badges.models import Endorsement
from badges.permissions import may_offer, stands_for
from badges.subjects import BADGE, find
from organisers.models import Organiser

register = template.Library()

SHOWN = 50


@register.inclusion_tag("badges/includes/endorsements.html", takes_context=True)
def show_endorsements(context, kind, key, version=None, digest=""):
    """Show what stands in favour of a thing, and lead who may to endorse it or to ask for it.

    With `version`, as on the page of a badge that somebody holds, also what was said of that version of the badge;
    `digest` tells what was said of the badge as it is now from what was said of an earlier version.
    """
    user = context["request"].user
    found = Endorsement.objects.about(kind, key)
    if version is not None:
        found |= Endorsement.objects.filter(kind=BADGE, badge_version=version)
    keys = list(found.shown().values_list("pk", flat=True)[: 2 * SHOWN])  # most things have none
    found = Endorsement.objects.shown().with_endorser().filter(pk__in=keys) if keys else []
    found = sorted(found, key=lambda one: one.kind != kind)
    subject = find(kind, key) if user.is_authenticated else None
    may_write = subject is not None and may_offer(subject, user)
    return {
        "endorsements": found,
        "kind": kind,
        "key": key,
        "digest": digest,
        "may_ask": subject is not None and stands_for(subject, user),
        "may_offer": may_write and Organiser.objects.held_by(user, "owner").exists(),
    }
