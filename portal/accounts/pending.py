"""The address that somebody who signed up, or in, has yet to prove; their session keeps it until they are in."""

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress

KEY = "address_to_prove"
NEWCOMER = "newcomer"


def remember_address(request, email: str, person=None) -> None:
    """Keep an address for the page that says where the letter went; `person` is whoever it was registered for."""
    request.session[KEY] = {"email": email, "person": person and person.pk}


def forget_address(request) -> None:
    """Forget the address: its person is in."""
    request.session.pop(KEY, None)
    request.session.pop(NEWCOMER, None)


def remember_newcomer(request, *, name: str, email: str) -> None:
    """Keep what somebody told already, for the form at which they sign up; an address of a page is read by others."""
    request.session[NEWCOMER] = {"name": name, "email": email}


def known_of_newcomer(request) -> dict:
    """Return what somebody told before they came to sign up."""
    return request.session.get(NEWCOMER, {})


def has_address(request) -> bool:
    """Say whether somebody in this browser has an address to prove."""
    return KEY in request.session


def write_again(request) -> bool:
    """Write to the address again; False when that was done too recently.

    An address with an account of its own gets the letter that says so, as it did at sign-up: whoever presses the
    button sees the same page and waits as long, and learns nothing about it.
    """
    kept = request.session[KEY]
    unproved = EmailAddress.objects.filter(email=kept["email"], user=kept["person"], verified=False)
    address = unproved.first() if kept["person"] else None
    return send_verification_email_to_address(request, address or EmailAddress(email=kept["email"]), signup=True)
