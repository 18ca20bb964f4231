"""What can happen to a label: it stands, is suspended and lifted, and ends."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import GET_STATE, transition

from portal.clock import now, today
from portal.workflow import StateField, Workflow, by_clock, guard
from quality_label.permissions import may_revoke_label, may_suspend_label

ACTIVE, CONDITIONAL, SUSPENDED = "active", "conditional", "suspended"
EXPIRED, REVOKED, SURRENDERED, SUPERSEDED = "expired", "revoked", "surrendered", "superseded"

STANDING = [ACTIVE, CONDITIONAL]
LIVE = [*STANDING, SUSPENDED]
ENDED = [EXPIRED, REVOKED, SURRENDERED, SUPERSEDED]
EVERY = [*LIVE, *ENDED]

MONTHS, CONDITION_DAYS = 36, 30  # how long it holds; how long after its last condition
UNTRAINED_DAYS = 90  # to let somebody be trained again
SHOWN_MONTHS = {EXPIRED: 12, REVOKED: 24}  # in the register, after the end


@guard(_("The label has not reached its last day."))
def is_over(label):
    return label.valid_until < today()


@guard(_("Somebody of the organiser is trained, or has not been missing for long enough."))
def is_untrained_for_long(label):
    return label.untrained_since is not None and label.untrained_until < today()


@guard(_("The label was not suspended because nobody was trained, or nobody is yet."))
def is_trained_again(label):
    return label.suspended_untrained and label.untrained_since is None


class LabelWorkflow(Workflow):
    """active | conditional ⇄ suspended; from these expired, and from suspended revoked

    Where a suspension leads back to is remembered in `state_before`. The clock suspends where nobody is trained any
    more, and lifts that.
    """

    STATES = [
        (ACTIVE, pgettext_lazy("label", "active")),
        (CONDITIONAL, pgettext_lazy("label", "conditions open")),
        (SUSPENDED, pgettext_lazy("label", "suspended")),
        (EXPIRED, pgettext_lazy("label", "expired")),
        (REVOKED, pgettext_lazy("label", "revoked")),
        (SURRENDERED, pgettext_lazy("label", "given back")),
        (SUPERSEDED, pgettext_lazy("label", "renewed")),
    ]

    state = StateField(default=ACTIVE, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=STANDING, target=SUSPENDED, permission=may_suspend_label)
    def suspend(self, words):
        self._suspend(words)

    @transition(state, source=STANDING, target=SUSPENDED, conditions=[is_untrained_for_long], permission=by_clock)
    def suspend_untrained(self, words):
        self._suspend(words)
        self.suspended_untrained = True

    @transition(
        state,
        source=SUSPENDED,
        target=GET_STATE(lambda label, **facts: label.state_before, states=STANDING),
        permission=may_suspend_label,
    )
    def lift(self, words):
        self._lift(words)

    @transition(
        state,
        source=SUSPENDED,
        target=GET_STATE(lambda label, **facts: label.state_before, states=STANDING),
        conditions=[is_trained_again],
        permission=by_clock,
    )
    def lift_trained(self, words):
        self._lift(words)

    @transition(state, source=SUSPENDED, target=REVOKED, permission=may_revoke_label)
    def revoke(self, words):
        self.words, self.ended_on = words, today()

    @transition(state, source=LIVE, target=EXPIRED, conditions=[is_over], permission=by_clock)
    def expire(self):
        self.ended_on = self.valid_until

    def _suspend(self, words):
        self.state_before, self.words, self.suspended_at = self.state, words, now()

    def _lift(self, words):
        self.words, self.suspended_at, self.suspended_untrained = words, None, False
