"""Handing an application in, completing it after a return, and what is kept of it each time."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from badges.models import Assertion, BadgeClass
from organisers.actions import people_to_tell
from portal import clock
from portal.folding import folded
from portal.notifications.actions import notify
from portal.sentences import in_every_language
from portal.workflow import StepRefused, take
from quality_label.actions.application import bring_up_to_date, end_case, refuse_unless_operating
from quality_label.actions.days import resume_days
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.team import record_named
from quality_label.digests import digest_of
from quality_label.facts import facts_for
from quality_label.models import Application, ApplicationPause, Return, SampledAward, SampledBadge, Snapshot
from quality_label.permissions import may_manage_application
from quality_label.readiness import Readiness, candidates, readiness_of
from quality_label.sampling import AWARDS_DRAWN, drawn, drawn_badges, new_seed
from quality_label.sections import COMMITMENT_VERSION


class FrameworkChanged(StepRefused):
    """The criteria changed since the draft was begun; `codes` names those to look at again."""

    def __init__(self, codes):
        said = ngettext(
            "The criteria changed since you began. Review %(count)d changed criterion, then hand in: %(codes)s.",
            "The criteria changed since you began. Review %(count)d changed criteria, then hand in: %(codes)s.",
            len(codes),
        )
        super().__init__([said % {"count": len(codes), "codes": ", ".join(codes)}])
        self.codes = codes


class NotReady(StepRefused):
    """Something keeps the application from being handed in; `readiness` says what."""

    def __init__(self, readiness: Readiness):
        super().__init__([f"{one.gate.code}: {one.finding.said}" for one in readiness.shut])
        self.readiness = readiness


class NothingToSend(StepRefused):
    """What was asked for is not there yet."""


def submit_application(application: Application, *, by, confirmed_name: str) -> Application:
    """Hand an application in: its content and its sample are kept for good, and the 90 days begin.

    Twice is once. Raises FrameworkChanged, with the draft moved to the version in force, and NotReady.
    """
    if not may_manage_application(application, by):
        raise PermissionDenied
    refuse_unless_operating(application)
    if changed := bring_up_to_date(application, by=by):
        raise FrameworkChanged(changed)
    return _submit(application, by=by, confirmed_name=confirmed_name)


@transaction.atomic
def _submit(application, *, by, confirmed_name) -> Application:
    application = Application.objects.locked().get(pk=application.pk)
    if application.was_submitted and application.is_open:
        return application
    readiness = readiness_of(application, clock.today())
    if application.is_draft and readiness.shut:
        raise NotReady(readiness)
    name = application.content_by_place().get("signatory", {}).get("name", "")
    if not is_same_name(name, confirmed_name):
        raise NothingToSend([_("Type the name of who signs as it stands in the commitment.")])
    application = take(application.submit, by=by, person=by, seed=new_seed())
    freeze(application, Snapshot.Cause.SUBMITTED, readiness=readiness)
    record_named(application)
    draw_sample(application)
    notify(people_to_tell(application.organiser), "quality_label/application_received", about=application)
    notify(coordinators_to_tell(application), "quality_label/application_new", about=application)
    return application


def is_same_name(first: str, second: str) -> bool:
    """Say whether two names are the same, however they are spaced, capitalised and put into characters."""
    return folded(first) != "" and folded(first) == folded(second)


def freeze(application: Application, cause: str, *, readiness: Readiness | None = None) -> Snapshot:
    """Keep what an application says now, for good."""
    document = document_of(application, readiness or readiness_of(application, application.day_0))
    return Snapshot.objects.create(application=application, cause=cause, document=document, sha256=digest_of(document))


def document_of(application: Application, readiness: Readiness) -> dict:
    """Return everything that an application says, as plain JSON."""
    organiser = application.organiser
    return {
        "reference": application.reference,
        "day_0": application.day_0.isoformat(),
        "framework": application.framework.name,
        "language": application.language,
        "organiser": {"key": str(organiser.key), "name": organiser.name, "country": organiser.country.code},
        "commitment_version": COMMITMENT_VERSION,
        **said_in(application),
        "facts": {
            code: [{"sentence": in_every_language(fact.sentence), "figure": fact.figure} for fact in facts]
            for code, facts in facts_for(organiser, application.rules, application.day_0).items()
        },
        "gates": [
            {
                "code": one.gate.code,
                "is_met": one.finding.is_met if one.finding else None,
                "said": in_every_language(one.finding.said) if one.finding else {},
                "explanation": one.explanation,
            }
            for one in readiness.gates
        ],
    }


def said_in(application: Application) -> dict:
    """Return the part of the document that the applicant writes."""
    return {
        "answers": application.content_by_place(),
        "evidence": [
            {
                "number": item.number,
                "kind": item.kind,
                "title": item.title,
                "url": item.url,
                "file": item.file.name if item.file else "",
                "sha256": item.file.sha256 if item.file else "",
                "from_minute": item.from_minute,
                "dated_on": item.dated_on.isoformat(),
                "is_plan": item.is_plan,
                "criteria": item.criteria,
                "seen_on": item.seen_on and item.seen_on.isoformat(),
                "is_asked_for": item.is_asked_for,
            }
            for item in application.evidence.kept()
        ],
        "replies": [
            {"code": one.code, "question": one.words, "answer": one.answer, "cannot_answer": one.cannot_answer}
            for round_asked in application.clarifications.sent().prefetch_related("questions")
            for one in round_asked.questions.all()
        ],
    }


def draw_sample(application: Application) -> None:
    """Draw what the assessors look at: the badges of the applicant's choice, two more, and awards of each."""
    badges = candidates(application.organiser, application.day_0)
    answers = application.content_by_place().get("badges", {}).get("chosen", [])
    chosen = list(dict.fromkeys(one["badge"] for one in answers if one["badge"] in badges))
    claiming = [key for key, badge in badges.items() if badge.kind in BadgeClass.CLAIMING]
    others = drawn_badges(application.seed, chosen, list(badges), claiming)
    learner = 0
    for number, key in enumerate([*chosen, *others], start=1):
        sampled = SampledBadge.objects.create(
            application=application,
            badge_version=badges[key].versions.last(),
            number=number,
            is_chosen=key in chosen,
        )
        genuine = Assertion.objects.genuine(application.organiser).issued_until(application.day_0)
        genuine = genuine.filter(badge_class=badges[key])
        awards = {str(award.key): award for award in genuine.only("key")}
        for award in drawn(application.seed, awards, AWARDS_DRAWN):
            learner += 1
            SampledAward.objects.create(badge=sampled, assertion=awards[award], number=learner)


@transaction.atomic
def resend_application(application: Application, *, by) -> Application:
    """Hand in what was missing: the days go on. Raises NothingToSend where nothing changed."""
    application = Application.objects.locked().get(pk=application.pk)
    if not may_manage_application(application, by):
        raise PermissionDenied
    if application.is_returned and not has_changed(application):
        raise NothingToSend([_("Nothing changed since you handed it in. Complete what is listed first.")])
    application = take(application.resend, by=by)
    Return.objects.filter(application=application).update(resent_at=clock.now())
    record_named(application)
    freeze(application, Snapshot.Cause.COMPLETED)
    resume_days(application, ApplicationPause.Cause.RETURN)
    notify(coordinators_to_tell(application), "quality_label/application_completed", about=application)
    return application


def has_changed(application: Application) -> bool:
    """Say whether an application says something else than when it was handed in last."""
    before = application.snapshots.last().document
    return any(before[part] != now for part, now in said_in(application).items())


@transaction.atomic
def close_return(application: Application) -> Application:
    """End an application that was returned and not completed in time, without judging it."""
    last_day = Application.objects.locked().get(pk=application.pk).answer_by
    application = take(application.run_out, by=None)
    resume_days(application, ApplicationPause.Cause.RETURN, on=last_day)
    end_case(application)
    told = [*people_to_tell(application.organiser), *coordinators_to_tell(application)]
    notify(told, "quality_label/return_over", about=application)
    return application


@transaction.atomic
def remind_of_return(application: Application, due: int) -> None:
    """Remind the owners of what is missing; `due` reminders should have left by now, and one mail makes up for all."""
    if Return.objects.filter(application=application, reminders__lt=due).update(reminders=due):
        notify(people_to_tell(application.organiser), "quality_label/return_waiting", about=application)
