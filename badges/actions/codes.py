"""Claim codes: made for an occasion, used by whoever proves an address, closed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges.actions.awards import Recipient, award
from badges.claims import CODE_AGE
from badges.models import AwardBatch, BadgeClass, ClaimCode, CodeSeries, CodeUse
from badges.permissions import may_award, may_see_codes
from organisers.actions import people_to_tell
from organisers.models import Membership
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify, queue_mail
from portal.notifications.models import Notification
from portal.workflow import StepRefused, take, unmet

# --- make and close -------------------------------------------------------------------------------------------------


@transaction.atomic
def make_codes(
    badge_class: BadgeClass,
    *,
    by: Person,
    title: str,
    number: int,
    uses: int,
    valid_until: datetime,
    valid_from: datetime | None = None,
    needs_approval: bool = False,
    language: str = "",
) -> CodeSeries:
    """Make codes for a badge, each good for `uses` people."""
    if not may_award(badge_class, by):
        raise PermissionDenied
    if not badge_class.organiser.is_verified:
        raise StepRefused([_("Only organisers that the network has verified can make codes.")])
    if not badge_class.is_published:
        raise StepRefused([_("Publish the badge before you award it.")])
    series = CodeSeries.objects.create(
        badge_class=badge_class,
        title=title,
        valid_from=valid_from or clock.now(),
        valid_until=valid_until,
        needs_approval=needs_approval,
        language=language or badge_class.words().language,
        created_by=by,
    )
    ClaimCode.objects.bulk_create(ClaimCode(series=series, number=n, uses=uses) for n in range(1, number + 1))
    record("badges.codes.make", about=series, by=by, facts={"codes": number, "uses": uses})
    return series


@transaction.atomic
def close_codes(series: CodeSeries, *, by: Person) -> CodeSeries:
    """Let the codes of a series work no longer; who waits for an answer still gets one."""
    if not may_see_codes(series, by):
        raise PermissionDenied
    series = locked(series.pk)
    if not series.is_closed:
        series.closed_at = clock.now()
        series.save(update_fields=["closed_at"])
        record("badges.codes.close", about=series, by=by)
    return series


# --- use ------------------------------------------------------------------------------------------------------------


def why_not(code: ClaimCode) -> list[str]:
    """Return why a code cannot be used now; empty when it can."""
    return unmet(CodeUse(series=code.series, code=code).prove)


@transaction.atomic
def ask_with_code(code: ClaimCode, *, email: str, name: str) -> CodeUse:
    """Ask for a badge for an address that is still to be proved: a link is mailed to it.

    The answer is the same whoever reads that address; one that has the badge gets a link to where it is.
    """
    use = use_of(code, email=email, name=name)
    queue_mail("badges/code_confirm", to=email, about=use, language=use.language)
    return use


@transaction.atomic
def collect_with_code(code: ClaimCode, *, by: Person) -> CodeUse:
    """Use a code for the primary address of a person who proved it before."""
    use = use_of(code, email=by.verified_addresses()[0], name=by.name)
    return prove_use(use, by=by, name=by.name)


def use_of(code: ClaimCode, *, email: str, name: str) -> CodeUse:
    """Return the one use of an address in a series, as it asks now; refuses a code that does not work."""
    series = locked(code.series_id)
    code = series.codes.get(pk=code.pk)
    code.series = series
    if reasons := why_not(code):
        raise StepRefused(reasons[:1])
    facts = {"code": code, "name": name, "language": get_language(), "asked_at": clock.now()}
    use, is_new = CodeUse.objects.get_or_create(series=series, email=email, defaults=facts)
    if use.is_unproven and not is_new:
        CodeUse.objects.filter(pk=use.pk).update(**facts)
        use.refresh_from_db()
    return use


def locked(series_pk: int) -> CodeSeries:
    """Return a series as it is now and will be until the commit: its codes are used one after the other."""
    return CodeSeries.objects.select_for_update(no_key=True).get(pk=series_pk)


@transaction.atomic
def prove_use(use: CodeUse, *, by: Person | None, name: str) -> CodeUse:
    """Count a use whose address is proved, by the mailed link or by an account; award, or ask the organiser.

    Done twice, it changes nothing more.
    """
    series = locked(use.series_id)
    use = CodeUse.objects.get(pk=use.pk)
    if not use.is_unproven:
        return use
    person = Person.objects.active().with_verified_address(use.email).first()
    try:
        use = take(use.ask if series.needs_approval else use.prove, by=by, name=name, person=person)
    except StepRefused as refused:
        raise StepRefused(refused.reasons[:1]) from refused
    ClaimCode.objects.filter(pk=use.code_id).update(used=F("used") + 1)
    if use.is_waiting:
        tell_issuers(series)
        return use
    return give(use)


def give(use: CodeUse) -> CodeUse:
    """Write down the award of an accepted use; the clock carries it out."""
    recipient = Recipient(use.email, use.name, use.person)
    use.batch = award(
        use.series.badge_class,
        [recipient],
        by=None,
        source=AwardBatch.Source.CODE,
        once_key=f"code:{use.pk}",
        language=use.series.language,
    )
    use.save(update_fields=["batch"])
    return use


def tell_issuers(series: CodeSeries) -> None:
    """Tell those who issue that somebody waits for their answer, unless they have such news unread."""
    news = {"event": "badges/code_waiting", "object_type": "badges.codeseries", "object_id": str(series.pk)}
    told = Notification.objects.filter(**news).unread().values("person")
    people = people_to_tell(series.badge_class.organiser, Membership.Role.ISSUER)
    notify(people.exclude(pk__in=told), "badges/code_waiting", about=series)


# --- answer ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept_uses(uses, *, by: Person) -> int:
    """Award the badge to people who wait for an answer; returns how many."""
    accepted = [give(take(use.accept, by=by)) for use in still_waiting(uses)]
    return len(accepted)


@transaction.atomic
def decline_uses(uses, *, by: Person) -> int:
    """Tell people who wait for an answer that they do not get the badge, and free their uses; returns how many."""
    declined = [take(use.turn_down, by=by) for use in still_waiting(uses)]
    for use in declined:
        ClaimCode.objects.filter(pk=use.code_id).update(used=F("used") - 1)
        key = f"code-declined:{use.pk}"
        language = use.person.language if use.person else use.language
        queue_mail("badges/code_declined", to=use.email, person=use.person, about=use, key=key, language=language)
    return len(declined)


def still_waiting(uses) -> list[CodeUse]:
    """Return those that nobody answered meanwhile, locked in the order of the rows."""
    return list(uses.waiting().select_for_update(of=("self",), no_key=True).order_by("pk"))


# --- forget ---------------------------------------------------------------------------------------------------------


def forget_unproven() -> int:
    """Delete the addresses that nobody proved while their link lasted; returns how many."""
    count, _models = CodeUse.objects.forgotten(clock.now() - CODE_AGE).delete()
    return count
