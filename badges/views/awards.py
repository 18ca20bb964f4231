"""Awarding to one person."""

import hashlib
import json

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from badges import art
from badges.actions import Recipient, award
from badges.forms.awards import AwardWizard
from badges.models import AwardBatch, RecipientGroup
from badges.permissions import may_award
from badges.views.badge_classes import badge_seen
from organisers.views import organiser_seen
from portal.access import requires
from portal.accounts.models import Person

GROUPS_NAMED = 5


def batch_seen(user, slug, key) -> AwardBatch:
    """Fetch a batch of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(AwardBatch.objects.of(organiser).select_related("badge_class__organiser"), key=key)


@requires(may_award, of=badge_seen)
def award_choice(request, badge_class):
    """Ask how a badge is to be awarded: to one person, to many, or by code."""
    groups = RecipientGroup.objects.of(badge_class.organiser)[:GROUPS_NAMED]
    context = {"organiser": badge_class.organiser, "badge": badge_class, "groups": groups}
    return render(request, "badges/award_choice.html", context)


@requires(may_award, of=badge_seen)
def award_one(request, badge_class):
    """Award a badge to one person: quickly, or with a second step for what this badge says on top."""
    is_quick = request.GET.get("path") == "quick"
    wizard = AwardWizard(request.POST or None, badge_class=badge_class, is_quick=is_quick)
    if wizard.is_done:
        batch = award_to(request, badge_class, wizard)
        messages.success(request, _("“%(name)s” is awarded.") % {"name": badge_class.name})
        return redirect(batch)
    once = request.POST.get("once") or art.random_seed()
    context = {"organiser": badge_class.organiser, "badge": badge_class, "wizard": wizard, "once": once}
    return render(request, "badges/award_one.html", context, status=422 if wizard.is_refused else 200)


def award_to(request, badge_class, wizard) -> AwardBatch:
    """Award to the person of a finished wizard."""
    email, facts = wizard.recipient.cleaned_data["email"], wizard.facts()
    account = Person.objects.active().with_verified_address(email).first()
    recipient = Recipient(email, wizard.recipient.full_name, account, **facts)
    once = once_key(request, badge_class)
    return award(badge_class, [recipient], by=request.user, once_key=once, language=facts.get("language", ""))


def once_key(request, badge_class) -> str:
    """Return the key that makes a second click the same award; what was typed anew after "back" is another one."""
    sent = [value for name, value in sorted(request.POST.items()) if name not in {"csrfmiddlewaretoken", "go"}]
    digest = hashlib.sha256(json.dumps([str(badge_class.key), *sent]).encode()).hexdigest()
    return f"single:{request.user.pk}:{digest}" if request.POST.get("once") else ""
