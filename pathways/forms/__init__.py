"""Forms of learners and of those who judge their work."""

from pathways.forms.copy import CopyForm
from pathways.forms.evidence import DoubtForm, EvidenceForm, JudgementForm
from pathways.forms.quiz import QuizForm
from pathways.forms.reflection import ReflectionForm

__all__ = ["CopyForm", "DoubtForm", "EvidenceForm", "JudgementForm", "QuizForm", "ReflectionForm"]
