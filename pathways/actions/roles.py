"""Giving people a role for one playlist or activity alone, and taking it back."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import fresh, locked
from pathways.actions.enrolments import title_for
from pathways.actions.sections import sync_page_authors
from pathways.models import PageRole
from pathways.permissions import may_give_page_role, may_hold, may_run_page_roles
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.audit.models import AuditEvent
from portal.notifications.actions import notify, take_back_news
from portal.workflow import StepRefused

DAILY_LIMIT = 30
OFFERED = "pathways.offer_page_role"


@transaction.atomic
def offer_page_role(page, email: str, *, role: str, by: Person) -> PageRole:
    """Offer a role for one page to an address; whoever has an account with it is told, and nobody learns who has.

    The same offer made twice is one, which waits anew once it has run out.
    """
    organiser = locked(page.organiser)
    if not may_give_page_role(page, fresh(by)):
        raise PermissionDenied
    if email in by.verified_addresses():
        raise StepRefused([_("This is your own address. As an owner you may do all of this already.")])
    lately = AuditEvent.objects.about(organiser).filter(verb=OFFERED, at__gt=clock.now() - timedelta(days=1))
    if lately.count() >= DAILY_LIMIT:
        raise StepRefused([_("You offered 30 roles within a day. Try again tomorrow.")])
    offers = PageRole.objects.on(page).filter(email=email, role=role)
    if known := offers.open().first():
        return known
    for late in offers:
        forget(late)
    offer = PageRole.objects.create(
        organiser=organiser, page_key=page.translation_key, role=role, email=email, given_by=by
    )
    record(OFFERED, about=organiser, by=by, facts={"page": str(page.translation_key), "role": role})
    facts = facts_of_role(page, role, organiser=organiser.name)
    told = Person.objects.active().with_verified_address(email)
    notify(told, "pathways/page_role_offered", about=offer, facts=facts, by=by)
    return offer


def facts_of_role(page, role: str, **facts):
    """Return what a letter says of a role: of a published page the title in the reader's language."""
    return lambda person: {"title": title_for(person, page) if page.live else page.draft_title, "role": role, **facts}


@transaction.atomic
def accept_page_role(page_role: PageRole, *, by: Person) -> None:
    """Take on a role that one is offered; it counts at once."""
    page_role = held_still(page_role)
    if not may_hold(page_role, by):
        raise PermissionDenied
    if page_role.is_held:
        return
    if page_role.is_declined or page_role.ends_at <= clock.now():
        raise StepRefused([_("This offer has run out. Ask the organiser for a new one.")])
    take_back_news(page_role)
    same = PageRole.objects.held_by(by).filter(page_key=page_role.page_key, role=page_role.role)
    if same.exists():
        page_role.delete()
        return
    page_role.person, page_role.email = by, ""
    page_role.save(update_fields=["person", "email"])
    record("pathways.accept_page_role", about=page_role, by=by)
    sync_page_authors()


@transaction.atomic
def end_page_role(page_role: PageRole, page, *, by: Person) -> None:
    """Take a role or an offer for a page back; who held it is told."""
    if not may_run_page_roles(page, by):
        raise PermissionDenied
    page_role = held_still(page_role)
    holder = page_role.person
    record("pathways.end_page_role", about=page_role, by=by, facts={"person": page_role.person_id})
    facts = facts_of_role(page, page_role.role)
    organiser = page_role.organiser
    forget(page_role)
    if holder:
        notify([holder], "pathways/page_role_ended", about=organiser, facts=facts, by=by)


@transaction.atomic
def give_page_role_back(page_role: PageRole, *, by: Person) -> None:
    """Turn an offer down, which nobody is told, or give back a role that one holds."""
    page_role = held_still(page_role)
    if not may_hold(page_role, by):
        raise PermissionDenied
    record("pathways.give_page_role_back", about=page_role, by=by)
    if page_role.is_held:
        forget(page_role)
        return
    take_back_news(page_role)
    PageRole.objects.filter(pk=page_role.pk).update(is_declined=True)


def held_still(page_role: PageRole) -> PageRole:
    """Return a role as it is now, locked; refuse one that ended a moment ago."""
    found = PageRole.objects.select_for_update(no_key=True, of=("self",)).filter(pk=page_role.pk).first()
    if found is None:
        raise StepRefused([_("This role was taken back in the meantime.")])
    return found


def forget(page_role: PageRole) -> None:
    """Drop a role with what was told of it; the rights in the editor end along with it."""
    take_back_news(page_role)
    page_role.delete()
    sync_page_authors()


def drop_outdated_page_roles() -> None:
    """Drop the offers that nobody took on, and the roles for pages that are gone."""
    for page_role in PageRole.objects.outdated():
        forget(page_role)
