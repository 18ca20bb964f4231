"""The one address of an application, from which each reader is led to where they follow it."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.access import requires
from quality_label.permissions import may_edit_application, may_see_application
from quality_label.views.seen import application_seen


@require_safe
@requires(may_see_application, of=application_seen)
def application(request, application):
    """Lead the organiser's people to their workspace, and those of the network to the case."""
    if may_edit_application(application, request.user):
        return redirect("quality_label:own", application.organiser.slug)
    return redirect("quality_label:case", application.key)
