"""Writing an application before it is handed in, and ending one by oneself."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from organisers.actions import people_to_tell
from organisers.models import Organiser
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import cancel_mail_about, notify
from portal.workflow import Stale, StepRefused, take
from quality_label.actions.evidence import copy_evidence
from quality_label.comparison import changes_between
from quality_label.criteria import MANDATORY_LEVEL, Framework
from quality_label.models import (
    Answer,
    AnswerEdit,
    Appeal,
    Application,
    ApplicationPause,
    ConsensusLevel,
    FrameworkVersion,
    Label,
)
from quality_label.permissions import may_apply, may_edit_application
from quality_label.sections import blank, cleaned, section_of
from quality_label.workflow.application import organiser_may_operate, return_is_in_time

SITTING = timedelta(minutes=10)  # in which the edits of one person become one line of the history


@transaction.atomic
def start_application(organiser: Organiser, *, by) -> Application:
    """Begin a draft under the version in force; an organiser that is not verified yet may write, not hand in."""
    if not may_apply(organiser, by):
        raise PermissionDenied
    if not organiser.may_operate:
        raise StepRefused([organiser_may_operate.reason])
    framework = FrameworkVersion.objects.in_force()
    if framework is None:
        raise StepRefused([_("The network has put no criteria in force yet.")])
    if Application.objects.of(organiser).open().exists():
        raise StepRefused([_("There is an application already. Go on with that one.")])
    if Appeal.objects.running().opening().of(organiser).exists():
        raise StepRefused([_("Your appeal may open your last application again. Wait for it, or withdraw it first.")])
    try:
        with transaction.atomic():
            application = begin_draft(organiser, framework, language=by.language, by=by)
    except IntegrityError as two_at_once:
        raise StepRefused([_("There is an application already. Go on with that one.")]) from two_at_once
    record("quality_label.start_application", about=application, by=by)
    return application


def begin_draft(organiser: Organiser, framework: FrameworkVersion, *, language: str, by) -> Application:
    """Begin a draft; of who holds a label it renews that, in the short form where the label's last day is near.

    Then criteria that are neither mandatory nor below 3 keep the level of last time, and answers to the others are
    there to be looked at again. Nothing is kept of what the framework says otherwise by now.
    """
    label = Label.objects.live().of(organiser).select_related("application__framework").first()
    application = Application.objects.create(
        organiser=organiser, framework=framework, language=language, started_by=by, renews=label
    )
    if label and label.is_renewable:
        _carry(label.application, application, by=by)
    return application


def _carry(source, application, *, by) -> None:
    """Keep the levels of last time that are not judged again, and take the other answers over to be looked at."""
    criteria = application.rules.criteria
    changed = touched(source.framework.rules, application.rules)
    rows = {row.code: row for row in source.consensus.all() if row.code in criteria and row.code not in changed}
    kept = [
        row
        for code, row in rows.items()
        if not criteria[code].mandatory and (row.does_not_apply or row.level >= MANDATORY_LEVEL)
    ]
    ConsensusLevel.objects.bulk_create(
        ConsensusLevel(
            application=application,
            code=row.code,
            level=row.level,
            does_not_apply=row.does_not_apply,
            ticked=row.ticked,
            reason=row.reason,
            is_settled=True,
            is_carried=True,
        )
        for row in kept
    )
    open_places = application.places()
    for answer in source.answers.all():
        if answer.place == "context":
            _write(application, answer.place, answer.content, by=by)
        elif answer.place in open_places and section_of(answer.place) == "criteria":
            _write(application, answer.place, cleaned(answer.place, answer.content | {"is_to_review": True}), by=by)


@transaction.atomic
def copy_application(source: Application, *, by) -> Application:
    """Begin a draft with what an application that ended without a label said, evidence included."""
    if not source.may_be_copied:
        raise StepRefused([_("Only what ended without a label can be copied.")])
    application = start_application(source.organiser, by=by)
    application.copied_from, application.language = source, source.language
    application.save(update_fields=["copied_from", "language"])
    known = application.places()
    for answer in source.answers.all():
        if answer.place in known and answer.content != blank(answer.place):
            _write(application, answer.place, answer.content, by=by)
    copy_evidence(source, application, by=by)
    _mark_changes(application, source.framework.rules)
    return application


@transaction.atomic
def save_answer(application: Application, place: str, content: dict, *, by, seen: int) -> Answer:
    """Write what stands at a place. Raises Stale with the answer as it is now where somebody else was faster.

    What stands there already overtakes nobody: a page may have sent it by itself before its button was pressed.
    Edits of one person within ten minutes become one line of the history.
    """
    application = locked_for_writing(application, place, by=by)
    try:
        content = cleaned(place, content)
    except ValidationError as misfit:
        raise StepRefused([_("What was sent does not fit this place.")]) from misfit
    answer = application.answers.filter(place=place).first()
    if content == (answer.content if answer else blank(place)):
        return answer or Answer(application=application, place=place, content=content)
    if (answer.version if answer else 0) != seen:
        newer = {edit.by for edit in answer.edits.filter(version__gt=seen)} if answer else set()
        raise Stale(answer or Answer(place=place, content=blank(place)), is_own=newer == {by})
    return _write(application, place, content, by=by)


def locked_for_writing(application: Application, place: str, *, by) -> Application:
    """Return an application under lock. Raises where a person may not write at that place now."""
    application = Application.objects.locked().get(pk=application.pk)
    if not may_edit_application(application, by):
        raise PermissionDenied
    refuse_unless_operating(application)
    if not (application.is_draft or application.is_returned):
        raise StepRefused([_("The application is with the network. Nothing in it can be changed now.")])
    if application.is_returned and not return_is_in_time(application):
        raise StepRefused([return_is_in_time.reason])
    if place not in application.writable_places():
        raise PermissionDenied
    return application


def refuse_unless_operating(application: Application) -> None:
    """Raise StepRefused while the organiser is suspended."""
    if not organiser_may_operate(application):
        raise StepRefused([organiser_may_operate.reason])


def _write(application, place, content, *, by) -> Answer:
    answer, _is_new = Answer.objects.get_or_create(application=application, place=place)
    answer.content, answer.edited_by, answer.edited_at = content, by, clock.now()
    answer.version += 1
    answer.save()
    last = answer.edits.first()
    if last and last.by == by and clock.now() - last.at <= SITTING:
        last.version, last.content = answer.version, content
        last.save()
    else:
        AnswerEdit.objects.create(answer=answer, version=answer.version, content=content, by=by, at=clock.now())
    touch(application)
    return answer


def touch(application: Application) -> None:
    """Write down that somebody worked on it; reminders begin anew."""
    Application.objects.filter(pk=application.pk).update(edited_at=clock.now(), reminders=0)


@transaction.atomic
def bring_up_to_date(application: Application, *, by) -> list[str]:
    """Move a draft to the version in force and return the criteria to look at again; none where nothing changed.

    Answers to criteria that are gone stay in the history; those to changed ones are marked for review.
    """
    application = Application.objects.locked().get(pk=application.pk)
    in_force = FrameworkVersion.objects.in_force()
    if not application.is_draft or in_force is None or in_force.pk == application.framework_id:
        return []
    former = application.framework
    Application.objects.filter(pk=application.pk).update(framework=in_force)
    application.framework = in_force
    facts = {"from": former.name, "to": in_force.name}
    record("quality_label.bring_up_to_date", about=application, by=by, facts=facts)
    return _mark_changes(application, former.rules)


def _mark_changes(application, former) -> list[str]:
    """Mark the answers to criteria that say something else now; return the codes of these and of new ones."""
    changed = touched(former, application.rules)
    application.consensus.filter(code__in=changed).delete()
    for answer in application.answers.filter(place__in=[f"criterion:{code}" for code in changed]):
        answer.content = cleaned(answer.place, answer.content | {"is_to_review": True})
        answer.version += 1
        answer.save()
    return changed


def touched(former: Framework, rules: Framework) -> list[str]:
    """Return the criteria that say something else than they did, or are new."""
    places_changed = {change.place.split(".anchors")[0].rsplit(".", 1)[0] for change in changes_between(former, rules)}
    return [code for code in rules.criteria if code in places_changed]


@transaction.atomic
def discard_draft(application: Application, *, by) -> Application:
    """Throw a draft away; its evidence is erased after 30 days."""
    application = take(application.discard, by=by)
    cancel_mail_about(application)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, by) -> Application:
    """Take an application back: the team is released, and the days end."""
    team = application.people_of_team()
    application = take(application.withdraw, by=by)
    end_case(application)
    told = {person.pk: person for person in [*team, *([application.coordinator] if application.coordinator else [])]}
    notify(told.values(), "quality_label/application_withdrawn", about=application)
    return application


def end_case(application: Application) -> None:
    """Release the team of what ended without a decision, close its open days and its open questions."""
    for assignment in application.assignments.open():
        take(assignment.release, by=None)
    for pause in application.pauses.filter(resumed_on=None):
        ApplicationPause.objects.filter(pk=pause.pk).update(resumed_on=clock.today())
    application.clarifications.unanswered().update(closed_at=clock.now())


@transaction.atomic
def lapse_draft(application: Application) -> Application:
    """End a draft that nobody touched for half a year."""
    application = take(application.lapse, by=None)
    notify(people_to_tell(application.organiser), "quality_label/draft_lapsed", about=application)
    return application


@transaction.atomic
def remind_of_draft(application: Application, due: int) -> None:
    """Remind the owners of a forgotten draft; `due` reminders should have left, and one mail makes up for all."""
    if Application.objects.drafts().filter(pk=application.pk, reminders__lt=due).update(reminders=due):
        notify(people_to_tell(application.organiser), "quality_label/draft_waiting", about=application)
