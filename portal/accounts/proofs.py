"""What a session remembers of another account to which its person signed in, to make one of the two; for minutes."""

from datetime import timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.utils.crypto import constant_time_compare

from portal import clock
from portal.accounts.models import Person

KEY = "other_account"
LIFE = timedelta(minutes=10)


def keep_proof(request, other: Person) -> None:
    """Remember that the person signed in to another account, but for its second step."""
    request.session[KEY] = {
        "by": request.user.pk,
        "other": other.pk,
        "stamp": other.get_session_auth_hash(),
        "at": clock.now().timestamp(),
        "took_step": False,
    }


def proved_account(request) -> tuple[Person | None, bool]:
    """Return the other account, and whether its second step is still to come; None without a fresh proof.

    A new password of that account makes the proof void, as it ends sessions; so does a second step that it got since.
    """
    kept = request.session.get(KEY, {})
    if kept.get("by") != request.user.pk or kept["at"] < (clock.now() - LIFE).timestamp():
        return None, True
    other = Person.objects.active().filter(pk=kept["other"]).first()
    if other is None or not constant_time_compare(other.get_session_auth_hash(), kept["stamp"]):
        return None, True
    return other, is_mfa_enabled(other) and not kept.get("took_step")


def second_step_done(request) -> None:
    """Remember that the second step was taken."""
    request.session[KEY] = {**request.session[KEY], "took_step": True}


def drop_proof(request) -> None:
    """Forget the other account."""
    request.session.pop(KEY, None)
