"""How a playlist is used: who joins and finishes, where people stop, how long it takes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from statistics import median

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncMonth

from badges.models import Assertion
from pathways.models import Attempt, Enrolment, PlaylistPage, QuizTry
from portal import clock

FEWEST = 5  # people behind a figure that tells how they learn
QUIET = timedelta(days=30)
SITTING = timedelta(hours=8)
MOMENT = timedelta(minutes=1)  # who confirms at once says nothing of how long it takes
MONTHS = 12
DONE = Coalesce("submitted_at", "passed_at")  # when the learner had done their part


@dataclass(frozen=True)
class Usage:
    """A playlist with the activities that it has today, as its learners use them."""

    playlist: PlaylistPage
    keys: list

    @property
    def enrolments(self) -> QuerySet:
        """Everybody who ever joined, with their last step and where it was."""
        steps = self._attempts().filter(person=OuterRef("person")).annotate(step_at=last_step()).order_by("-step_at")
        return (
            Enrolment.objects.on([self.playlist])
            .annotate(last_key=Subquery(steps.values("activity_key")[:1]))
            .annotate(
                last_at=Greatest("joined_at", Coalesce(Subquery(steps.values("step_at")[:1]), "joined_at")),
            )
        )

    def _attempts(self) -> QuerySet:
        return Attempt.objects.filter(activity_key__in=self.keys)

    def _attempts_of_learners(self) -> QuerySet:
        return self._attempts().filter(person__in=Enrolment.objects.on([self.playlist]).values("person"))

    def totals(self) -> dict:
        """Count who joined, finished, left again, and took a step lately."""
        stayed = Q(left_at=None) | Q(completed_at__isnull=False)
        return self.enrolments.aggregate(
            joined=Count("pk", filter=stayed),
            finished=Count("completed_at"),
            left=Count("pk", filter=~stayed),
            active=Count("pk", filter=stayed & Q(last_at__gte=clock.now() - QUIET)),
        )

    def badges_collected(self) -> int:
        """Count the badges of the playlist that were collected."""
        batches = Enrolment.objects.on([self.playlist]).exclude(batch=None).values("batch")
        return Assertion.objects.out().filter(batch__in=batches).tallied()["collected"]

    def months(self) -> list[dict]:
        """Return the last months, also those without anybody, with who joined and who finished."""
        this = clock.today().replace(day=1)
        firsts = [clock.months_later(this, -back) for back in range(MONTHS - 1, -1, -1)]
        since = clock.beginning_of(firsts[0])
        joined, finished = (self._by_month(column, since) for column in ("joined_at", "completed_at"))
        return [{"month": one, "joined": joined.get(one, 0), "finished": finished.get(one, 0)} for one in firsts]

    def _by_month(self, column: str, since: datetime) -> dict[date, int]:
        rows = Enrolment.objects.current().on([self.playlist]).filter(**{f"{column}__gte": since})
        counted = rows.annotate(month=TruncMonth(column)).values("month").annotate(count=Count("pk"))
        return {row["month"].date(): row["count"] for row in counted}

    def reached(self) -> dict:
        """Count by activity how many of the learners began it, and how many passed."""
        counted = self._attempts_of_learners().values("activity_key")
        counted = counted.annotate(reached=Count("pk"), passed=Count("passed_at"))
        return {row["activity_key"]: row for row in counted}

    def stopped(self) -> dict:
        """Count by activity who took their last step there long ago and has not finished; None: before the first."""
        quiet = self.enrolments.filter(completed_at=None, last_at__lt=clock.now() - QUIET)
        return dict(quiet.values("last_key").annotate(count=Count("pk")).values_list("last_key", "count"))

    def minutes_needed(self) -> dict:
        """Return by activity the median of minutes and how many people are behind it, where there are enough.

        Most activities are sent in one step, so the time runs from what the learner did before on this playlist,
        which is joining it or being done with another activity, and counts if both lie in one sitting.
        """
        joined = dict(Enrolment.objects.on([self.playlist]).values_list("person", "joined_at"))
        done = self._attempts_of_learners().annotate(done_at=DONE).exclude(done_at=None).order_by("person", "done_at")
        rows = done.values_list("person", "activity_key", "started_at", "done_at", "passed_at").iterator()
        needed = defaultdict(list)
        for person, steps in groupby(rows, key=itemgetter(0)):
            before = joined[person]
            for _person, key, started_at, done_at, passed_at in steps:
                if passed_at and done_at - SITTING <= before <= min(started_at, done_at - MOMENT):
                    needed[key].append((done_at - before).total_seconds() / 60)
                before = max(before, done_at)
        return {
            key: {"people": len(minutes), "minutes": round(median(minutes))}
            for key, minutes in needed.items()
            if len(minutes) >= FEWEST
        }


def last_step() -> Greatest:
    """Return when something happened last in an attempt: begun, tried, handed in, passed."""
    tries = QuizTry.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt").annotate(last=Max("at"))
    later = [Coalesce(moment, "started_at") for moment in ("submitted_at", "passed_at", Subquery(tries.values("last")))]
    return Greatest("started_at", *later)
