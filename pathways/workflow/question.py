"""What can happen to a question that somebody asked an organiser."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from pathways.permissions import may_answer_question
from portal.clock import now
from portal.workflow import StateField, Workflow

OPEN, ANSWERED, PUBLISHED = "open", "answered", "published"


class QuestionWorkflow(Workflow):
    """open → answered by the organiser → published with its answer on the page, and taken off it again"""

    STATES = [(OPEN, _("open")), (ANSWERED, _("answered")), (PUBLISHED, _("published"))]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=OPEN, target=ANSWERED, permission=may_answer_question)
    def give_answer(self, person, words):
        self.answer = words
        self.answered_by = person
        self.answered_at = now()

    @transition(state, source=ANSWERED, target=PUBLISHED, permission=may_answer_question)
    def publish(self, question, answer):
        self.shown_question = question
        self.shown_answer = answer
        self.published_at = now()

    @transition(state, source=PUBLISHED, target=ANSWERED, permission=may_answer_question)
    def take_off(self):
        self.shown_question = self.shown_answer = ""
        self.published_at = None
