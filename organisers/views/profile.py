"""The public page of an organiser, and its workspace."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisers.actions import create_organiser, update_organiser
from organisers.forms.profile import HandOverForm, OrganiserForm
from organisers.models import Invitation, JoinRequest, Organiser
from organisers.permissions import may_create, may_enter, may_hand_over, may_manage, may_see, may_suspend
from organisers.views.seen import organiser_seen
from portal.access import public, requires
from portal.pages import kept_for_strangers


@public
@kept_for_strangers
def organiser_detail(request, slug):
    """Show an organiser to the world."""
    visible = Organiser.objects.with_words().visible_to(request.user)
    organiser = get_object_or_404(visible.select_related("parent"), slug=slug)
    context = {
        "organiser": organiser,
        "parent": organiser.parent if organiser.parent and may_see(organiser.parent, request.user) else None,
        "units": visible.filter(parent=organiser),
        "may_enter": may_enter(organiser, request.user),
        "may_suspend": organiser.may_operate and may_suspend(organiser, request.user),
        "may_ask": organiser.may_operate and not may_enter(organiser, request.user),
    }
    return render(request, "organisers/organiser_detail.html", context)


@requires(may_create)
def workspaces(request):
    """List the organisers a person belongs to, is invited to and asked to join."""
    mine = Organiser.objects.with_words().with_parents().held_by(request.user).with_roles_of(request.user)
    context = {
        "organisers": sorted(mine, key=Organiser.place_in_tree),
        "invitations": Invitation.objects.for_person(request.user).with_words(),
        "requests": JoinRequest.objects.by(request.user).open().with_words(),
    }
    return render(request, "organisers/workspace_list.html", context)


@requires(may_create)
def organiser_create(request):
    """Create an organiser of one's own."""
    form = OrganiserForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        organiser = create_organiser(by=request.user, **form.facts(), **form.words())
        messages.success(request, _("%(name)s is ready. You can make its first badge now.") % {"name": organiser.name})
        return redirect("organisers:overview", organiser.slug)
    return render(request, "organisers/organiser_form.html", {"form": form})


@requires(may_hand_over)
def organiser_hand_over(request):
    """Create an organiser and hand it over to its owner."""
    form = HandOverForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data["owner"]
        organiser = create_organiser(by=request.user, owner=owner, **form.facts(), **form.words())
        messages.success(
            request, _("%(organiser)s now belongs to %(owner)s.") % {"organiser": organiser.name, "owner": owner.name}
        )
        return redirect("accounts:people")
    return render(request, "organisers/organiser_form.html", {"form": form})


def first_steps(organiser):
    """Return what a new organiser does first, with what is done; apps above add theirs as panels."""
    edit, people = (reverse(f"organisers:{name}", args=[organiser.slug]) for name in ["edit", "members"])
    steps = [
        (_("Add a picture"), edit, organiser.picture),
        (_("Put yourself on the map"), edit, organiser.latitude is not None),
        (_("Write about yourself in a second language"), edit, len(organiser.texts.all()) > 1),
        (_("Share the work: give somebody else a role"), people, organiser.has_several_members()),
    ]
    return [{"text": text, "url": url, "state": "" if done else "open"} for text, url, done in steps]


@requires(may_enter, of=organiser_seen)
def overview(request, organiser):
    """Show what is going on in an organiser's workspace."""
    return render(
        request, "organisers/workspace_overview.html", {"organiser": organiser, "hints": first_steps(organiser)}
    )


def text_languages(organiser):
    """Return the languages in which its words can stand, and which of them do."""
    written = {text.language for text in organiser.texts.all()}
    return [{"code": code, "name": name, "is_written": code in written} for code, name in settings.TEXT_LANGUAGES]


@requires(may_manage, of=organiser_seen)
def organiser_edit(request, organiser):
    """Edit the profile."""
    language = request.GET.get("language")
    form = OrganiserForm(
        request.POST or None,
        request.FILES or None,
        instance=organiser,
        by=request.user,
        language=language if language in dict(settings.TEXT_LANGUAGES) else None,
    )
    if form.is_bound and form.is_forged():
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        update_organiser(form.instance, by=request.user, **form.words())
        messages.success(request, _("The profile is saved."))
        return redirect("organisers:overview", organiser.slug)
    return render(
        request,
        "organisers/organiser_edit.html",
        {"form": form, "organiser": organiser, "texts": text_languages(organiser)},
    )
