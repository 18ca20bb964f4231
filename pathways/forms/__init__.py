"""Forms of learners and of those who judge their work."""

from pathways.forms.copy import CopyForm
from pathways.forms.evidence import DoubtForm, EvidenceForm, JudgementForm
from pathways.forms.peers import AnswerForm, ComplaintForm, LookForm, ReasonForm
from pathways.forms.quiz import QuizForm
from pathways.forms.reflection import ReflectionForm

__all__ = [
    "AnswerForm",
    "ComplaintForm",
    "CopyForm",
    "DoubtForm",
    "EvidenceForm",
    "JudgementForm",
    "LookForm",
    "QuizForm",
    "ReasonForm",
    "ReflectionForm",
]
