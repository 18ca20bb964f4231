"""Forgetting who wrote and led what, once nobody has to answer for it any more."""

from django.db import transaction

from quality_label.models import (
    Answer,
    AnswerEdit,
    Appeal,
    Application,
    Assignment,
    Clarification,
    ClarificationQuestion,
    Decision,
    Declaration,
    Report,
    Return,
)


@transaction.atomic
def forget_writers() -> None:
    """Forget who wrote the answers of cases that ended half a year ago without a label."""
    ended = Application.objects.ended_without_label().values("pk")
    Answer.objects.filter(application__in=ended).exclude(edited_by=None).update(edited_by=None)
    AnswerEdit.objects.filter(answer__application__in=ended).exclude(by=None).update(by=None)


@transaction.atomic
def forget_names() -> None:
    """Forget who asked, wrote down and led what in cases that ended three years ago; roles and decisions stay."""
    ended = Application.objects.ended_long_ago()
    cases = ended.values("pk")
    ended.filter(started_by__isnull=False).update(started_by=None)
    ended.filter(submitted_by__isnull=False).update(submitted_by=None)
    ended.filter(coordinator__isnull=False).update(coordinator=None)
    Return.objects.filter(application__in=cases).update(returned_by=None)
    Clarification.objects.filter(application__in=cases).update(sent_by=None)
    ClarificationQuestion.objects.filter(clarification__application__in=cases).update(proposed_by=None)
    Report.objects.filter(application__in=cases).update(written_by=None)
    Appeal.objects.filter(application__in=cases).update(lodged_by=None, admin=None, commented_by=None, answered_by=None)
    Decision.objects.filter(application__in=cases).update(recorded_by=None, corrected_by=None)
    Assignment.objects.filter(application__in=cases).update(invited_by=None)
    Declaration.objects.filter(application__in=cases).update(answers={}, words="", agreed_by=None, agreed_words="")
