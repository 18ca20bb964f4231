"""What becomes of learning when a person is erased."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Q, QuerySet

from pathways.models import Complaint, EvidenceItem, Judgement, PageRole, PeerReview, Question
from pathways.workflow.peer_review import DRAWN
from portal.accounts.models import Person
from portal.files.actions import content_of, drop_with_files
from portal.files.gate import clean_name
from portal.notifications.actions import forget_news
from portal.privacy import Leaver, Part


def files_of_evidence(person: Person) -> Iterator[Part]:
    """Yield the files that a learner handed in."""
    handed_in = EvidenceItem.objects.filter(attempt__person=person).exclude(file=None)
    for item in handed_in.select_related("file").order_by("pk"):
        yield Part(f"evidence/{item.file.key}/{clean_name(item.file.name)}", partial(content_of, item.file))


def drop_evidence(rows: QuerySet[EvidenceItem], leaver: Leaver) -> None:
    """Delete what a learner handed in, with its files."""
    drop_with_files(rows)


def forget_judgements(rows: QuerySet[Judgement], leaver: Leaver) -> None:
    """Delete how a learner's work was judged; what a reviewer said to others stays without who it was."""
    rows.filter(attempt__person=leaver.person).delete()
    rows.filter(by=leaver.person).update(by=None)


def forget_looks(rows: QuerySet[PeerReview], leaver: Leaver) -> None:
    """Delete what learners said of a learner's work; what the leaver said of others stays without who it was."""
    rows.filter(attempt__person=leaver.person).delete()
    rows.filter(by=leaver.person, state=DRAWN).delete()
    rows.filter(by=leaver.person).update(by=None)
    rows.filter(set_aside_by=leaver.person).update(set_aside_by=None)


def forget_complaints(rows: QuerySet[Complaint], leaver: Leaver) -> None:
    """Delete what a learner complained of; an answer to others stays without who gave it."""
    rows.filter(attempt__person=leaver.person).delete()


def forget_page_roles(rows: QuerySet[PageRole], leaver: Leaver) -> None:
    """Delete a person's roles for single pages and the offers to them; what they gave stays without who it was."""
    theirs = rows.filter(Q(person=leaver.person) | Q(email__in=leaver.person.verified_addresses()))
    forget_news(theirs)
    theirs.delete()
    rows.filter(given_by=leaver.person).update(given_by=None)


def forget_questions(rows: QuerySet[Question], leaver: Leaver) -> None:
    """Delete what a person asked but for what a page shows without their name; what they answered stays without it."""
    asked = rows.filter(person=leaver.person)
    asked.filter(published_at=None).delete()
    asked.update(person=None, text="", answer="")
    rows.filter(answered_by=leaver.person).update(answered_by=None)
