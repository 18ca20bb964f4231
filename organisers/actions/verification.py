"""Having an organiser checked by the network."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import locked, owners_to_tell
from organisers.actions.profile import record_standing
from organisers.models import (
    Organiser,
    OrganiserText,
    VerificationCase,
    VerificationDocument,
    VerificationQuestion,
)
from organisers.permissions import may_ask_for_verification, may_check, may_take_verification
from organisers.workflow.verification import REJECTED, REST_DAYS
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.actions import drop_file, store_file
from portal.notifications.actions import mark_read_about, notify
from portal.workflow import StepRefused, take

VALID_MONTHS = 36
BAR_MONTHS = 12  # after an organiser was shut out
MOST_DOCUMENTS = 10
SHORTEST_QUESTION = 20  # characters
REMIND_AFTER = [14, 27]  # days of an open question


@transaction.atomic
def request_verification(organiser: Organiser, *, by, files=(), **facts) -> VerificationCase:
    """Ask the network to check an organiser: for the first time, anew, or after it was turned down."""
    organiser = locked(organiser)
    if not may_ask_for_verification(organiser, by):
        raise PermissionDenied
    if reasons := reasons_against_request(organiser, what_changed=facts.get("what_changed", "")):
        raise StepRefused(reasons)
    kind = VerificationCase.Kind.RENEWAL if organiser.verified_until else VerificationCase.Kind.FULL
    return _open(organiser, kind, files, by=by, **facts)


@transaction.atomic
def report_change(organiser: Organiser, changes: dict, *, by, files=(), **facts) -> VerificationCase:
    """Tell the network that the name, kind or country of a verified organiser changes; it takes effect once checked."""
    organiser = locked(organiser)
    if not may_ask_for_verification(organiser, by):
        raise PermissionDenied
    if not organiser.is_verified:
        raise StepRefused([_("Only what is verified needs a check of a change. Change it in the profile.")])
    if organiser.verifications.open().exists():
        raise StepRefused([_("A request is open already.")])
    Organiser.objects.filter(pk=organiser.pk).update(change_since=clock.today())
    return _open(organiser, VerificationCase.Kind.CHANGE, files, by=by, changes=changes, **facts)


def reasons_against_request(organiser: Organiser, *, what_changed: str = "x") -> list:
    """Return why an organiser cannot ask to be verified now; empty when it can."""
    if organiser.verifications.open().exists():
        return [_("A request is open already.")]
    if organiser.standing == Organiser.Standing.SUSPENDED:
        return [_("The organiser is suspended. Answer to that first.")]
    if organiser.standing == Organiser.Standing.REVOKED:
        last = organiser.suspensions.first()
        if last is None:
            return [_("The organiser was shut out.")]
        first = clock.months_later(clock.day_of(last.ended_at), BAR_MONTHS)
        if clock.today() < first:
            return [_("The organiser was shut out. It can ask again from %(day)s.") % {"day": first.isoformat()}]
    if organiser.is_verified and organiser.reminders == 0:
        return [_("The organiser is verified until %(day)s.") % {"day": organiser.verified_until.isoformat()}]
    former = organiser.verifications.exclude(kind=VerificationCase.Kind.CHANGE).first()
    if former and former.state == REJECTED:
        first = clock.day_of(former.decided_at) + timedelta(days=REST_DAYS)
        if clock.today() < first:
            return [_("You can ask again from %(day)s.") % {"day": first.isoformat()}]
        if not what_changed.strip():
            return [_("Say what changed since the last check.")]
    return []


def _open(organiser, kind, files, *, by, **facts) -> VerificationCase:
    case = VerificationCase.objects.create(
        organiser=organiser, kind=kind, opened_by=by, former=organiser.verifications.first(), **facts
    )
    add_documents(case, files, by=by)
    record("organisers.request_verification", about=case, by=by, facts={"kind": kind})
    notify(coordinators(case), "organisers/verification_asked", about=case)
    notify([by], "organisers/verification_received", about=case)
    return case


def coordinators(case: VerificationCase) -> list[Person]:
    """Return the coordinators who may take a case; the network's admins where there is none."""
    for role in ["coordinator", "network_admin"]:
        people = [one for one in Person.objects.with_network_role(role) if may_take_verification(case, one)]
        if people:
            return people
    return []


def second_coordinators(case: VerificationCase) -> list[Person]:
    """Return those who may look at a case a second time."""
    people = [one for role in ["coordinator", "network_admin"] for one in Person.objects.with_network_role(role)]
    return [one for one in people if one.pk != case.coordinator_id and may_take_verification(case, one)]


def add_documents(case: VerificationCase, files, *, by) -> None:
    """Keep papers with a case. Raises StepRefused when there are too many."""
    if case.documents.count() + len(files) > MOST_DOCUMENTS:
        raise StepRefused([_("A case holds ten documents at most.")])
    for file in files:
        VerificationDocument.objects.create(case=case, file=store_file(file, owner=by))


@transaction.atomic
def take_up_verification(case: VerificationCase, *, by) -> VerificationCase:
    """Become the coordinator who checks a case; the organiser sees that it is being checked."""
    if case.coordinator:
        raise StepRefused([_("%(name)s took it up already.") % {"name": case.coordinator}])
    case = take(case.take_up, by=by, coordinator=by)
    mark_read_about(case, ["organisers/verification_asked"])
    return case


@transaction.atomic
def ask_for_information(case: VerificationCase, *, about, words: str, by, seen=None) -> VerificationCase:
    """Ask the organiser something; it has 30 days, in which the days of the target stand still."""
    if len(words.strip()) < SHORTEST_QUESTION:
        raise StepRefused([_("Write the question out: at least 20 characters.")])
    if not about:
        raise StepRefused([_("Name what the question is about.")])
    case = take(case.ask, by=by, seen=seen)
    VerificationQuestion.objects.create(case=case, about=list(about), words=words, asked_by=by)
    notify(owners_to_tell(case.organiser), "organisers/verification_question", about=case)
    return case


@transaction.atomic
def answer_question(case: VerificationCase, *, words: str, files=(), by) -> VerificationCase:
    """Answer what the network asked, in words or with papers."""
    if not words.strip() and not files:
        raise StepRefused([_("Write an answer or attach a document.")])
    case = take(case.answer, by=by)
    question = case.questions.get(answered_at=None)
    question.answer, question.answered_by, question.answered_at = words, by, clock.now()
    question.save()
    add_documents(case, files, by=by)
    notify(
        [case.coordinator] if case.coordinator else coordinators(case), "organisers/verification_answered", about=case
    )
    return case


@transaction.atomic
def verify_organiser(case: VerificationCase, *, checks, note: str, by, seen=None) -> VerificationCase:
    """Find that an organiser is who it says it is: it is verified for 36 months, under the name that was checked."""
    missing = [case.CHECKS[name] for name in case.needed_checks if name not in checks]
    if missing:
        raise StepRefused([_("Not checked yet: %(check)s") % {"check": check} for check in missing])
    case = take(case.verify, by=by, seen=seen, checks=sorted(checks), note=note)
    organiser = locked(case.organiser)
    until = organiser.verified_until
    if case.kind == case.Kind.CHANGE:
        _apply(organiser, case.changes)
    else:
        until = clock.months_later(clock.today(), VALID_MONTHS)
    record_standing(organiser, by=by, standing=Organiser.Standing.VERIFIED, until=until)
    Organiser.objects.filter(pk=organiser.pk).update(change_since=None, reminders=0)
    notify(owners_to_tell(organiser), "organisers/verified", about=case)
    _tell_coordinator(case, by=by)
    return case


def _tell_coordinator(case, *, by) -> None:
    """Tell who had taken a case up that an admin decided it in their place."""
    if case.coordinator and case.coordinator != by and may_check(case, case.coordinator):
        notify([case.coordinator], "organisers/verification_decided", about=case, by=by)


def _apply(organiser, changes) -> None:
    facts = {name: changes[name] for name in ["kind", "country"] if name in changes}
    if facts:
        Organiser.objects.filter(pk=organiser.pk).update(**facts)
    if "name" in changes:
        OrganiserText.objects.filter(owner=organiser).update(name=changes["name"])


@transaction.atomic
def reject_verification(case: VerificationCase, *, reason: str, words: str, by, seen=None) -> VerificationCase:
    """Say that an organiser could not be verified, why, and how to try again."""
    if reason not in VerificationCase.Reason or not words.strip():
        raise StepRefused([_("Choose a reason and explain it to the organiser.")])
    case = take(case.reject, by=by, seen=seen, reason=reason, words=words)
    Organiser.objects.filter(pk=case.organiser_id).update(change_since=None)
    notify(owners_to_tell(case.organiser), "organisers/not_verified", about=case)
    _tell_coordinator(case, by=by)
    return case


@transaction.atomic
def ask_for_second_look(case: VerificationCase, *, by) -> VerificationCase:
    """Ask the network's admins to have the decision looked at by somebody else."""
    case = take(case.ask_for_second_look, by=by)
    admins = [one for one in Person.objects.with_network_role("network_admin") if may_take_verification(case, one)]
    notify(admins, "organisers/second_look_asked", about=case)
    return case


@transaction.atomic
def grant_second_look(case: VerificationCase, *, coordinator, by) -> VerificationCase:
    """Give a case that was turned down to another coordinator."""
    if coordinator.pk == case.coordinator_id or not may_take_verification(case, coordinator):
        raise StepRefused([_("Choose a coordinator who had no part in it.")])
    case = take(case.grant_second_look, by=by, coordinator=coordinator)
    notify([coordinator], "organisers/verification_asked", about=case)
    notify(owners_to_tell(case.organiser), "organisers/second_look_granted", about=case)
    return case


@transaction.atomic
def cancel_verification(case: VerificationCase, *, by) -> VerificationCase:
    """Take a request back before anybody took it up."""
    case = take(case.cancel, by=by)
    mark_read_about(case, ["organisers/verification_asked"])
    Organiser.objects.filter(pk=case.organiser_id).update(change_since=None)
    return case


@transaction.atomic
def close_unanswered(case: VerificationCase) -> VerificationCase:
    """Close a case whose question nobody answered in time, without judging it."""
    case = take(case.run_out, by=None)
    Organiser.objects.filter(pk=case.organiser_id).update(change_since=None)
    notify(owners_to_tell(case.organiser), "organisers/verification_closed", about=case)
    return case


@transaction.atomic
def drop_document(document: VerificationDocument) -> None:
    """Delete a paper that nobody needs any more."""
    document.delete()
    drop_file(document.file)


@transaction.atomic
def remind_of_question(question: VerificationQuestion) -> None:
    """Remind the owners of an open question, each time once."""
    sent = question.reminders
    if VerificationQuestion.objects.filter(pk=question.pk, reminders=sent).update(reminders=sent + 1):
        notify(owners_to_tell(question.case.organiser), "organisers/verification_question", about=question.case)


@transaction.atomic
def end_verification(organiser: Organiser) -> Organiser:
    """Take the mark from an organiser whose verification has run out."""
    organiser = locked(organiser)
    if organiser.standing != Organiser.Standing.VERIFIED or organiser.verified_until > clock.today():
        return organiser
    organiser = record_standing(organiser, by=None, standing=Organiser.Standing.LAPSED, until=organiser.verified_until)
    notify(owners_to_tell(organiser), "organisers/verification_over", about=organiser)
    return organiser


@transaction.atomic
def remind_of_end(organiser: Organiser) -> None:
    """Tell the owners that their verification ends soon, each time once."""
    sent = organiser.reminders
    if Organiser.objects.filter(pk=organiser.pk, reminders=sent).update(reminders=sent + 1):
        notify(owners_to_tell(organiser), "organisers/verification_ends", about=organiser)
