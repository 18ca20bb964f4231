"""The one address of an application, from which each reader is led to where they follow it."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.access import requires
from quality_label.permissions import may_edit_application, may_follow_case, may_see_application
from quality_label.views.seen import application_seen


@require_safe
@requires(may_see_application, of=application_seen)
def application(request, application):
    """Lead the organiser's people to their workspace, coordinators to the case, team and panel to their places."""
    if may_edit_application(application, request.user):
        return redirect("quality_label:own", application.organiser.slug)
    if application.has_seat(request.user):
        return redirect("quality_label:panel", application.key)
    place = application.assignments.taken().filter(person=request.user).first()
    if place and not may_follow_case(application, request.user):
        return redirect("quality_label:assignment", place.key)
    return redirect("quality_label:case", application.key)
