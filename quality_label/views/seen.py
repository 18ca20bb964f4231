"""What a person may see of the network's work on the label."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.workflow import StepRefused, unmet
from quality_label.models import Application, Assignment, Decision, FrameworkVersion, Label, PanelSeat
from quality_label.permissions import may_see_assignment, may_see_frameworks


def framework_seen(user, name) -> FrameworkVersion:
    """Fetch a version where the network looks after it; 404 for those who do not work on the rules."""
    if not may_see_frameworks(user):
        raise Http404
    return get_object_or_404(FrameworkVersion.objects.select_related("based_on", "made_by"), name=name)


def application_seen(user, key) -> Application:
    """Fetch an application that a person may follow."""
    return get_object_or_404(Application.objects.with_words().visible_to(user), key=key)


def place_seen(user, key) -> Assignment:
    """Fetch a place in a team: one's own, or of a case that one coordinates."""
    place = get_object_or_404(Assignment.objects.with_words(), key=key)
    if not may_see_assignment(place, user):
        raise Http404
    return place


def own_seat(user, key) -> PanelSeat:
    """Fetch the seat that a person holds in the panel of an application; 404 for those without one."""
    seats = PanelSeat.objects.select_related("application__organiser", "application__framework", "declaration")
    return get_object_or_404(seats, application__key=key, person=user.pk)


def decision_seen(user, key) -> Decision:
    """Fetch the last decision on an application that a person may follow."""
    application = application_seen(user, key)
    return get_object_or_404(Decision.objects.with_words().latest_of(application))


def earlier_decision_seen(user, key, number) -> Decision:
    """Fetch a decision that was replaced, on an application that a person may follow."""
    application, replaced = application_seen(user, key), Decision.objects.with_words().exclude(replaced_at=None)
    return get_object_or_404(replaced, application=application, round=number)


def outcome_seen(user, key) -> Application:
    """Fetch a case that ended and that a person judged until then."""
    return get_object_or_404(Application.objects.with_words().over_for(user), key=key)


def panel_seen(user, key) -> Application:
    """Fetch a case that a person works on, or decided on as one of its panel."""
    rows = Application.objects.with_words()
    return get_object_or_404(rows.cases_for(user) | rows.over_for(user), key=key)


def own_seats(user):
    """Return the seats in panels that a person has or had."""
    return PanelSeat.objects.filter(person=user.pk)


def label_seen(user, key) -> Label:
    """Fetch a label for those who look after labels."""
    return get_object_or_404(Label.objects.with_words().overseen_by(user), key=key)


def refuse_unless_open(step) -> None:
    """Raise StepRefused before a form for a step that is not open, such as editing what is in force."""
    if reasons := unmet(step):
        raise StepRefused(reasons)


def desk_seen(user, key) -> Assignment:
    """Fetch the place of a person who writes a review, once the file is open to them; others' places do not exist."""
    places = Assignment.objects.with_words().reviews().filter(person=user.pk)
    return get_object_or_404(places.filter(application__in=Application.objects.read_by_team(user)), key=key)


def team_case_seen(user, key) -> Application:
    """Fetch a case that a person reads as one of its team."""
    return get_object_or_404(Application.objects.with_words().read_by_team(user), key=key)


def case_seen(user, key) -> Application:
    """Fetch a case that a person of the network works on, or is in the team of."""
    return get_object_or_404(Application.objects.with_words().cases_for(user), key=key)
