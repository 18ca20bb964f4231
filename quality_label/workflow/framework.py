"""What can happen to a version of the framework."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from portal.clock import today
from portal.workflow import StateField, Workflow, guard
from quality_label.permissions import may_edit_framework

DRAFT, IN_FORCE, RETIRED = "draft", "in_force", "retired"


@guard(_("It is the same as the version in force."))
def says_something_new(version):
    return version.based_on is None or version.document_without_version != version.based_on.document_without_version


class FrameworkWorkflow(Workflow):
    """draft → in force, once and frozen by it → retired by the next version"""

    STATES = [(DRAFT, _("draft")), (IN_FORCE, _("in force")), (RETIRED, _("retired"))]

    state = StateField(default=DRAFT, choices=STATES)
    in_force_on = models.DateField(null=True, editable=False)
    retired_on = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(state, source=DRAFT, target=DRAFT, permission=may_edit_framework)
    def edit(self, document):
        self.document = document

    @transition(state, source=DRAFT, target=IN_FORCE, conditions=[says_something_new], permission=may_edit_framework)
    def put_in_force(self):
        self.in_force_on = today()

    @transition(state, source=IN_FORCE, target=RETIRED, permission=may_edit_framework)
    def retire(self):
        self.retired_on = today()
