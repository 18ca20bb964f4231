"""Keeping the promise of 90 days: reminders, more days, and answering for a promise that was broken."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify, take_back_news
from portal.notifications.models import OutgoingMail
from portal.workflow import Stale, StepRefused, take
from quality_label import reminders
from quality_label.actions.eligibility import require_declaration
from quality_label.actions.limits import refuse_overlong
from quality_label.clock import LONGEST_EXTENSION
from quality_label.models import Application, CaseReminder
from quality_label.permissions import is_free, may_extend

SHORTEST_REASON = 20


@transaction.atomic
def remind(application: Application) -> int:
    """Say what is due to be said of a case today, each person in one mail; return how many were told.

    Whoever had a mail about the case in the last 24 hours is told tomorrow. Late or twice, it says nothing twice.
    """
    application = Application.objects.locked().get(pk=application.pk)
    letters = {}
    said = set(application.reminded.values_list("code", flat=True))
    if application.is_under_way:
        due = reminders.due(application.state, application.days())
        for one in due:
            if one.code not in said:
                _add(letters, [person for to in one.to for person in addressees(application, to)], one.code)
        for place in application.assignments.being_written():
            due_on = place.review_due_on()
            told = reminders.due_of_review(clock.day_of(place.accepted_at), due_on, application.days())
            code, to = told[-1] if told else ("", "")
            if code and f"{code}:{place.pk}" not in said:
                people = [place.person] if to == reminders.ASSESSOR else addressees(application, to)
                people = [one for one in people if is_free(application, one)]
                _add(letters, people, f"{code}:{place.pk}")
    for place in application.assignments.open().select_related("person"):
        code = f"{reminders.BARRED}:{place.pk}"
        if code not in said and application.is_under_way and application.is_barred_for(place.person):
            take_back_news(place, person=place.person)
            take_back_news(application, person=place.person, events=reminders.TEAM_NEWS)
            _add(letters, addressees(application, reminders.COORDINATOR), code)
    told = set()
    for person, codes in letters.items():
        if not _was_mailed(application, person):
            notify([person], "quality_label/case_reminder", about=application, facts={"codes": codes})
            told |= set(codes)
    CaseReminder.objects.bulk_create(
        [CaseReminder(application=application, code=code) for code in sorted(told)], ignore_conflicts=True
    )
    return len(letters)


def addressees(application: Application, to: str) -> list[Person]:
    """Return the people behind a part of a case, those in conflict with it left out."""
    if to == reminders.COORDINATOR:
        people = [application.coordinator] if application.coordinator else _with_role("coordinator")
        return [one for one in people if is_free(application, one)] or addressees(application, reminders.ADMINS)
    if to == reminders.ADMINS:
        return [one for one in _with_role("network_admin") if is_free(application, one)]
    return [place.person for place in application.assignments.leads() if is_free(application, place.person)]


def _with_role(role) -> list[Person]:
    return list(Person.objects.with_network_role(role))


def _add(letters, people, code) -> None:
    for person in people:
        letters.setdefault(person, [])
        if code not in letters[person]:
            letters[person].append(code)


def _was_mailed(application, person) -> bool:
    lately = OutgoingMail.objects.about_any([application]).filter(person=person)
    return lately.filter(created_at__gt=clock.now() - timedelta(hours=24)).exists()


@transaction.atomic
def extend_days(application: Application, *, days: int, reason: str, by, seen: int | None = None) -> Application:
    """Give a case more days, once, before its day 85; the applicant reads why."""
    if not may_extend(application, by):
        raise PermissionDenied
    require_declaration(application, by=by)
    if not 1 <= days <= LONGEST_EXTENSION:
        raise StepRefused([_("Give it 1 to 30 days.")])
    if len(reason.strip()) < SHORTEST_REASON:
        raise StepRefused([_("Write down why: the applicant reads it.")])
    refuse_overlong(Application, extension_reason=reason)
    application = take(application.extend, by=by, seen=seen, days=days, reason=reason.strip())
    notify(owners_to_tell(application.organiser), "quality_label/extended", about=application)
    return application


@transaction.atomic
def own_up(application: Application) -> bool:
    """Tell an applicant that the promised day has passed, and the network's admins that they answer for it; once."""
    application = Application.objects.locked().get(pk=application.pk)
    if application.broken_on or not application.is_under_way or not application.days().is_breached:
        return False
    Application.objects.filter(pk=application.pk).update(broken_on=clock.today())
    record("quality_label.promise_broken", about=application, facts={"day": application.days().day})
    notify(owners_to_tell(application.organiser), "quality_label/promise_broken", about=application)
    notify(addressees(application, reminders.ADMINS), "quality_label/promise_to_answer_for", about=application)
    return True


@transaction.atomic
def explain_delay(application: Application, *, words: str, new_date: date, by, seen: int | None = None) -> Application:
    """Let an admin tell the applicant why the promise was broken, and the day that holds instead."""
    application = Application.objects.locked().get(pk=application.pk)
    if not may_extend(application, by):
        raise PermissionDenied
    require_declaration(application, by=by)
    if seen is not None and seen != application.version:
        raise Stale(application)
    if not application.owes_a_new_date:
        raise StepRefused([_("No promise was broken here.")])
    if len(words.strip()) < SHORTEST_REASON:
        raise StepRefused([_("Write down why: the applicant reads it.")])
    refuse_overlong(Application, broken_words=words)
    if new_date <= clock.today():
        raise StepRefused([_("Name a day that lies ahead.")])
    Application.objects.filter(pk=application.pk).update(broken_words=words.strip(), new_date=new_date)
    application.refresh_from_db()
    record("quality_label.explain_delay", about=application, by=by, facts={"new_date": new_date.isoformat()})
    notify(owners_to_tell(application.organiser), "quality_label/delay_explained", about=application)
    return application
