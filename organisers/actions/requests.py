"""Asking to join an organiser, and answering."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import add_roles, fresh, locked, owners_to_tell
from organisers.models import JoinRequest, Organiser
from organisers.permissions import may_ask_to_join
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import cancel_mail_about, notify
from portal.workflow import StepRefused, take


@transaction.atomic
def ask_to_join(organiser: Organiser, *, by, message: str) -> JoinRequest:
    """Ask the owners of an organiser to take one in; they are told."""
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one request of a person counts at a time
    if not may_ask_to_join(organiser, by):
        raise PermissionDenied
    check_rest(JoinRequest.objects.by(by), organiser)
    request = JoinRequest.objects.create(organiser=organiser, person=by, message=message)
    record("organisers.ask_to_join", about=request, by=by)
    notify(owners_to_tell(organiser), "organisers/asked_to_join", about=request)
    return request


def check_rest(mine, organiser: Organiser) -> None:
    """Refuse a second request while one is open or was answered lately, and many in one day."""
    if mine.of(organiser).open().exists():
        raise StepRefused([_("You have asked already. The owners answer when they have read it.")])
    if mine.of(organiser).since(clock.now() - JoinRequest.REST).exists():
        raise StepRefused([_("You asked here less than a week ago. Write to the organiser if it is urgent.")])
    if mine.since(clock.now() - timedelta(days=1)).count() >= JoinRequest.LIMIT:
        raise StepRefused([_("You asked ten organisers today. Wait for some answers first.")])


@transaction.atomic
def accept_request(request: JoinRequest, *, roles, by) -> JoinRequest:
    """Let the person in with these roles, and tell them."""
    organiser = locked(request.organiser)
    if not roles:
        raise StepRefused([_("Choose at least one role.")])
    request = take(request.accept, by=fresh(by))
    add_roles(organiser, request.person, roles, by=by)
    cancel_mail_about(request)
    notify([request.person], "organisers/request_accepted", about=request)
    return request


@transaction.atomic
def decline_request(request: JoinRequest, *, by) -> JoinRequest:
    """Say no, and tell the person."""
    request = take(request.decline, by=by)
    cancel_mail_about(request)
    notify([request.person], "organisers/request_declined", about=request)
    return request


@transaction.atomic
def withdraw_request(request: JoinRequest, *, by) -> JoinRequest:
    """Take one's own request back; owners who were not mailed yet are not mailed."""
    request = take(request.withdraw, by=by)
    cancel_mail_about(request)
    return request
