"""Frameworks, applications, and who judges them."""

from quality_label.models.allowance import SampleAllowance
from quality_label.models.answer import Answer, AnswerEdit
from quality_label.models.appeal import REMIND_BEFORE, Appeal, Ground, Matter, matters_of
from quality_label.models.appeal_seat import AppealSeat
from quality_label.models.application import Application
from quality_label.models.check_in import CheckIn
from quality_label.models.clarification import Clarification, ClarificationQuestion, Return
from quality_label.models.committee import CommitteeTerm, committee_faults
from quality_label.models.condition import Condition
from quality_label.models.conflict import NamedPerson
from quality_label.models.consensus import ConsensusLevel, Report
from quality_label.models.declaration import Declaration
from quality_label.models.expert import ExpertProfile
from quality_label.models.framework import FrameworkVersion
from quality_label.models.hearing import Hearing
from quality_label.models.label import Label
from quality_label.models.label_suspension import LabelSuspension
from quality_label.models.panel import Decision, PanelSeat
from quality_label.models.pause import ApplicationPause
from quality_label.models.proof import MOST_EVIDENCE, Evidence, SampledAward, SampledBadge, Snapshot
from quality_label.models.reminder import CaseReminder
from quality_label.models.team import Assignment, Rating
from quality_label.models.training import TrainingBadge, TrainingShare

__all__ = [
    "MOST_EVIDENCE",
    "REMIND_BEFORE",
    "Answer",
    "AnswerEdit",
    "Appeal",
    "AppealSeat",
    "Application",
    "ApplicationPause",
    "Assignment",
    "CaseReminder",
    "CheckIn",
    "Clarification",
    "ClarificationQuestion",
    "CommitteeTerm",
    "Condition",
    "ConsensusLevel",
    "Decision",
    "Declaration",
    "Evidence",
    "ExpertProfile",
    "FrameworkVersion",
    "Ground",
    "Hearing",
    "Label",
    "LabelSuspension",
    "Matter",
    "NamedPerson",
    "PanelSeat",
    "Rating",
    "Report",
    "Return",
    "SampleAllowance",
    "SampledAward",
    "SampledBadge",
    "Snapshot",
    "TrainingBadge",
    "TrainingShare",
    "committee_faults",
    "matters_of",
]
