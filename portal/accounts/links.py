"""Links with a secret in them: made when a mail is written, never stored."""

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.accounts.models import Guardian, Person
from portal.accounts.workflow import TIME_TO_ANSWER
from portal.workflow import unmet

RETURN_SALT = "accounts.return"
WELCOME_SALT = "accounts.welcome"
WELCOME_AGE = 14 * 24 * 3600
GUARDIAN_SALT = "accounts.guardian.answer"
WITHDRAW_SALT = "accounts.guardian.withdraw"


def confirmation_link(address) -> str:
    """Return the link that proves an address."""
    return settings.BASE_URL + reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])


def password_link(person) -> str:
    """Return the link at which a person may choose a new password."""
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return settings.BASE_URL + path.replace("UID-KEY", f"{user_pk_to_url_str(person)}-{token}")


def welcome_link(person) -> str:
    """Return the link for somebody whom a network admin registered."""
    return settings.BASE_URL + reverse("accounts:welcome", args=[signing.dumps(person.pk, salt=WELCOME_SALT)])


def return_path(person) -> str:
    """Return the page on which somebody takes up an account that they closed."""
    token = signing.dumps([person.pk, person.closed_at.timestamp()], salt=RETURN_SALT)
    return reverse("accounts:return", args=[token])


def return_link(person) -> str:
    """Return the same as it is mailed."""
    return settings.BASE_URL + return_path(person)


def returning_person(token) -> Person | None:
    """Return the person of such a page while the account that they closed then can be taken up again."""
    try:
        pk, closed_at = signing.loads(token, salt=RETURN_SALT)
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.standing().exclude(closed_at=None).filter(pk=pk).first()
    return person if person and person.closed_at.timestamp() == closed_at else None


def invited_person(token) -> Person | None:
    """Return the person of a welcome link while they have no password yet."""
    try:
        person = Person.objects.get(is_active=True, pk=signing.loads(token, salt=WELCOME_SALT, max_age=WELCOME_AGE))
    except (signing.BadSignature, Person.DoesNotExist):
        return None
    return None if person.has_usable_password() else person


def guardian_link(guardian) -> str:
    """Return the link at which a guardian agrees, or does not."""
    token = signing.dumps(str(guardian.nonce), salt=GUARDIAN_SALT)
    return settings.BASE_URL + reverse("accounts:guardian", args=[token])


def withdraw_link(guardian) -> str:
    """Return the link at which a guardian who agreed takes it back, whenever they like."""
    token = signing.dumps(str(guardian.nonce), salt=WITHDRAW_SALT)
    return settings.BASE_URL + reverse("accounts:guardian-withdraw", args=[token])


def asked_guardian(token) -> Guardian | None:
    """Return the guardian of a link who has yet to answer."""
    guardian = _linked_guardian(token, salt=GUARDIAN_SALT, max_age=TIME_TO_ANSWER)
    return guardian if guardian and not unmet(guardian.agree) else None


def agreed_guardian(token) -> Guardian | None:
    """Return the guardian of a link who agreed and may take it back."""
    guardian = _linked_guardian(token, salt=WITHDRAW_SALT)
    return guardian if guardian and not unmet(guardian.withdraw) else None


def _linked_guardian(token, **options):
    try:
        nonce = signing.loads(token, **options)
    except signing.BadSignature:
        return None
    return Guardian.objects.select_related("child").filter(nonce=nonce).first()
