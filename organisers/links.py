"""Links of invitations: an HMAC over the key and its purpose; nothing that opens one lies in the database."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse

from organisers.models import Invitation

SALT = "organisers.invitation"


def invitation_path(invitation: Invitation) -> str:
    """Return the address at which an invitation is accepted."""
    return reverse("organisers:invitation", args=[signing.dumps(str(invitation.key), salt=SALT)])


def invitation_link(invitation: Invitation) -> str:
    """Return the link that is mailed to whoever is invited."""
    return settings.BASE_URL + invitation_path(invitation)


def linked_invitation(token: str) -> Invitation | None:
    """Return the invitation of a link, whatever became of it; None for anything else."""
    try:
        key = signing.loads(token, salt=SALT)
        return Invitation.objects.with_words().filter(key=key).first()
    except (signing.BadSignature, ValidationError):
        return None
