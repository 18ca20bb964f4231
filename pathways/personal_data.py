"""The personal data of learning."""

from pathways.models import Attempt, Enrolment, EvidenceItem, Judgement, QuizTry
from portal.privacy import register

register(
    "pathways.Enrolment",
    fields=("person",),
    purpose="to keep a learner's place on a playlist (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: Enrolment.objects.filter(person=person),
)
register(
    "pathways.Attempt",
    fields=("person",),
    purpose="to keep what a learner did and to award badges for it (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: Attempt.objects.filter(person=person),
)
register(
    "pathways.EvidenceItem",
    fields=("text", "link", "file"),
    purpose="to let reviewers see the evidence a learner handed in (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: EvidenceItem.objects.filter(attempt__person=person),
)
register(
    "pathways.QuizTry",
    fields=("answers",),
    purpose="to judge a quiz and to count its tries (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: QuizTry.objects.filter(attempt__person=person),
)
register(
    "pathways.Judgement",
    fields=("by", "feedback"),
    purpose="to tell a learner how their work was judged, and to show later that it was (contract)",
    kept="until the learner erases the account; the reviewer's name until they erase theirs",
    rows_of=lambda person: Judgement.objects.filter(attempt__person=person) | Judgement.objects.filter(by=person),
)
