"""Forms of learners and of those who judge their work."""

from pathways.forms.copy import CopyForm
from pathways.forms.evidence import DoubtForm, EvidenceForm, JudgementForm
from pathways.forms.peers import ComplaintAnswerForm, ComplaintForm, LookForm, ReasonForm
from pathways.forms.question import AnswerForm, PublishForm, QuestionForm
from pathways.forms.quiz import QuizForm
from pathways.forms.reflection import ReflectionForm
from pathways.forms.role import PageRoleForm

__all__ = [
    "AnswerForm",
    "ComplaintAnswerForm",
    "ComplaintForm",
    "CopyForm",
    "DoubtForm",
    "EvidenceForm",
    "JudgementForm",
    "LookForm",
    "PageRoleForm",
    "PublishForm",
    "QuestionForm",
    "QuizForm",
    "ReasonForm",
    "ReflectionForm",
]
