"""From an activity to its badge."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisers.permissions import may_issue
from organisers.views import organiser_seen
from pathways.actions.proposals import propose_badge
from pathways.models import ActivityPage
from portal.access import requires


def activity_issued(user, slug, pk) -> ActivityPage:
    """Fetch a published activity of an organiser to which a person belongs."""
    return get_object_or_404(ActivityPage.objects.live().of(organiser_seen(user, slug)), pk=pk)


def may_propose(activity, user) -> bool:
    """Those who make an organiser's badges make one from what an activity says."""
    return may_issue(activity.organiser, user)


@require_POST
@requires(may_propose, of=activity_issued)
def propose(request, activity):
    """Make a draft of a badge from an activity, and open it."""
    badge = propose_badge(activity, by=request.user)
    messages.success(
        request,
        _("This draft says what the activity says. Go over it, publish it, then choose it as the activity’s badge."),
    )
    return redirect("badges:badge-edit", activity.organiser.slug, badge.key)
