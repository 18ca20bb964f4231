"""A badge that was sent to an address its holder no longer reads: asking those who issued it, and their answer."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.actions.assertions import correct_badge, tell_recipient
from badges.claims import linked_assertion
from badges.models import AddressRequest, Assertion
from badges.permissions import may_answer_address
from organisers.actions import people_to_tell
from organisers.models import Membership, Organiser
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import add_line, notify
from portal.workflow import StepRefused


@transaction.atomic
def ask_for_address(
    *, by: Person, new_email: str, organiser: Organiser | None, old_email: str = "", link: str = "", text: str = ""
) -> AddressRequest:
    """Ask an organiser to send badges of an old address to one that the person proved.

    The badge is named by its link, or by organiser and old address. What comes back is the same whether it exists.
    """
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one request of a person counts at a time
    if new_email not in by.verified_addresses():
        raise PermissionDenied
    assertion = linked_assertion(link) if link else None
    organiser = organiser or (assertion and assertion.badge_class.organiser)
    check_rest(AddressRequest.objects.by(by), organiser, old_email, link)
    facts = {"new_email": new_email, "old_email": old_email, "link": link, "text": text, "name": by.name}
    request = AddressRequest.objects.create(person=by, organiser=organiser, assertion=assertion, **facts)
    record("badges.ask_address", about=request, by=by)
    if organiser:
        issuers = people_to_tell(organiser, Membership.Role.ISSUER)
        notify(issuers, "badges/address_asked", about=request)
    return request


def check_rest(mine, organiser, old_email, link) -> None:
    """Refuse the same request twice, and many at once or in one day."""
    if mine.open().filter(organiser=organiser, old_email=old_email, link=link).exists():
        raise StepRefused([_("You have asked for this already. The organiser answers when it has read it.")])
    if mine.open().count() >= AddressRequest.MOST_OPEN:
        raise StepRefused([_("Five of your requests wait for an answer. Wait for some of them first.")])
    if mine.since(clock.now() - timedelta(days=1)).count() >= AddressRequest.A_DAY:
        raise StepRefused([_("You asked five times today. Try again tomorrow.")])


@transaction.atomic
def confirm_address(request: AddressRequest, keys: Iterable[UUID], *, by: Person) -> None:
    """Issue the chosen badges anew for the new address; they take the place of the old ones, and both sides are told.

    Nothing is done where one of them cannot be.
    """
    request = locked(request, by)
    if request.new_email not in request.person.verified_addresses() or not request.person.is_active:
        raise StepRefused([_("This person no longer has the new address. Decline, and say so.")])
    chosen = list(request.badges().filter(key__in=keys).order_by("pk"))
    if not chosen:
        raise StepRefused([_("Choose at least one badge.")])
    check_not_held(request, chosen)
    for assertion in chosen:
        correct_badge(assertion, by=by, email=request.new_email)
        if assertion.holder() != request.person:
            tell_recipient(assertion, "badges/address_moved", in_inbox=True)
    answer(request, by=by, is_confirmed=True)
    add_line(request.person, "badges/address_confirmed", about=request)  # each badge comes with a mail of its own
    record("badges.confirm_address", about=request, by=by, facts={"badges": [one.pk for one in chosen]})


def check_not_held(request: AddressRequest, chosen: list[Assertion]) -> None:
    """Refuse to send a badge to whom holds the same one at the new address."""
    live = Assertion.objects.blocking().filter(email=request.new_email).exclude(pk__in=[one.pk for one in chosen])
    held = live.filter(badge_class__in=[one.badge_class_id for one in chosen]).select_related(
        "badge_version__badge_class"
    )
    if held:
        message = _(
            "Who has the new address holds the badge already: %(badges)s. Choose others, or decline and say so."
        )
        raise StepRefused([message % {"badges": ", ".join(str(one.badge_version) for one in held)}])


@transaction.atomic
def decline_address(request: AddressRequest, *, by: Person, text: str) -> None:
    """Say no, with a reason that the person reads."""
    if not text.strip():
        raise StepRefused([_("Say why; the person reads it.")])
    request = locked(request, by)
    answer(request, by=by, text=text)
    notify([request.person], "badges/address_declined", about=request, facts={"answer": text})
    record("badges.decline_address", about=request, by=by)


def locked(request: AddressRequest, by: Person) -> AddressRequest:
    """Return a request as it is now and will be until the commit, for somebody who may answer it."""
    request = AddressRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if not may_answer_address(request, by):
        raise PermissionDenied
    return request


def answer(request: AddressRequest, **facts) -> None:
    """Write the answer down, once."""
    if AddressRequest.objects.filter(pk=request.pk).answer(**facts) != 1:
        raise StepRefused([_("Somebody has answered this already.")])
