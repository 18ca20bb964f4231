"""People on a playlist at given moments, and the same figures counted slowly, one by one."""

from datetime import datetime, timedelta
from itertools import count
from statistics import median

from pathways.models import Attempt, Enrolment, QuizTry
from portal import clock
from portal.accounts.models import Person

QUIET, SITTING, MOMENT = timedelta(days=30), timedelta(hours=8), timedelta(minutes=1)
numbers = count()


def learner() -> Person:
    """Return somebody new; their password is nobody's."""
    return Person.objects.create(email=f"usage{next(numbers)}@example.org", name="Rasa")


def joined(page, *, on: datetime, person=None, left=None, completed=None) -> Person:
    """Put somebody on a playlist."""
    person = person or learner()
    moments = {"joined_at": on, "left_at": left, "completed_at": completed}
    Enrolment.objects.create(person=person, playlist_key=page.translation_key, **moments)
    return person


def worked(person, activity, *, started: datetime, submitted=None, passed=None, tries=()) -> Attempt:
    """Let somebody work on an activity."""
    state = "passed" if passed else "submitted" if submitted else "open"
    attempt = Attempt.objects.create(
        person=person,
        activity_key=activity.translation_key,
        organiser=activity.organiser,
        state=state,
        started_at=started,
        submitted_at=submitted,
        passed_at=passed,
    )
    for at in tries:
        QuizTry.objects.create(attempt=attempt, at=at, answers={}, percent=0, is_passed=False)
    return attempt


def counted_slowly(page, activities, *, fewest: int) -> dict:
    """Count everything that the page of figures shows in the plainest way."""
    keys = [activity.translation_key for activity in activities]
    now, enrolments = clock.now(), list(Enrolment.objects.filter(playlist_key=page.translation_key))
    attempts = {one.pk: list(Attempt.objects.filter(person=one.person, activity_key__in=keys)) for one in enrolments}
    stayed = [one for one in enrolments if one.left_at is None or one.completed_at]
    found = {"reached": {}, "passed": {}, "stopped": {}, "active": 0, "times": {}}
    for one in enrolments:
        steps = [(moment, attempt.activity_key) for attempt in attempts[one.pk] for moment in moments_of(attempt)]
        last_at, last_key = max(steps, default=(one.joined_at, None))
        last_at = max(last_at, one.joined_at)
        found["active"] += one in stayed and last_at >= now - QUIET
        if one.completed_at is None and last_at < now - QUIET:
            found["stopped"][last_key] = found["stopped"].get(last_key, 0) + 1
        for attempt in attempts[one.pk]:
            key = attempt.activity_key
            found["reached"][key] = found["reached"].get(key, 0) + 1
            found["passed"][key] = found["passed"].get(key, 0) + bool(attempt.passed_at)
            if attempt.passed_at is None:
                continue
            before = [done(other) for other in attempts[one.pk] if done(other) and done(other) < done(attempt)]
            begun = max([one.joined_at, *before])
            if MOMENT <= done(attempt) - begun <= SITTING and attempt.started_at >= begun:
                found["times"].setdefault(key, []).append((done(attempt) - begun) / timedelta(minutes=1))
    return {
        "joined": len(stayed),
        "finished": sum(one.completed_at is not None for one in enrolments),
        "left": len(enrolments) - len(stayed),
        "active": found["active"],
        "reached": found["reached"],
        "passed": found["passed"],
        "stopped": found["stopped"],
        "minutes": {
            key: {"people": len(took), "minutes": round(median(took))}
            for key, took in found["times"].items()
            if len(took) >= fewest
        },
    }


def done(attempt: Attempt) -> datetime | None:
    """Return when the learner had done their part."""
    return attempt.submitted_at or attempt.passed_at


def moments_of(attempt: Attempt) -> list[datetime]:
    """Return everything that happened in an attempt."""
    tries = attempt.quiz_tries.values_list("at", flat=True)
    return [at for at in [attempt.started_at, attempt.submitted_at, attempt.passed_at, *tries] if at]
