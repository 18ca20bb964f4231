"""What can happen to an invitation, and to a request to join."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from organisers.permissions import may_accept, may_answer, may_manage_invitation, may_send_invitation, may_withdraw
from portal.clock import now
from portal.workflow import StateField, Workflow, guard

OPEN, ACCEPTED, REVOKED, DECLINED, WITHDRAWN = "open", "accepted", "revoked", "declined", "withdrawn"


@guard(_("This invitation was used already."))
def is_not_used(invitation):
    return invitation.state != ACCEPTED


@guard(_("This invitation was taken back."))
def is_not_revoked(invitation):
    return invitation.state != REVOKED


@guard(_("This invitation ran out. Ask an owner of the organiser to send it again."))
def is_in_time(invitation):
    return invitation.expires_at > now()


@guard(_("Whoever sent this invitation may no longer give roles here. Ask an owner of the organiser for a new one."))
def has_an_owner_behind_it(invitation):
    return invitation.invited_by.is_active and invitation.organiser.is_held_by(invitation.invited_by, "owner")


@guard(_("This organiser may not act at the moment, so nobody can join it. Try again when that has changed."))
def takes_people_in(offer):
    return offer.organiser.may_operate


@guard(_("It was sent less than a day ago. Mail may take a while, and may lie among the unwanted."))
def has_rested(invitation):
    return invitation.sent_at <= now() - invitation.REST


class InvitationWorkflow(Workflow):
    """open → accepted by who proved the address, once and in time; open → revoked by an owner"""

    STATES = [(OPEN, _("open")), (ACCEPTED, _("accepted")), (REVOKED, _("taken back"))]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(
        state,
        source="*",
        target=ACCEPTED,
        conditions=[is_not_used, is_not_revoked, is_in_time, has_an_owner_behind_it, takes_people_in],
        permission=may_accept,
    )
    def accept(self, person):
        self.accepted_at = now()
        self.accepted_by = person

    @transition(state, source=OPEN, target=REVOKED, permission=may_manage_invitation)
    def revoke(self):
        self.revoked_at = now()

    @transition(state, source=OPEN, target=OPEN, conditions=[has_rested], permission=may_send_invitation)
    def send_again(self, inviter):
        self.sent_at = now()
        self.expires_at = self.sent_at + self.LIFE
        self.invited_by = inviter

    @transition(state, source=OPEN, target=OPEN, permission=may_send_invitation)
    def change_roles(self, roles):
        self.roles = roles


class JoinRequestWorkflow(Workflow):
    """open → accepted or declined by an owner; open → withdrawn by who asked"""

    STATES = [
        (OPEN, _("open")),
        (ACCEPTED, _("accepted")),
        (DECLINED, pgettext_lazy("request", "declined")),
        (WITHDRAWN, _("withdrawn")),
    ]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=OPEN, target=ACCEPTED, conditions=[takes_people_in], permission=may_answer)
    def accept(self):
        self.answered_at = now()

    @transition(state, source=OPEN, target=DECLINED, permission=may_answer)
    def decline(self):
        self.answered_at = now()

    @transition(state, source=OPEN, target=WITHDRAWN, permission=may_withdraw)
    def withdraw(self):
        self.answered_at = now()
