"""What a person may see of the network's work on the label."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.workflow import StepRefused, unmet
from quality_label.models import Application, FrameworkVersion
from quality_label.permissions import may_see_frameworks


def framework_seen(user, name) -> FrameworkVersion:
    """Fetch a version where the network looks after it; 404 for those who do not work on the rules."""
    if not may_see_frameworks(user):
        raise Http404
    return get_object_or_404(FrameworkVersion.objects.select_related("based_on", "made_by"), name=name)


def application_seen(user, key) -> Application:
    """Fetch an application that a person may follow."""
    return get_object_or_404(Application.objects.with_words().visible_to(user), key=key)


def refuse_unless_open(step) -> None:
    """Raise StepRefused before a form for a step that is not open, such as editing what is in force."""
    if reasons := unmet(step):
        raise StepRefused(reasons)
