"""Inviting people, and the page of those who are invited."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from organisers.actions import accept_invitation, change_invitation, invite, revoke_invitation, send_invitation_again
from organisers.forms.people import GivenRolesForm, InviteForm
from organisers.links import linked_invitation
from organisers.models import Invitation
from organisers.permissions import may_accept, may_enter, may_invite, may_manage
from organisers.views.seen import organiser_seen
from portal.access import public, requires
from portal.workflow import unmet


@requires(may_invite, of=organiser_seen)
def invitation_create(request, organiser):
    """Invite people by mail, several at once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        roles, addresses = form.cleaned_data["roles"], form.cleaned_data["addresses"]
        count = len(invite(organiser, addresses, roles=roles, by=request.user))
        said = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count)
        messages.success(request, said % {"count": count})
        return redirect("organisers:members", organiser.slug)
    return render(request, "organisers/invitation_form.html", {"organiser": organiser, "form": form})


@requires(may_invite, of=organiser_seen)
def invitation_roles(request, organiser, key):
    """Change what an invitation that waits offers."""
    invitation = get_object_or_404(organiser.invitations.open(), key=key)
    form = GivenRolesForm(request.POST or None, initial={"roles": invitation.roles})
    if request.method == "POST" and form.is_valid():
        change_invitation(invitation, roles=form.cleaned_data["roles"], by=request.user)
        messages.success(request, _("The invitation to %(address)s is changed.") % {"address": invitation.email})
        return redirect("organisers:members", organiser.slug)
    context = {"organiser": organiser, "invitation": invitation, "form": form}
    return render(request, "organisers/invitation_roles.html", context)


@requires(may_manage, of=organiser_seen)
@require_POST
def invitation_revoke(request, organiser, key):
    """Take an invitation back."""
    invitation = revoke_invitation(get_object_or_404(organiser.invitations.all(), key=key), by=request.user)
    messages.success(request, _("The invitation to %(address)s is taken back.") % {"address": invitation.email})
    return redirect("organisers:members", organiser.slug)


@requires(may_invite, of=organiser_seen)
@require_POST
def invitation_send(request, organiser, key):
    """Send an invitation once more."""
    invitation = send_invitation_again(get_object_or_404(organiser.invitations.all(), key=key), by=request.user)
    messages.success(request, _("The invitation to %(address)s is sent again.") % {"address": invitation.email})
    return redirect("organisers:members", organiser.slug)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Show an invitation to whoever holds its link; only the person who proved the address may accept it."""
    found = linked_invitation(token)
    if found is None:
        return private(render(request, "organisers/invitation_unknown.html", status=404))
    is_mine = may_accept(found, request.user)
    if is_mine and found.accepted_by_id == request.user.pk and may_enter(found.organiser, request.user):
        return redirect("organisers:overview", found.organiser.slug)
    if reasons := unmet(found.accept):
        return private(render(request, "organisers/invitation_closed.html", {"reasons": reasons}, status=410))
    if request.method == "POST" and is_mine:
        return welcome(request, accept_invitation(found, by=request.user))
    context = {"invitation": found, "is_mine": is_mine, "masked": masked(found.email)}
    status = 403 if request.method == "POST" else 200
    return private(render(request, "organisers/invitation_detail.html", context, status=status))


def welcome(request, invitation: Invitation):
    """Lead a new member into the workspace."""
    messages.success(request, _("Welcome. You belong to %(name)s now.") % {"name": invitation.organiser.name})
    return redirect("organisers:overview", invitation.organiser.slug)


def private(response):
    """Keep a page with a token in its address out of caches, searches and referrers."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    # "no-referrer" would also blank the Origin of the form on the page, and refuse it.
    response["Referrer-Policy"] = "strict-origin"
    return response


def masked(address: str) -> str:
    """Return an address that its owner recognises and nobody else learns."""
    local, _at, domain = address.rpartition("@")
    return f"{local[0]}…@{domain}"
