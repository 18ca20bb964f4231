"""What badges add to pages of the apps below."""

from datetime import timedelta

from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import ngettext

from badges.models import (
    AddressRequest,
    Assertion,
    AwardBatch,
    BadgeClass,
    CodeUse,
    Collection,
    CorrectionRequest,
    Endorsement,
    ImportedBadge,
    MoveIn,
    Portfolio,
)
from organisers.panels import waiting_lines
from organisers.permissions import may_issue, may_manage
from portal import clock

SHOWN = 12
LATELY = timedelta(days=30)


def issued_badges(request, organiser):
    """Show an organiser's published badges on its public page."""
    badges = BadgeClass.objects.published().of(organiser).with_words()[:SHOWN]
    return render_to_string("badges/panels/issued_badges.html", {"badges": badges}, request) if badges else None


def issued_elsewhere(request, organiser):
    """Show on an organiser's public page what it issued on other platforms, once the network has checked it."""
    moved_in = MoveIn.objects.of(organiser).checked().order_by("-last_on", "-pk")[:SHOWN]
    return (
        render_to_string("badges/panels/issued_elsewhere.html", {"moved_in": moved_in}, request) if moved_in else None
    )


def organiser_endorsements(request, organiser):
    """Show what other organisers say in favour of this one on its public page."""
    context = {"request": request, "user": request.user, "organiser": organiser}
    return render_to_string("badges/panels/organiser_endorsements.html", context, request)


def workspace_actions(request, organiser):
    """Offer those who issue what they come for: a new badge, and an award once there is one to give."""
    if not (organiser.may_operate and may_issue(organiser, request.user)):
        return None
    context = {"organiser": organiser, "may_award": BadgeClass.objects.published().of(organiser).exists()}
    return render_to_string("badges/panels/workspace_actions.html", context, request)


def workspace_waiting(request, organiser):
    """Show those who issue what waits for them: corrections, people with codes, held awards, lists begun."""
    if not may_issue(organiser, request.user):
        return None
    batches = AwardBatch.objects.of(organiser)
    corrections = CorrectionRequest.objects.open().of(organiser).count()
    lost = AddressRequest.objects.open().of(organiser).count()
    codes = CodeUse.objects.waiting().filter(series__badge_class__organiser=organiser).count()
    endorsements = Endorsement.objects.offered_to(organiser).count()
    if may_manage(organiser, request.user):
        endorsements += Endorsement.objects.asked_of(organiser).count()
    held, drafts = batches.held().count(), batches.drafts().count()
    issued, codes_url, awards, endorsed = (
        reverse(f"badges:{name}", args=[organiser.slug])
        for name in ["issued-list", "code-list", "batch-list", "endorsement-list"]
    )
    ask = ngettext("%(count)d correction asked for", "%(count)d corrections asked for", corrections)
    old = ngettext("%(count)d person with a new address", "%(count)d people with a new address", lost)
    use = ngettext("%(count)d person with a code to answer", "%(count)d people with a code to answer", codes)
    word = ngettext("%(count)d endorsement to answer", "%(count)d endorsements to answer", endorsements)
    hold = ngettext("%(count)d award that can still be undone", "%(count)d awards that can still be undone", held)
    begun = ngettext("%(count)d list begun and not awarded", "%(count)d lists begun and not awarded", drafts)
    return waiting_lines(
        (corrections, ask % {"count": corrections}, "edit", issued),
        (lost, old % {"count": lost}, "mail", issued),
        (codes, use % {"count": codes}, "people", codes_url),
        (endorsements, word % {"count": endorsements}, "star", endorsed),
        (held, hold % {"count": held}, "send", awards),
        (drafts, begun % {"count": drafts}, "list", awards),
    )


def workspace_figures(request, organiser):
    """Show how many badges there are, how many were awarded lately, and how many people collected one."""
    issued = Assertion.objects.out().filter(badge_class__organiser=organiser)
    lately = issued.filter(issued_at__gt=clock.now() - LATELY)
    context = {
        "organiser": organiser,
        "badges": BadgeClass.objects.of(organiser).count(),
        "awarded": issued.exists(),
        "may_begin": may_issue(organiser, request.user),
        "lately": lately.tallied()["awarded"],
        **issued.collected().aggregate(holders=Count("email", distinct=True)),
    }
    return render_to_string("badges/panels/workspace_figures.html", context, request)


def address_row(request, address):
    """Show a person how many badges were sent to an address that they proved."""
    count = sent_to(address).count()
    text = ngettext("%(count)d badge was sent here", "%(count)d badges were sent here", count)
    return format_html('<span class="small soft">{}</span>', text % {"count": count}) if count else None


def address_leaving(request, address):
    """Say what becomes of the badges at an address that its person removes."""
    badges = sent_to(address)
    context = {"kept": badges.collected().count(), "waiting": badges.waiting().count()}
    return render_to_string("badges/panels/address_leaving.html", context, request)


def sent_to(address):
    """Return the badges of a person that were sent to one of their addresses."""
    return Assertion.objects.for_person(address.user).filter(email=address.email)


def account_loses(request, other):
    """Say that the words of another account’s portfolio are lost where this account has a portfolio of its own."""
    mine, theirs = (Portfolio.objects.filter(person=person).first() for person in (request.user, other))
    if not (mine and theirs and mine.has_something() and (theirs.headline or theirs.about)):
        return None
    return render_to_string("badges/panels/account_loses.html", {"portfolio": theirs}, request)


def badges_of_both(request, other):
    """Say which badges both accounts hold: none of them is lost, each is held twice then."""
    mine, theirs = (Assertion.objects.for_person(person).collected() for person in (request.user, other))
    both = mine.filter(badge_class__in=theirs.values("badge_class")).with_words()
    return render_to_string("badges/panels/badges_of_both.html", {"badges": both}, request) if both else None


def account_holds(request, person):
    """Say how many badges a person has, and how many collections."""
    badges = Assertion.objects.for_person(person)
    context = {
        "collected": badges.collected().count(),
        "waiting": badges.waiting().count(),
        "imported": ImportedBadge.objects.of(person).count(),
        "collections": Collection.objects.of(person).count(),
    }
    return render_to_string("badges/panels/account_holds.html", context, request)
