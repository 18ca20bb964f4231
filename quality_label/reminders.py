"""Who is reminded of what on which day of a case; days are those of the clock, so that a pause moves what comes later.

Nothing here is sent or stored: `due` says what should have been said by now.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quality_label.clock import Clock
from quality_label.workflow.application import (
    ASSIGNING,
    CONSENSUS,
    IN_CHECK,
    IN_REVIEW,
    READY,
    SUBMITTED,
    THIRD_REVIEW,
)

COORDINATOR, ADMINS, LEAD, ASSESSOR = "coordinator", "admins", "lead", "assessor"
CHECKING, COMPARING = {SUBMITTED, IN_CHECK}, {CONSENSUS, THIRD_REVIEW}
NETWORK_HAS_IT = {*CHECKING, ASSIGNING, IN_REVIEW, *COMPARING, READY}
DAILY_FROM = 85
WORDS = {
    "check-due": gettext_lazy("The check of completeness is due on day %(day)s."),
    "check-late": gettext_lazy("The check of completeness is late: it was due on day %(day)s."),
    "team-due": gettext_lazy("Two assessors and a lead should have accepted by day %(day)s."),
    "team-late": gettext_lazy(
        "The team is late: it was due on day %(day)s. A network admin may assign from the reserve list."
    ),
    "reviews-late": gettext_lazy(
        "The reviews are late: both were due on day %(day)s. Wait, or replace who has not handed in."
    ),
    "consensus-due": gettext_lazy("The consensus is due on day %(day)s."),
    "consensus-near": gettext_lazy("The consensus is due soon: on day %(day)s."),
    "consensus-late": gettext_lazy(
        "The consensus is late: it was due on day %(day)s. Ask the lead what it waits for, and by when it is there."
    ),
    "decision-due": gettext_lazy("The panel decides by day %(day)s."),
    "decision-near": gettext_lazy("The panel decides soon: by day %(day)s."),
    "decision-late": gettext_lazy(
        "The decision is late: it was due on day %(day)s. Ask those of the panel who have not voted for their votes."
    ),
    "team-barred": gettext_lazy(
        "Somebody of the team has come to have a conflict of interest: the case is closed to them now."
    ),
    "review-half": gettext_lazy("Half of the time for the review is over."),
    "review-7": gettext_lazy("The review is due in 7 days."),
    "review-3": gettext_lazy("The review is due in 3 days."),
    "review-1": gettext_lazy("The review is due tomorrow."),
    "review-0": gettext_lazy("The review is due today."),
    "review-late": gettext_lazy("A review is overdue."),
    "review-replaceable": gettext_lazy("A review is five days late: its assessor may be replaced."),
}
DUE = {"check": "eligibility", "team": "team", "reviews": "reviews", "consensus": "consensus", "decision": "decision"}
BARRED = "team-barred"
TEAM_NEWS = [  # told to a team about its case; what is told about a place leads nowhere else
    f"quality_label/{event}"
    for event in [
        "case_reminder",
        "evidence_replaced",
        "questions_answered",
        "questions_unanswered",
        "reviews_compared",
    ]
]
REVIEW_DAYS_BEFORE, REVIEW_OVERDUE, REVIEW_REPLACEABLE = [7, 3, 1, 0], 1, 5


@dataclass(frozen=True)
class Reminder:
    """Something to be said to somebody from a day of the clock on, while the case is in one of some states."""

    code: str
    day: int
    to: tuple[str, ...]
    states: frozenset[str]


def _reminder(code, day, to, states) -> Reminder:
    return Reminder(code, day, to, frozenset(states))


TABLE = [
    _reminder("check-due", 5, (COORDINATOR,), CHECKING),
    _reminder("check-late", 8, (COORDINATOR, ADMINS), CHECKING),
    _reminder("team-due", 11, (COORDINATOR,), {ASSIGNING}),
    _reminder("team-late", 15, (COORDINATOR, ADMINS), {ASSIGNING}),
    _reminder("reviews-late", 46, (COORDINATOR,), {IN_REVIEW}),
    _reminder("consensus-due", 52, (LEAD,), COMPARING),
    _reminder("consensus-near", 56, (LEAD,), COMPARING),
    _reminder("consensus-late", 59, (COORDINATOR,), COMPARING),
    _reminder("decision-due", 66, (COORDINATOR,), {READY}),
    _reminder("decision-near", 70, (COORDINATOR,), {READY}),
    _reminder("decision-late", 73, (COORDINATOR,), {READY}),
    _reminder("budget-60", 60, (COORDINATOR,), NETWORK_HAS_IT),
    _reminder("budget-75", 75, (COORDINATOR, ADMINS), NETWORK_HAS_IT),
]


def due(state: str, clock: Clock) -> list[Reminder]:
    """Return what should have been said of a case by today, the most urgent last; nothing while it is paused.

    From day 85 on there is one a day, named for it; once the promise is broken none, for then somebody answers for it.
    """
    if clock.is_paused or clock.is_breached:
        return []
    found = [one for one in TABLE if state in one.states and clock.scaled(one.day) <= clock.day]
    if clock.day >= clock.scaled(DAILY_FROM) and state in NETWORK_HAS_IT:
        found.append(_reminder(f"budget-{clock.day}", clock.day, (COORDINATOR, ADMINS), NETWORK_HAS_IT))
    return sorted(found, key=lambda one: one.day)


def due_of_review(accepted_on: date, due_on: date, clock: Clock) -> list[tuple[str, str]]:
    """Return code and addressee of what should have been said of a review that is being written, the latest last.

    Nothing while the days stand still; `due_on` is as they have moved it.
    """
    if clock.is_paused:
        return []
    left = clock.days_until(due_on)
    whole = left + clock.days_since(accepted_on)
    said = {whole - whole // 2: ("review-half", ASSESSOR)}
    said |= {before: (f"review-{before}", ASSESSOR) for before in REVIEW_DAYS_BEFORE}
    said |= {-REVIEW_OVERDUE: ("review-late", COORDINATOR), -REVIEW_REPLACEABLE: ("review-replaceable", COORDINATOR)}
    return [said[day] for day in sorted(said, reverse=True) if day >= left]


def in_words(code: str, clock: Clock) -> str:
    """Say what a code reminds of; how many days are gone is told by the clock, also when it is told late."""
    name = code.partition(":")[0]
    if name.startswith("budget-"):
        words = _("Day %(day)s of %(days)s: the network promised a decision.")
        return words % {"day": clock.day, "days": clock.total}
    target = DUE.get(name.partition("-")[0])
    return str(WORDS[name]) % {"day": target and clock.target(target)}


def zone(clock: Clock) -> str:
    """Return how urgent a case is: `calm`, `soon` or `late`; as the bar of its days is drawn."""
    if clock.is_breached or clock.day >= clock.scaled(75) + clock.extension:
        return "late"
    return "soon" if clock.day >= clock.scaled(60) + clock.extension else "calm"
