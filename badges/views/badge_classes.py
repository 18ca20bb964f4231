"""An organiser's badge classes: list, overview, and what can be done with one as a whole."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions import copy_badge_class, delete_badge_class
from badges.forms.badge_list import BadgeFilterForm, CopyForm
from badges.models import BadgeClass
from badges.permissions import may_award, may_edit_badge, may_see_badge
from organisers.permissions import may_enter, may_issue
from organisers.views import organiser_seen
from portal.access import requires
from portal.workflow import take, unmet


def badge_seen(user, slug, key) -> BadgeClass:
    """Fetch a badge class of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(BadgeClass.objects.with_words().prefetch_related("skills").of(organiser), key=key)


@requires(may_enter, of=organiser_seen)
def badge_list(request, organiser):
    """List the badge classes of an organiser, or those the person made, narrowed down as they like."""
    all_badges = BadgeClass.objects.of(organiser)
    own = all_badges.filter(created_by=request.user)
    is_own = request.GET.get("made") == "me"
    form = BadgeFilterForm(request.GET)
    chosen = form.chosen()
    badges = (own if is_own else all_badges).with_words().with_counts().narrowed(**chosen)
    counts = all_badges.aggregate(all=Count("pk"), own=Count("pk", filter=Q(created_by=request.user)))
    tabs = [
        {"name": _("The organiser’s"), "url": request.path, "current": not is_own, "count": counts["all"]},
        {"name": _("Created by me"), "url": f"{request.path}?made=me", "current": is_own, "count": counts["own"]},
    ]
    context = {
        "organiser": organiser,
        "page": Paginator(badges, 24).get_page(request.GET.get("page")),
        "tabs": tabs,
        "form": form,
        "is_own": is_own,
        "is_narrowed": bool(chosen.keys() - {"order"}),
        "may_issue": may_issue(organiser, request.user),
    }
    return render(request, "badges/badge_list.html", context)


@requires(may_see_badge, of=badge_seen)
def badge_overview(request, badge_class):
    """Show a badge class to its makers: what it says, what is missing, its awards."""
    issued = badge_class.assertions.seen_inside(badge_class.organiser, request.user)
    counts = badge_class.assertions.out().tallied()
    names = dict(settings.TEXT_LANGUAGES)
    context = {
        "organiser": badge_class.organiser,
        "badge": badge_class,
        "words": badge_class.words(),
        "written_in": [names[text.language] for text in badge_class.texts.all()],
        "missing": unmet(badge_class.publish) if badge_class.is_draft else [],
        "steps": [step.name for step in badge_class.get_available_user_state_transitions(request.user)],
        "may_edit": may_edit_badge(badge_class, request.user),
        "may_award": may_award(badge_class, request.user) and badge_class.is_published,
        "page": Paginator(issued.select_related("batch", "superseded_by"), 25).get_page(request.GET.get("page")),
        "figures": [
            {"label": _("awarded"), "number": counts["awarded"]},
            {"label": _("collected"), "number": counts["collected"]},
        ],
    }
    return render(request, "badges/badge_overview.html", context)


@require_POST
@requires(may_edit_badge, of=badge_seen)
def badge_step(request, badge_class, step):
    """Publish, archive or bring back a badge class."""
    badge_class = take(getattr(badge_class, step), by=request.user)
    done = {
        "publish": _("“%(name)s” is published and can be awarded."),
        "archive": _("“%(name)s” is archived. Badges that were awarded stay valid."),
        "bring_back": _("“%(name)s” can be awarded again."),
    }
    messages.success(request, done[step] % {"name": badge_class.name})
    return redirect("badges:badge-overview", badge_class.organiser.slug, badge_class.key)


@requires(may_edit_badge, of=badge_seen)
def badge_copy(request, badge_class):
    """Copy a badge class as a draft, for this organiser or another one of the person's."""
    form = CopyForm(request.POST or None, by=request.user, initial={"organiser": badge_class.organiser.slug})
    if request.method == "POST" and form.is_valid():
        copy = copy_badge_class(badge_class, by=request.user, to=form.cleaned_data["organiser"])
        messages.success(request, _("“%(name)s” is a draft now. Change what is different.") % {"name": copy.name})
        return redirect("badges:badge-edit", copy.organiser.slug, copy.key)
    context = {"organiser": badge_class.organiser, "badge": badge_class, "form": form}
    return render(request, "badges/badge_copy.html", context, status=422 if form.is_bound else 200)


@requires(may_edit_badge, of=badge_seen)
def badge_delete(request, badge_class):
    """Delete a draft, after asking once."""
    if request.method == "POST":
        delete_badge_class(badge_class, by=request.user)
        messages.success(request, _("The draft “%(name)s” is deleted.") % {"name": badge_class.name})
        return redirect("badges:badge-list", badge_class.organiser.slug)
    return render(request, "badges/badge_delete.html", {"organiser": badge_class.organiser, "badge": badge_class})
