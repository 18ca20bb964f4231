"""Reporting a page, answering it, and what follows for the page."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges.actions.showing import give_back_badge, withhold_badge
from badges.models import Assertion
from organisers.actions.members import owners_to_tell
from organisers.models import Organiser
from pathways.actions.taking_off import put_back, take_off
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import add_line, notify, queue_mail, take_back_news
from portal.workflow import StepRefused, take
from reports.models import Report
from reports.permissions import may_close, may_decide_objection, may_judge
from reports.subjects import Kind, Subject
from reports.workflow import OPEN

REPORTED_ALREADY = _("You have reported this page already, and nobody has answered yet. You get an answer to that.")
NEEDS_WORDS = _("Say what was done and why.")


@transaction.atomic
def report_page(subject: Subject, *, reason: str, words: str, email: str = "", by: Person | None = None) -> Report:
    """Lay a report before the desk; strangers are answered at an address, people with an account in their inbox."""
    same = Report.objects.filter(kind=subject.kind, subject_key=subject.key, state__in=OPEN)
    if by is not None:
        email = ""
    if subject.organiser is not None:  # so that one of two that come at once waits for the other
        Organiser.objects.select_for_update(no_key=True).get(pk=subject.organiser.pk)
    if (by and same.filter(reporter=by).exists()) or (email and same.filter(email=email).exists()):
        raise StepRefused([REPORTED_ALREADY])
    report = Report.objects.create(
        kind=subject.kind,
        subject_key=subject.key,
        title=subject.title[:255],
        path=subject.path,
        organiser=subject.organiser,
        holder=subject.holder,
        reason=reason,
        words=words,
        reporter=by,
        email=email,
        language=get_language() or "en",
        promised_on=Report.promise(reason),
    )
    record("reports.report", about=report, by=by, facts={"reason": reason, "kind": subject.kind})
    tell_reporter(report, "reports/received")
    notify(desk_for(report), "reports/waiting", about=report)
    return report


def tell_reporter(report: Report, event: str) -> None:
    """Tell who reported, by inbox and mail or at the address that they left."""
    if report.reporter is not None:
        notify([report.reporter], event, about=report)
    elif report.email:
        queue_mail(event, to=report.email, about=report, language=report.language)


def desk_for(report: Report, *, may=may_judge) -> list[Person]:
    """Return the people of the network who may judge a report."""
    roles = ("coordinator", "network_admin")
    people = {person.pk: person for role in roles for person in Person.objects.with_network_role(role)}
    return [person for _pk, person in sorted(people.items()) if may(report, person)]


def concerned_by(report: Report) -> list[Person]:
    """Return those whose page it is."""
    people = list(owners_to_tell(report.organiser)) if report.organiser else []
    if report.holder and report.holder not in people:
        people.append(report.holder)
    return people


@transaction.atomic
def take_up_report(report: Report, *, by: Person) -> Report:
    """Look at a report; from now on those whose page it is read it and may tell their side."""
    report = take(report.take_up, by=by, person=by)
    notify(concerned_by(report), "reports/page_reported", about=report)
    return report


@transaction.atomic
def note_on_report(report: Report, *, words: str, by: Person) -> Report:
    """Tell the desk one's side of it."""
    report = take(report.add_note, by=by, words=words)
    if report.handler:
        add_line(report.handler, "reports/noted", about=report)
    return report


@transaction.atomic
def close_report(report: Report, *, outcome: str, words: str, by: Person) -> Report:
    """Answer a report: what was done and why. A page that is taken off goes in the same moment."""
    if not may_close(report, by):
        raise PermissionDenied
    if outcome not in Report.Outcome or not words.strip():
        raise StepRefused([NEEDS_WORDS])
    if outcome == Report.Outcome.TAKEN_OFF and not report.can_be_taken_off:
        raise StepRefused([_("Such a page cannot be taken off here. Ask whose page it is, or an editor.")])
    report = take(report.close, by=by, person=by, outcome=outcome, words=words)
    if outcome == Report.Outcome.TAKEN_OFF:
        _taken_off(report, by=by)
    tell_reporter(report, "reports/answered")
    notify(concerned_by(report), "reports/decided", about=report)
    return report


@transaction.atomic
def object_to_report(report: Report, *, words: str, by: Person) -> Report:
    """Ask once that somebody else looks at it."""
    if not words.strip():
        raise StepRefused([_("Say why the page should be there again.")])
    report = take(report.object, by=by, words=words)
    notify(desk_for(report, may=may_decide_objection), "reports/objected", about=report)
    return report


@transaction.atomic
def decide_objection(report: Report, *, is_granted: bool, words: str, by: Person) -> Report:
    """Decide for good, as somebody else than who took the page off; where it is granted the page comes back."""
    if not may_decide_objection(report, by):
        raise PermissionDenied
    if not words.strip():
        raise StepRefused([NEEDS_WORDS])
    report = take(report.decide_objection, by=by, person=by, is_granted=is_granted, words=words)
    if is_granted:
        _given_back(report, by=by)
    tell_reporter(report, "reports/objection_decided")
    notify(concerned_by(report), "reports/objection_decided", about=report)
    return report


def _taken_off(report, *, by):
    if report.kind == Kind.ASSERTION:
        withhold_badge(Assertion.objects.get(key=report.subject_key), by=by)
    else:
        take_off(report.subject_key, by=by)


def _given_back(report, *, by):
    if report.kind == Kind.ASSERTION:
        give_back_badge(Assertion.objects.get(key=report.subject_key), by=by)
    else:
        put_back(report.subject_key, by=by)


def forget_reporter(report: Report) -> None:
    """Forget who wrote a report that was closed long ago; what was decided stays."""
    Report.objects.filter(pk=report.pk).update(reporter=None, email="")


def keep_one_report(mine: Report, theirs: Report) -> None:
    """Answer one of two reports that a person wrote of one page from two accounts; the desk still reads both."""
    take_back_news(theirs, person=theirs.reporter)
    Report.objects.filter(pk=theirs.pk).update(reporter=None)


def forget_reports(rows, leaver) -> None:
    """Take out of reports what a person wrote in them, and what was theirs; who worked on one stays as a shell."""
    person = leaver.person
    addresses = person.verified_addresses()
    rows.filter(email__in=addresses).update(email="", words="")
    rows.filter(reporter=person).update(reporter=None, words="")
    rows.filter(holder=person).update(holder=None, title="", words="", note="", objection="", answer="", decision="")
