"""Activities by invitation: a link that lets in who opens it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from pathways.models import ActivityPage, Attempt, Guest, Registration
from pathways.permissions import may_learn
from portal.accounts.models import Person
from portal.workflow import StepRefused


def invitation_code(activity: ActivityPage) -> str:
    """Return the secret part of the invitation link of an activity."""
    return salted_hmac("pathways.invitation", str(activity.translation_key), algorithm="sha256").hexdigest()[:24]


def invitation_link(activity: ActivityPage) -> str:
    """Return the address that lets in whoever opens it."""
    address = reverse("pathways:invited", args=[activity.translation_key, invitation_code(activity)])
    return f"{settings.BASE_URL}{address}"


def accept_invitation(activity: ActivityPage, code: str, *, by: Person) -> bool:
    """Let somebody into an activity by its link; says whether the link is the right one."""
    if not may_learn(by):
        raise PermissionDenied
    if not constant_time_compare(code, invitation_code(activity)):
        return False
    Guest.objects.get_or_create(person=by, activity_key=activity.translation_key)
    return True


def is_invited(activity: ActivityPage, person) -> bool:
    """Say whether somebody may take part: everybody where it is public, else guests, members and who began before."""
    if not activity.is_by_invitation:
        return True
    if not may_learn(person):
        return False
    mine = {"person": person, "activity_key": activity.translation_key}
    known = (model.objects.filter(**mine).exists() for model in (Guest, Attempt, Registration))
    return activity.organiser.is_held_by(person) or any(known)


def check_invited(activity: ActivityPage, person: Person) -> None:
    """Refuse somebody who was not invited."""
    if not is_invited(activity, person):
        raise StepRefused([_("This activity is by invitation: open the link that its organiser gave you.")])
