"""What the people of an organiser see of their own applications."""

from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from organisers.models import Organiser
from portal.audit.log import record
from quality_label.models import Answer, Appeal, Application, CheckIn, Condition, Evidence, Label
from quality_label.sections import blank


def own_application(user, slug) -> Application:
    """Fetch the open application of an organiser for its people; 404 where there is none."""
    organisers = Organiser.objects.held_by(user)
    applications = Application.objects.with_words().open().filter(organiser__in=organisers)
    return get_object_or_404(applications, organiser__slug=slug)


def past_application(user, key) -> Application:
    """Fetch an application of one's own organiser, ended ones included."""
    applications = Application.objects.with_words().filter(organiser__in=Organiser.objects.held_by(user))
    return get_object_or_404(applications, key=key)


def own_case(user, slug, key) -> Application:
    """Fetch an application of an organiser, ended ones included, for its people."""
    applications = Application.objects.with_words().filter(organiser__in=Organiser.objects.held_by(user))
    return get_object_or_404(applications, organiser__slug=slug, key=key)


def own_label(user, slug) -> Label:
    """Fetch the label that an organiser holds, suspended or not, for its people; 404 where there is none."""
    labels = Label.objects.with_words().live().filter(organiser__in=Organiser.objects.held_by(user))
    return get_object_or_404(labels, organiser__slug=slug)


def own_check_in(user, slug) -> CheckIn:
    """Fetch the check-in that is asked of an organiser, for its people; 404 where none is."""
    awaited = CheckIn.objects.with_words().awaited().filter(label__organiser__in=Organiser.objects.held_by(user))
    found = awaited.filter(label__organiser__slug=slug).first()
    if found is None:
        raise Http404
    return found


def own_appeal(user, slug, key) -> Appeal:
    """Fetch an appeal of an organiser, for its people."""
    mine = Appeal.objects.with_words().filter(application__organiser__in=Organiser.objects.held_by(user))
    return get_object_or_404(mine, application__organiser__slug=slug, key=key)


def own_condition(user, slug, code) -> Condition:
    """Fetch a condition of the label that an organiser holds, for its people."""
    conditions = Condition.objects.with_words().filter(application__label__in=Label.objects.live())
    mine = conditions.filter(application__organiser__in=Organiser.objects.held_by(user))
    found = mine.filter(application__organiser__slug=slug, code=code).order_by("pk").last()
    if found is None:
        raise Http404
    return found


def answer_at(application: Application, place: str) -> Answer:
    """Return what stands at a place; a blank one where nobody wrote anything."""
    return application.answers.filter(place=place).first() or Answer(
        application=application, place=place, content=blank(place)
    )


def evidence_of(application: Application, key) -> Evidence:
    """Fetch kept evidence of an application."""
    return get_object_or_404(application.evidence.kept(), key=key)


def evidence_seen(user, key) -> Evidence:
    """Fetch evidence with a file that a person may look at: what is hidden only its applicant sees."""
    found = Evidence.objects.exclude(file=None).select_related("file", "application__organiser", "condition")
    of_case = Q(application__in=Application.objects.visible_to(user))
    to_check = Q(condition__in=Condition.objects.judged_by(user), condition__shown_at__gte=F("added_at"))
    item = get_object_or_404(found.filter(of_case | to_check), key=key)
    is_own = item.application.organiser.is_held_by(user, "owner", "issuer", "author", "reviewer")
    if (item.hidden_at and not is_own) or (item.removed_at and is_own):
        raise Http404
    return item


def write_down_refusal(request) -> None:
    """Record that a step was refused, as the portal does where the refusal becomes a page of its own."""
    record("step refused", by=request.user, facts={"path": request.path[:200], "method": request.method})
