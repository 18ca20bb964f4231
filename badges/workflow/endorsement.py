"""What can happen to an endorsement: asked for or offered, given with the consent of both sides, withdrawn."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from badges.permissions import may_agree_to, may_cancel_request, may_endorse, may_speak_for
from badges.subjects import find
from portal.clock import now
from portal.workflow import StateField, Workflow, guard

ASKED, OFFERED, GIVEN, DECLINED = "asked", "offered", "given", "declined"
CANCELLED, WITHDRAWN = "cancelled", "withdrawn"
WAITING = [ASKED, OFFERED]
LIVE = [ASKED, OFFERED, GIVEN]
SAID = [OFFERED, GIVEN, WITHDRAWN]
PUBLIC = [GIVEN, WITHDRAWN]


@guard(_("Nobody can see this any more, so it cannot be endorsed."))
def thing_is_there(endorsement):
    return find(endorsement.kind, endorsement.thing) is not None


@guard(_("The organiser that endorses may not act at the moment."))
def endorser_may_operate(endorsement):
    return endorsement.endorser.may_operate


@guard(_("Nobody endorses what is their own: choose an organiser that is no part of the other."))
def is_about_others(endorsement):
    return endorsement.endorser.whole() != endorsement.organiser.whole()


@guard(_("Whoever decides about this has not agreed yet."))
def is_wanted(endorsement):
    return endorsement.is_wanted


MAY_STAND = [thing_is_there, endorser_may_operate, is_about_others]


class EndorsementWorkflow(Workflow):
    """asked → given | declined | cancelled; offered → given | declined | cancelled; given → withdrawn by who gave it"""

    STATES = [
        (ASKED, _("asked for")),
        (OFFERED, _("offered")),
        (GIVEN, _("given")),
        (DECLINED, pgettext_lazy("request", "declined")),
        (CANCELLED, _("taken back")),
        (WITHDRAWN, _("withdrawn")),
    ]

    state = StateField(default=ASKED, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=ASKED, target=GIVEN, conditions=[*MAY_STAND, is_wanted], permission=may_endorse)
    def give(self, writer, said, attestation):
        self.written_by, self.written_at = writer, now()
        self._say(**said)
        self._publish(attestation)

    @transition(state, source=ASKED, target=OFFERED, conditions=MAY_STAND, permission=may_endorse)
    def offer(self, writer, said):
        self.written_by, self.written_at = writer, now()
        self._say(**said)

    @transition(state, source=ASKED, target=DECLINED, permission=may_speak_for)
    def decline(self):
        self.ended_at = now()

    @transition(state, source=ASKED, target=CANCELLED, permission=may_cancel_request)
    def cancel(self):
        self.ended_at = now()

    @transition(state, source=OFFERED, target=GIVEN, conditions=MAY_STAND, permission=may_agree_to)
    def accept(self, attestation):
        self.is_wanted = True
        self._publish(attestation)

    @transition(state, source=OFFERED, target=DECLINED, permission=may_agree_to)
    def turn_down(self):
        self.ended_at = now()

    @transition(state, source=OFFERED, target=CANCELLED, permission=may_speak_for)
    def take_back(self):
        self.ended_at = now()

    @transition(state, source=GIVEN, target=WITHDRAWN, permission=may_speak_for)
    def withdraw(self):
        self.ended_at = now()

    def _say(self, text, language, address, badge_version):
        self.text, self.language, self.address, self.badge_version = text, language, address, badge_version

    def _publish(self, attestation):
        self.attestation = attestation
        self.given_at = now()
