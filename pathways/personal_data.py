"""The personal data of learning: what hangs on an attempt is erased before the attempt itself."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pathways.actions.erasing import (
    drop_evidence,
    files_of_evidence,
    forget_complaints,
    forget_judgements,
    forget_looks,
    forget_page_roles,
    forget_questions,
)
from pathways.actions.merging import (
    keep_further_attempt,
    keep_further_enrolment,
    keep_further_registration,
    keep_longer_reflection,
    keep_newer_plan,
    keep_one_guest,
    unite_looks,
)
from pathways.models import (
    ActionPlan,
    Attempt,
    Complaint,
    Enrolment,
    EvidenceItem,
    Guest,
    Judgement,
    PageRole,
    PeerReview,
    Question,
    QuizTry,
    Reflection,
    Registration,
)
from portal.privacy import Custom, Delete, register
from portal.uniting import Act, Once, drop_theirs

JUDGED = _("How your work was judged is deleted; what you said of others’ work stays without your name.")
ASKED = _(
    "What you asked is deleted; a question that is shown on a page stays there, which never said whose it was. "
    "What you answered others stays without your name."
)

GIVEN = _("Your roles and the offers to you go; what you gave others stays without your name.")

register(
    "pathways.EvidenceItem",
    label=_("Evidence that you handed in"),
    fields=("text", "link", "file"),
    purpose=_("to let reviewers see the evidence a learner handed in (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: EvidenceItem.objects.filter(attempt__person=person),
    erase=Custom(drop_evidence, Delete.says),
    also=("round",),
    hidden=("file",),
    files=files_of_evidence,
)
register(
    "pathways.QuizTry",
    label=_("Your answers to quizzes"),
    fields=("answers",),
    purpose=_("to judge a quiz and to count its tries (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: QuizTry.objects.filter(attempt__person=person),
    erase=Delete(),
    also=("percent",),
)
register(
    "pathways.Judgement",
    label=_("How work was judged: yours, or by you"),
    fields=("by", "feedback"),
    purpose=_("to tell a learner how their work was judged, and to show later that it was (contract)"),
    kept=_("until the learner erases the account; the reviewer’s name until they erase theirs"),
    rows_of=lambda person: Judgement.objects.filter(attempt__person=person) | Judgement.objects.filter(by=person),
    erase=Custom(forget_judgements, JUDGED),
    also=("at", "outcome", "checklist"),
)
register(
    "pathways.PeerReview",
    label=_("Work of learners, judged by learners: yours, or by you"),
    fields=("by", "set_aside_by", "feedback"),
    purpose=_("to let learners judge each other’s work without names, and reviewers watch over it (contract)"),
    kept=_("until the learner erases the account; the name of who judged until they erase theirs"),
    rows_of=lambda person: PeerReview.objects.of_or_by(person),
    shown_of=lambda person: PeerReview.objects.shown_to(person),
    erase=Custom(forget_looks, JUDGED),
    also=("given_at", "checklist", "set_aside_as"),
    hidden=("by", "set_aside_by"),
    merge=Act(act=unite_looks),
)
register(
    "pathways.Complaint",
    label=_("Complaints about judgements: yours, or answered by you"),
    fields=("answered_by", "text", "answer"),
    purpose=_("to let an organiser look once more at a judgement that a learner finds wrong (contract)"),
    kept=_("until the learner erases the account; the name of who answered until they erase theirs"),
    rows_of=lambda person: Complaint.objects.of_or_answered_by(person),
    shown_of=lambda person: Complaint.objects.filter(attempt__person=person),
    erase=Custom(forget_complaints, JUDGED),
    also=("filed_at", "state", "answered_at"),
    hidden=("answered_by",),
)
register(
    "pathways.PageRole",
    label=_("Your roles for single playlists and activities"),
    fields=("person", "email", "given_by"),
    purpose=_("to know who writes or judges at one page of an organiser, and who let them (contract)"),
    kept=_("until the role ends; an offer that nobody takes on, for 30 days"),
    rows_of=lambda person: PageRole.objects.filter(
        Q(person=person) | Q(email__in=person.verified_addresses()) | Q(given_by=person)
    ),
    shown_of=lambda person: PageRole.objects.concerning(person),
    erase=Custom(forget_page_roles, GIVEN, spares_news=True),
    also=("organiser", "role", "given_at", "is_declined"),
    hidden=("given_by",),
    merge=Once(same=("page_key", "role"), settle=drop_theirs),
)
register(
    "pathways.Question",
    label=_("What you asked organisers, and answered for them"),
    fields=("person", "text", "answered_by"),
    purpose=_("to let an organiser answer who asks it something (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Question.objects.filter(Q(person=person) | Q(answered_by=person)),
    erase=Custom(forget_questions, ASKED),
    also=("organiser", "title", "state", "asked_at", "answer", "answered_at"),
    shown_of=lambda person: Question.objects.filter(person=person),
)
register(
    "pathways.Reflection",
    label=_("What you wrote for yourself"),
    fields=("person", "text"),
    purpose=_("to keep what a learner writes for themselves (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Reflection.objects.filter(person=person),
    erase=Delete(),
    also=("changed_at",),
    merge=Once(same=("activity_key", "part"), settle=keep_longer_reflection),
)
register(
    "pathways.Guest",
    label=_("Activities to which you were invited"),
    fields=("person",),
    purpose=_("to let those in who were invited (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Guest.objects.filter(person=person),
    erase=Delete(),
    also=("invited_at",),
    merge=Once(same=("activity_key",), settle=keep_one_guest),
)
register(
    "pathways.Registration",
    label=_("Dates that you registered for"),
    fields=("person",),
    purpose=_("to keep a place at a date and to note who was there (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Registration.objects.filter(person=person),
    erase=Delete(),
    also=("organiser", "state", "begins_at", "ends_at", "whereabouts", "country", "asked_at", "attended_at"),
    merge=Once(same=("date_key",), settle=keep_further_registration),
)
register(
    "pathways.ActionPlan",
    label=_("What you planned after an event"),
    fields=("person", "goal", "steps"),
    purpose=_("to keep what somebody plans after an event, for them and for those who run it (contract)"),
    kept=_("until the person deletes it or erases the account"),
    rows_of=lambda person: ActionPlan.objects.filter(person=person),
    erase=Delete(),
    also=("organiser", "by_when", "is_reminded", "changed_at"),
    merge=Once(same=("activity_key",), settle=keep_newer_plan),
)
register(
    "pathways.Attempt",
    label=_("Activities that you began"),
    fields=("person",),
    purpose=_("to keep what a learner did and to award badges for it (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Attempt.objects.filter(person=person),
    erase=Delete(),
    also=("organiser", "state", "submitted_at", "passed_at"),
    merge=Once(same=("activity_key",), settle=keep_further_attempt),
)
register(
    "pathways.Enrolment",
    label=_("Playlists that you joined"),
    fields=("person",),
    purpose=_("to keep a learner’s place on a playlist (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Enrolment.objects.filter(person=person),
    erase=Delete(),
    also=("badge_class",),
    merge=Once(same=("playlist_key",), settle=keep_further_enrolment),
)
