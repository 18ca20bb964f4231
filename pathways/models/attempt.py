"""What learners did, keyed by the translation key of the page, so that a change of language loses nothing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse

from badges.models import Assertion
from organisers.models import Membership, Organiser
from pathways.models.activity import ActivityPage
from pathways.models.earning import NOBODY, Earning, EarningQuerySet
from pathways.models.roles import PageRole, at_places_of, places_of
from pathways.quiz import TRIES
from pathways.workflow.attempt import OPEN, PASSED, RETURNED, SUBMITTED, AttemptWorkflow
from pathways.workflow.complaint import OPEN as COMPLAINT_OPEN
from pathways.workflow.peer_review import COUNTED, GIVEN, SAID
from portal import clock

DAY = timedelta(days=1)


class AttemptQuerySet(EarningQuerySet):
    def by_key(self, keys) -> dict:
        """Return the attempts at these activities by their key."""
        return {attempt.activity_key: attempt for attempt in self.filter(activity_key__in=keys)}

    def passed(self):
        """Return the attempts that succeeded."""
        return self.filter(state=PASSED)

    def unpassed(self):
        """Return the attempts that did not succeed, or not yet."""
        return self.exclude(state=PASSED)

    def untouched_since(self, moment):
        """Return the attempts at which their learners did nothing after a moment."""
        moved = Q(started_at__gt=moment) | Q(submitted_at__gt=moment) | Q(quiz_tries__at__gt=moment)
        return self.exclude(pk__in=self.filter(moved).values("pk"))

    def last_moved_at(self) -> datetime | None:
        """Return when something last happened at one of these attempts, by the learner or a reviewer."""
        moments = ["started_at", "submitted_at", "passed_at", "quiz_tries__at", "judgements__at"]
        found = self.order_by().aggregate(**{str(n): models.Max(name) for n, name in enumerate(moments)})
        return max((moment for moment in found.values() if moment), default=None)

    def waiting(self):
        """Return the attempts that wait for a reviewer, the oldest first."""
        return self.filter(state=SUBMITTED).order_by("submitted_at", "pk")

    def with_peers(self):
        """Return the attempts that wait for other learners."""
        return self.waiting().filter(peers__gt=0)

    def counting_looks(self):
        """Say of each attempt how many learners have judged this round, as `given`."""
        of_this_round = Q(peer_reviews__round=F("round"), peer_reviews__state=GIVEN)
        return self.annotate(given=Count("peer_reviews", filter=of_this_round))

    def with_day_handed_in(self):
        """Say of each attempt when the work of this round came, as `handed_in_at`; it may be looked at again since."""
        same = self.model.objects.filter(pk=OuterRef("pk"), evidence__round=F("round"))
        return self.annotate(handed_in_at=Subquery(same.values("evidence__handed_in_at")[:1]))

    def overdue(self):
        """Return the attempts that wait for longer than their learners were promised."""
        return self.filter(answer_due__lt=clock.today())

    def late(self):
        """Return the attempts that reviewers have to judge, and that wait for longer than was promised."""
        return self.waiting().filter(peers=0).overdue()

    def waiting_for(self, organiser):
        """Return what an organiser's reviewers have to judge, the oldest first."""
        return self.at(organiser).waiting().filter(peers=0)

    def returned(self):
        """Return the attempts that came back with feedback."""
        return self.filter(state=RETURNED)

    def passed_by_person(self, keys) -> dict:
        """Return which of these activities each person passed; one query for all of them."""
        found = {}
        for person, key in self.passed().filter(activity_key__in=keys).values_list("person", "activity_key"):
            found.setdefault(person, set()).add(key)
        return found

    def at(self, organiser):
        """Return the attempts at an organiser's activities."""
        return self.filter(organiser=organiser)

    def lent_to(self, user):
        """Return the attempts at activities that a person reviews by a role for these alone, but for their own."""
        lent = at_places_of(user, PageRole.Role.REVIEWER, key="activity_key")
        return self.filter(lent).exclude(person=user)

    def with_bars_to(self, user):
        """Say of each attempt why this reviewer may not judge it, as `bar`: own, judged or together; else nothing."""
        judged = self.model.objects.filter(pk=OuterRef("pk"), judgements__round=F("round"), judgements__by=user)
        shared = Organiser.objects.with_member(user).filter(is_network=False).values("pk")
        together = Membership.objects.filter(person=OuterRef("person"), organiser__in=shared)
        return self.annotate(
            bar=Case(
                When(person=user, then=Value("own")),
                When(~Q(doubt="") & Exists(judged), then=Value("judged")),
                When(Q(organiser__is_network=True) & Exists(together), then=Value("together")),
                default=Value(""),
            )
        )

    def inside(self, organiser):
        """Return the attempts at activities of an organiser and of the units inside it."""
        return self.filter(organiser__in=Organiser.objects.within(organiser))

    def accepted_between(self, first, last):
        """Return the attempts that a reviewer accepted from one day to another, both included."""
        begin, end = clock.beginning_of(first), clock.beginning_of(last + timedelta(days=1))
        return self.passed().filter(submitted_at__isnull=False, passed_at__gte=begin, passed_at__lt=end)

    def days_taken(self) -> list[tuple[float, float | None]]:
        """Return for each how many days its judgement took, and its badge; None where it earned none yet."""
        issued = Assertion.objects.filter(batch=OuterRef("batch")).order_by("pk").values("issued_at")[:1]
        rows = self.values_list("submitted_at", "passed_at", Subquery(issued))
        return [
            ((passed - submitted) / DAY, issued and (issued - submitted) / DAY) for submitted, passed, issued in rows
        ]

    def reviewable(self):
        """Return what a reviewer may open: what waits for them and what was judged, by whomever."""
        seen = Q(state=SUBMITTED) | Q(judgements__isnull=False) | Q(peer_reviews__state__in=SAID)
        return self.filter(seen).distinct()

    def judged(self):
        """Return the attempts with a judgement, the last judged first."""
        return self.annotate(judged_at=models.Max("judgements__at")).exclude(judged_at=None).order_by("-judged_at")

    def on(self, pages):
        """Return the attempts at these pages, in whatever language."""
        return self.filter(activity_key__in=[page.translation_key for page in pages])

    def figures_by_page(self, pages) -> list:
        """Return each page with how many tried it, wait for a reviewer and passed; one query for all of them."""
        pages = list(pages)
        waiting = Count("pk", filter=Q(state=SUBMITTED))
        rows = (
            self.on(pages)
            .values("activity_key")
            .annotate(joined=Count("pk"), waiting=waiting, finished=Count("passed_at"))
        )
        figures = {row["activity_key"]: row for row in rows}
        return [(page, figures.get(page.translation_key, NOBODY)) for page in pages]

    def with_titles(self, locale) -> list:
        """Return the attempts, each with its `activity` in a language; one query for all of them."""
        attempts = list(self.select_related("person"))
        pages = ActivityPage.objects.select_related("locale").by_key({a.activity_key for a in attempts}, locale)
        for attempt in attempts:
            attempt.activity = pages.get(attempt.activity_key)
        return attempts


class Attempt(AttemptWorkflow, Earning):
    """A learner's work on one activity; one row a person and activity, whatever the language and the playlist."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    activity_key = models.UUIDField()
    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    doubt = models.TextField(max_length=1000, blank=True)  # why the learner asks for a second opinion on this round
    peers = models.PositiveSmallIntegerField(default=0, db_default=0)  # learners who judge; 0 where reviewers do
    started_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    answer_due = models.DateField(null=True)  # the day by which its learner was promised an answer
    passed_at = models.DateTimeField(null=True)

    objects = AttemptQuerySet.as_manager()
    source = "activity"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "activity_key"], name="attempt_once"),
            models.CheckConstraint(condition=Q(state="passed") ^ Q(passed_at=None), name="passed_has_a_date"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="submitted_has_a_date"
            ),
            models.CheckConstraint(condition=Q(state="submitted") | Q(peers=0), name="peers_while_submitted"),
            models.CheckConstraint(condition=Q(badge_class=None) | Q(state="passed"), name="attempt_badge_when_passed"),
            models.CheckConstraint(
                condition=Q(batch=None) | Q(badge_class__isnull=False), name="attempt_batch_of_badge"
            ),
        ]
        indexes = [
            models.Index(fields=["organiser", "submitted_at"], condition=Q(state="submitted"), name="attempt_queue"),
            models.Index(fields=["activity_key"], name="attempt_activity"),
            models.Index(
                fields=["badge_class"], condition=Q(batch=None, badge_class__isnull=False), name="attempt_badge_due"
            ),
        ]

    def get_absolute_url(self):
        return reverse("pathways:activity", args=[self.activity_key])

    @property
    def is_open(self):
        return self.state == OPEN

    @property
    def is_submitted(self):
        return self.state == SUBMITTED

    @property
    def is_returned(self):
        return self.state == RETURNED

    @property
    def is_passed(self):
        return self.state == PASSED

    @property
    def is_late(self):
        return self.is_submitted and self.answer_due is not None and clock.today() > self.answer_due

    @property
    def is_looked_at_again(self) -> bool:
        """Say whether work that came on an earlier day was put before reviewers once more."""
        first, last = self.handed_in_at or self.submitted_at, self.submitted_at
        return self.is_submitted and clock.day_of(first) < clock.day_of(last)

    @property
    def is_with_peers(self):
        return self.is_submitted and self.peers > 0

    def looks_given(self):
        """Return what other learners said of this round, and what counts."""
        return self.peer_reviews.filter(round=self.round, state=GIVEN)

    @property
    def is_looked_at(self) -> bool:
        """Say whether another learner looks at this round, or has judged it."""
        return self.peer_reviews.filter(round=self.round, state__in=COUNTED).exists()

    def is_lent_to(self, user) -> bool:
        """Say whether a person reviews this activity by a role for it, or for a playlist with it, alone."""
        return (self.organiser_id, self.activity_key) in places_of(user, PageRole.Role.REVIEWER)

    def was_judged_by(self, user) -> bool:
        """Say whether a person gave the judgement that the learner doubts."""
        return bool(self.doubt) and self.judgements.filter(round=self.round, by=user).exists()

    @property
    def may_be_doubted(self) -> bool:
        """Say whether the learner may still ask for a second opinion: once about each return."""
        return self.is_returned and not self.judgements.filter(round=self.round - 1, is_second=True).exists()

    @property
    def may_be_complained_of(self) -> bool:
        """Say whether the learner may complain: once about work returned twice or by other learners."""
        if not self.is_returned:
            return False
        last = self.round - 1
        twice = self.judgements.filter(round=last, is_second=True).exists()
        judged = twice or self.peer_reviews.filter(round=last, state=GIVEN).exists()
        return judged and not self.complaints.filter(Q(round=last) | Q(state=COMPLAINT_OPEN)).exists()

    @property
    def once_key(self):
        return f"activity:{self.activity_key}:{self.person_id}"

    def tries_left(self) -> int:
        """Return how often the quiz may be tried before the next pause."""
        return TRIES - self.failed_tries() % TRIES

    def failed_tries(self) -> int:
        """Return how many tries at the quiz went wrong."""
        return self.quiz_tries.filter(is_passed=False).count()

    def next_try_at(self, pause_hours: int) -> datetime | None:
        """Return when the quiz may be tried again after the third, sixth … try; None when it may be now."""
        failed = self.quiz_tries.filter(is_passed=False).order_by("-at", "-pk")
        if not pause_hours or not (count := failed.count()) or count % TRIES:
            return None
        again_at = failed[0].at + timedelta(hours=pause_hours)
        return again_at if again_at > clock.now() else None

    def explains_quiz(self) -> bool:
        """Say whether the right answers may be told: once it is passed, or after three tries."""
        return self.is_passed or self.failed_tries() >= TRIES


class QuizTry(models.Model):
    """One try at a quiz: what was answered, by option id, and how it went."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="quiz_tries")
    at = models.DateTimeField(default=clock.now)
    answers = models.JSONField()
    percent = models.PositiveSmallIntegerField()
    is_passed = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="percent_within_hundred")]
