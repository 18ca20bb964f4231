"""What can be done with a badge that was awarded."""

from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.actions.awards import Recipient, check_daily_limit, write_batch
from badges.actions.showing import stay_published
from badges.ledger import mark_changed
from badges.models import Assertion, AwardBatch, AwardReport, AwardRow, CollectionItem, CorrectionRequest
from badges.models.assertion import RECIPIENT_MAILS
from badges.permissions import may_answer, may_correct, may_hold, may_moderate, may_take_back
from badges.workflow import LIVE, WAITING
from organisers.actions import people_to_tell
from organisers.models import Membership
from portal import clock
from portal.accounts.addresses import in_mailbox
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import add_line, cancel_mail_about, mark_read_about, notify, queue_mail
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused, take

RESENDS_A_DAY = CORRECTIONS_A_DAY = 3


@transaction.atomic
def collect_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Accept a badge: from now on it is in the person's backpack."""
    mark_read_about(assertion, RECIPIENT_MAILS)
    assertion = take(assertion.collect, by=by, holder=by)
    CollectionItem.objects.follow(assertion)
    stay_published(assertion)
    return assertion


@transaction.atomic
def collect_waiting_badges(*, by: Person) -> int:
    """Accept every badge that waits for a person; returns how many there were."""
    waiting = Assertion.objects.for_person(by).waiting().order_by("pk")
    return len([collect_badge(assertion, by=by) for assertion in waiting])


@transaction.atomic
def decline_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Turn a badge down; it can still be collected later."""
    mark_read_about(assertion, RECIPIENT_MAILS)
    return take(assertion.decline, by=by)


@transaction.atomic
def revoke_badge(assertion: Assertion, *, by: Person, reason: str) -> Assertion:
    """Take a badge back with a reason that its recipient is told; this cannot be undone.

    Nothing is told of a badge that was turned down, nor of one that nobody collected and no mail ever spoke of.
    """
    if not reason.strip():
        raise StepRefused([_("Say why the badge is taken back; its holder reads it.")])
    before = Assertion.objects.select_for_update(of=("self",)).select_related("batch").get(pk=assertion.pk)
    assertion = take(assertion.revoke, by=by, reason=reason)
    mark_changed(assertion)
    cancel_mail_about(assertion)
    mark_read_about(assertion, RECIPIENT_MAILS)
    if before.recipient_knows:
        tell_recipient(assertion, "badges/badge_revoked", in_inbox=True)
    return assertion


@transaction.atomic
def resend_mail(assertion: Assertion, *, by: Person) -> None:
    """Send the mail about a badge that waits once more; three times a day at the most."""
    if not may_take_back(assertion, by):
        raise PermissionDenied
    assertion = Assertion.objects.select_for_update(of=("self",)).select_related("batch").get(pk=assertion.pk)
    if not (assertion.is_waiting and assertion.batch.is_out) or assertion.is_erased:
        raise StepRefused([_("Only a badge that is out and waits to be collected can be sent again.")])
    since = clock.now() - timedelta(days=1)
    lately = OutgoingMail.objects.about_any([assertion]).filter(event__in=RECIPIENT_MAILS, created_at__gt=since)
    if lately.count() >= RESENDS_A_DAY:
        raise StepRefused([_("This mail was sent three times today. Try again tomorrow.")])
    tell_recipient(assertion, assertion.award_event)
    record("badges.resend", about=assertion, by=by)


def tell_recipient(assertion: Assertion, event: str, *, in_inbox: bool = False, facts: dict | None = None) -> None:
    """Queue a mail to the holder of a badge, in their language; on demand a line in their inbox."""
    person = assertion.holder()
    to, language = assertion.reached_at(person), person.language if person else assertion.language
    queue_mail(event, to=to, person=person, about=assertion, facts=facts, language=language)
    if person and in_inbox:
        add_line(person, event, about=assertion, facts=facts)


@transaction.atomic
def remind(assertion: Assertion) -> None:
    """Remind the recipient of a badge that waits, once for each time the clock finds it due; not who wants no mail."""
    due = Assertion.objects.filter(pk=assertion.pk, state=WAITING, reminders=assertion.reminders, erased_at=None)
    quiet = Person.objects.with_verified_address(assertion.email).filter(gets_reminders=False)
    if due.update(reminders=assertion.reminders + 1) == 1 and not quiet.exists():
        tell_recipient(assertion, "badges/badge_reminder")


@transaction.atomic
def correct_badge(assertion: Assertion, *, by: Person, email: str, **changes) -> AwardBatch:
    """Replace a badge by one without its mistake; the old one ends the moment the new one is signed.

    `changes` are facts of a `Recipient`; what they do not name stays as it is.
    """
    if not may_correct(assertion, by):
        raise PermissionDenied
    assertion = Assertion.objects.select_for_update(of=("self",)).select_related("row", "batch").get(pk=assertion.pk)
    if assertion.state not in LIVE or not assertion.batch.is_out or assertion.is_erased:
        raise StepRefused([_("Only a badge that is out and valid can be corrected.")])
    if being_made := AwardRow.objects.filter(supersedes=assertion, state=AwardRow.State.DUE).first():
        return being_made.batch
    held = Assertion.objects.blocking().filter(badge_class=assertion.badge_class_id, email=email)
    if email != assertion.email and held.exists():
        raise StepRefused([_("Who has this address holds the badge already.")])
    check_corrections(assertion, email, by=by)
    as_it_is = Recipient(
        email,
        assertion.name,
        Person.objects.active().with_verified_address(email).first(),
        language=assertion.language,
        valid_until=assertion.last_day,
        narrative=assertion.row.narrative,
        evidence=assertion.row.evidence,
        result=assertion.row.result,
        activity_on=assertion.row.activity_on,
        supersedes=assertion,
    )
    corrected = replace(as_it_is, **changes)
    if email == assertion.email:
        corrected = still_shown(corrected, assertion.row)
    tries = AwardRow.objects.filter(supersedes=assertion).count()
    record("badges.correct", about=assertion, by=by)
    return write_batch(
        assertion.badge_version,
        [corrected],
        by=by,
        source=AwardBatch.Source.CORRECTION,
        once_key=f"correction:{assertion.key}:{tries}",
        language=assertion.language,
        hold=False,
    )


def still_shown(corrected: Recipient, row: AwardRow) -> Recipient:
    """Let the holder of a corrected badge go on showing what they showed, as far as it is still there."""
    evidence = [url for url in row.public_evidence if url in corrected.evidence]
    ticked = {"result_is_public": row.result_is_public, "narrative_is_public": row.narrative_is_public}
    return replace(corrected, public_evidence=evidence, **ticked)


def check_corrections(assertion: Assertion, email: str, *, by: Person) -> None:
    """Refuse a fourth correction a day for one address, and what the daily limit of an unverified organiser forbids."""
    if not assertion.badge_class.organiser.is_verified:
        check_daily_limit(assertion.badge_class.organiser, 1, by=by)
    since = clock.now() - timedelta(days=1)
    corrections = AwardRow.objects.filter(batch__source=AwardBatch.Source.CORRECTION, batch__created_at__gt=since)
    lately = corrections.filter(in_mailbox([email]), batch__badge_class=assertion.badge_class_id)
    if lately.count() >= CORRECTIONS_A_DAY:
        raise StepRefused([_("This badge was corrected three times today. Try again tomorrow.")])


@transaction.atomic
def ask_for_correction(assertion: Assertion, *, by: Person, text: str) -> CorrectionRequest:
    """Tell those who issued a badge what is wrong with it."""
    if not may_hold(assertion, by):
        raise PermissionDenied
    if assertion.correction_requests.open().exists():
        raise StepRefused([_("You have asked already; the organiser will answer.")])
    request = CorrectionRequest.objects.create(assertion=assertion, person=by, text=text)
    issuers = people_to_tell(assertion.badge_class.organiser, Membership.Role.ISSUER)
    notify(issuers, "badges/correction_asked", about=assertion, facts={"text": text})
    record("badges.ask_correction", about=assertion, by=by)
    return request


@transaction.atomic
def decline_correction(request: CorrectionRequest, *, by: Person, answer: str) -> None:
    """Answer that a badge is right as it is."""
    if not may_answer(request, by):
        raise PermissionDenied
    if CorrectionRequest.objects.filter(pk=request.pk).answer(by=by) == 1:
        facts = {"answer": answer}
        notify([request.person], "badges/correction_declined", about=request.assertion, facts=facts)
        record("badges.decline_correction", about=request.assertion, by=by)


@transaction.atomic
def report_award(assertion: Assertion, *, kind: str, text: str = "") -> AwardReport:
    """Take down what the reader of an award mail says of it; a badge that is not theirs is turned down at once."""
    report, _is_new = AwardReport.objects.get_or_create(
        assertion=assertion, kind=kind, handled_at=None, defaults={"text": text}
    )
    if report.says_not_mine and assertion.is_waiting:
        take(assertion.disown, by=None)
        cancel_mail_about(assertion)
    record("badges.report", about=assertion, by=None, facts={"kind": kind})
    return report


@transaction.atomic
def handle_report(report: AwardReport, *, by: Person) -> None:
    """Put a report away as looked at."""
    if not may_moderate(by):
        raise PermissionDenied
    if AwardReport.objects.open().filter(pk=report.pk).update(handled_at=clock.now(), handled_by=by) == 1:
        record("badges.handle_report", about=report.assertion, by=by)


@transaction.atomic
def reopen_report(report: AwardReport, *, by: Person) -> None:
    """Take a report up again that was put away."""
    if not may_moderate(by):
        raise PermissionDenied
    assertion = Assertion.objects.select_for_update(of=("self",)).get(pk=report.assertion_id)
    if assertion.reports.open().filter(kind=report.kind).exists():
        raise StepRefused([_("The same was reported again meanwhile, and that report is open.")])
    if AwardReport.objects.handled().filter(pk=report.pk).update(handled_at=None, handled_by=None) == 1:
        record("badges.reopen_report", about=assertion, by=by)
