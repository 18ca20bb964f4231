"""Frameworks, applications, and who judges them."""

from quality_label.models.answer import Answer, AnswerEdit
from quality_label.models.application import Application, ApplicationPause
from quality_label.models.clarification import Clarification, ClarificationQuestion, Return
from quality_label.models.consensus import Condition, ConsensusLevel, Report
from quality_label.models.framework import FrameworkVersion
from quality_label.models.proof import Evidence, SampledAward, SampledBadge, Snapshot
from quality_label.models.reminder import CaseReminder
from quality_label.models.team import Assignment, Declaration, Rating
from quality_label.models.training import TrainingBadge

__all__ = [
    "Answer",
    "AnswerEdit",
    "Application",
    "ApplicationPause",
    "Assignment",
    "CaseReminder",
    "Clarification",
    "ClarificationQuestion",
    "Condition",
    "ConsensusLevel",
    "Declaration",
    "Evidence",
    "FrameworkVersion",
    "Rating",
    "Report",
    "Return",
    "SampledAward",
    "SampledBadge",
    "Snapshot",
    "TrainingBadge",
]
