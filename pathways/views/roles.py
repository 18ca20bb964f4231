"""Roles for single playlists and activities: given by owners, and what comes with them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Locale

from organisers.views import organiser_seen
from pathways.actions import accept_page_role, end_page_role, give_page_role_back, offer_page_role
from pathways.forms import PageRoleForm
from pathways.models import ActivityPage, Attempt, PageRole, PlaylistPage, PlaylistStep
from pathways.models.pages import one_of_each
from pathways.permissions import may_give_page_role, may_hold, may_learn, may_run_page_roles
from portal.access import requires
from portal.workflow import StepRefused


def page_run(user, slug: str, key: UUID) -> PlaylistPage | ActivityPage:
    """Fetch a playlist or activity, published or not, for the members of its organiser; 404 for everybody else."""
    organiser = organiser_seen(user, slug)
    for kind in (PlaylistPage, ActivityPage):
        pages = kind.objects.of(organiser).select_related("locale")
        if page := pages.in_any_state(key, Locale.get_active()):
            page.organiser = organiser
            return page
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_run_page_roles, of=page_run)
def page_people(request, page):
    """List who has a role for a page alone, and offer one to an address."""
    form = PageRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            email = form.cleaned_data["email"]
            offer_page_role(page, email, role=form.cleaned_data["role"], by=request.user)
        except StepRefused as refused:
            form.add_error("email", [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, _("If %(address)s has an account here, its owner is told.") % {"address": email})
            return redirect("pathways:page-people", page.organiser.slug, page.translation_key)
    roles = PageRole.objects.on(page).select_related("person")
    facts = {
        "organiser": page.organiser,
        "page": page,
        "is_playlist": isinstance(page, PlaylistPage),
        "form": form if may_give_page_role(page, request.user) else None,
        "held": roles.held(),
        "offered": roles.open(),
    }
    return render(request, "pathways/page_people.html", facts, status=422 if form.is_bound else 200)


@require_POST
@requires(may_run_page_roles, of=page_run)
def end(request, page, pk):
    """Take a role or an offer back."""
    page_role = get_object_or_404(PageRole.objects.on(page), pk=pk)
    end_page_role(page_role, page, by=request.user)
    messages.success(request, _("The role is taken back."))
    return redirect("pathways:page-people", page.organiser.slug, page.translation_key)


def with_pages(roles, locale) -> list:
    """Return the roles, each with its `page` in a language and, for authors of playlists, the activities in it."""
    roles = list(roles)
    keys = {one.page_key for one in roles}
    steps = PlaylistStep.objects.filter(playlist__translation_key__in=keys).order_by("sort_order", "pk")
    inside = list(
        steps.values_list("playlist__translation_key", "activity__organiser", "activity__translation_key").distinct()
    )
    wanted = keys | {activity for _playlist, _organiser, activity in inside}
    activities = one_of_each(ActivityPage.objects.in_states(wanted), locale)
    pages = activities | one_of_each(PlaylistPage.objects.in_states(keys), locale)
    for one in roles:
        one.page = pages.get(one.page_key)
        one.is_playlist = isinstance(one.page, PlaylistPage)
        held = [key for playlist, owner, key in inside if (playlist, owner) == (one.page_key, one.organiser_id)]
        one.inside = [activities[key] for key in dict.fromkeys(held)] if one.is_held and one.is_for_author else []
    return roles


@require_safe
@requires(may_learn)
def own_roles(request):
    """List the single pages at which a person has a role or is offered one, with what they can do there."""
    roles = PageRole.objects.concerning(request.user).with_words().order_by(F("person").asc(nulls_first=True), "-pk")
    page = Paginator(roles, 30).get_page(request.GET.get("page"))
    page.object_list = with_pages(page.object_list, Locale.get_active())
    facts = {"page": page, "to_judge": Attempt.objects.waiting().lent_to(request.user).count()}
    return render(request, "pathways/roles.html", facts)


def role_seen(user, pk: int) -> PageRole:
    """Fetch a role that a person holds or is offered; 404 for everybody else."""
    return get_object_or_404(PageRole.objects.concerning(user), pk=pk)


@require_POST
@requires(may_hold, of=role_seen)
def accept(request, page_role):
    """Take on a role."""
    accept_page_role(page_role, by=request.user)
    messages.success(request, _("The role is yours."))
    return redirect("pathways:roles")


@require_POST
@requires(may_hold, of=role_seen)
def give_back(request, page_role):
    """Turn an offer down, or give a role back."""
    give_page_role_back(page_role, by=request.user)
    messages.success(request, _("You no longer have this role."))
    return redirect("pathways:roles")


@require_safe
@requires(may_learn)
def work_to_judge(request):
    """List what waits at the activities that a person reviews by roles for these alone, the oldest first."""
    attempts = Attempt.objects.waiting().lent_to(request.user).with_bars_to(request.user).select_related("organiser")
    page = Paginator(attempts.prefetch_related("organiser__texts"), 30).get_page(request.GET.get("page"))
    page.object_list = page.object_list.with_titles(Locale.get_active())
    return render(request, "pathways/work_to_judge.html", {"page": page})
