"""What can happen to a label: it stands, is suspended and lifted, and ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import GET_STATE, transition

from portal.clock import today
from portal.workflow import StateField, Workflow, by_clock, guard
from quality_label.permissions import may_answer_for_label, may_revoke_label, may_suspend_label

ACTIVE, CONDITIONAL, SUSPENDED, GRACE = "active", "conditional", "suspended", "grace"
EXPIRED, REVOKED, SURRENDERED, SUPERSEDED = "expired", "revoked", "surrendered", "superseded"

STANDING = [ACTIVE, CONDITIONAL, GRACE]
LIVE = [*STANDING, SUSPENDED]
ENDED = [EXPIRED, REVOKED, SURRENDERED, SUPERSEDED]
EVERY = [*LIVE, *ENDED]

MONTHS, CONDITION_DAYS = 36, 30  # how long it holds; how long after its last condition
UNTRAINED_DAYS = 90  # to let somebody be trained again
CHECK_IN_YEARS, CHECK_IN_OPENS, CHECK_IN_DAYS = [1, 2], 30, 60  # days before and after its day
REMIND_OF_CHECK_IN = [-30, 0, 30]
RENEWAL_MONTHS, REMIND_OF_RENEWAL = 9, [9, 6, 3, 1]  # months before the last day
SENT_DAYS, GRACE_DAYS = 90, 120  # sent so long before the last day, a renewal lets it hold so much longer
CONFIRM_WORKING_DAYS, HEARING_DAYS, CURE_DAYS = 3, 14, 60
SHOWN_MONTHS = {EXPIRED: 12, REVOKED: 24, SURRENDERED: 1}  # in the register, after the end


class Cause(TextChoices):
    """Why a label is suspended."""

    COMPLAINT = "complaint", _("A serious complaint is being looked at.")
    UNREPORTED = "unreported", _("A change that matters was not reported.")
    VERIFICATION = "verification", _("The verification of the organiser is in doubt.")
    MISUSE = "misuse", _("The label is shown where it does not belong.")
    UNTRAINED = "untrained", _("For 90 days no member has held a valid training badge.")
    CONDITIONS = "conditions", _("The conditions were not shown to be met in time.")
    CHECK_IN = "check_in", _("The yearly check-in is missing.")


HEARD = [Cause.COMPLAINT, Cause.UNREPORTED, Cause.VERIFICATION, Cause.MISUSE]
DUTIES = [Cause.UNTRAINED, Cause.CONDITIONS, Cause.CHECK_IN]  # missed and made good: the clock sees to both


class Ground(TextChoices):
    """Why a label is revoked; everybody reads it."""

    FALSE_EVIDENCE = "false_evidence", _("The evidence was false.")
    HARM = "harm", _("Learners came to harm.")
    MISUSE = "misuse", _("The label was misused, and that went on.")
    VERIFICATION = "verification", _("The verification of the organiser was revoked.")
    NOT_CURED = "not_cured", _("What was missing was not made good in time.")
    REEXAMINED = "reexamined", _("It was judged again, and the criteria were found not to be met.")
    ORDER = "order", _("A court, or the protection of learners, asked for it.")


@guard(_("The label has not reached its last day."))
def is_over(label):
    return label.valid_until < today()


@guard(_("No renewal was handed in 90 days before the last day and waits for its decision."))
def has_renewal_in_time(label):
    return label.has_renewal_in_time()


@guard(_("A renewal waits for its decision."))
def has_no_renewal(label):
    return not (label.renewal and label.renewal.is_under_way)


@guard(_("No duty of the holder has been missed for long enough."))
def misses_a_duty(label):
    return label.missed_duty() is not None


@guard(_("The label was not suspended for a duty that is made good by now."))
def is_cured(label):
    return label.suspension.cause in DUTIES and label.missed_duty() != label.suspension.cause


@guard(_("What it was suspended for is still missing. It is lifted at once when that is made good."))
def is_not_cured_by_the_clock(label):
    return label.suspension.cause not in DUTIES


@guard(_("Conditions are still to be met."))
def all_conditions_are_met(label):
    return not label.open_conditions


@guard(_("The suspension is confirmed already."))
def waits_for_confirmation(label):
    return label.suspension.waits_for_confirmation


@guard(_("There is still time to confirm the suspension."))
def was_not_confirmed(label):
    return label.suspension.waits_for_confirmation and label.suspension.confirm_by < today()


@guard(_("Nothing is asked of you here, or you have answered already."))
def is_asked(label):
    return label.suspension.answer_by is not None and label.suspension.answered_at is None


@guard(_("The days to answer are over."))
def is_in_time(label):
    return today() <= label.suspension.answer_by


@guard(_("A network admin confirms the suspension first."))
def is_confirmed(label):
    return not label.suspension.waits_for_confirmation


@guard(_("Hear the holder first: wait for the answer, or until the last day for it has passed."))
def is_heard(label):
    return label.suspension.is_heard


class LabelWorkflow(Workflow):
    """conditional → active → grace; these ⇄ suspended; given back, revoked, expired, or superseded by a new one

    Where a suspension leads back to is remembered in `state_before`. A coordinator suspends and a network admin
    confirms that, or the clock lifts it; for a missed duty the clock does both. A court's order, or the protection of
    learners, revokes without a suspension.
    """

    STATES = [
        (ACTIVE, pgettext_lazy("label", "active")),
        (CONDITIONAL, pgettext_lazy("label", "conditions open")),
        (SUSPENDED, pgettext_lazy("label", "suspended")),
        (GRACE, pgettext_lazy("label", "renewal in progress")),
        (EXPIRED, pgettext_lazy("label", "expired")),
        (REVOKED, pgettext_lazy("label", "revoked")),
        (SURRENDERED, pgettext_lazy("label", "given back")),
        (SUPERSEDED, pgettext_lazy("label", "renewed")),
    ]
    BACK = GET_STATE(lambda label, **facts: label.state_before, states=STANDING)

    state = StateField(default=ACTIVE, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=CONDITIONAL, target=ACTIVE, conditions=[all_conditions_are_met], permission=by_clock)
    def become_whole(self):
        """Hold without conditions."""

    @transition(state, source=STANDING, target=SUSPENDED, permission=may_suspend_label)
    def suspend(self):
        self.state_before = self.state

    @transition(state, source=STANDING, target=SUSPENDED, conditions=[misses_a_duty], permission=by_clock)
    def suspend_for_duty(self):
        self.state_before = self.state

    @transition(state, source=SUSPENDED, target=None, conditions=[waits_for_confirmation], permission=may_revoke_label)
    def confirm(self):
        """Let the suspension stay; what is confirmed is a row of its own."""

    @transition(
        state, source=SUSPENDED, target=None, conditions=[is_asked, is_in_time], permission=may_answer_for_label
    )
    def answer(self):
        """Say something to the suspension; the words are kept with it."""

    @transition(
        state, source=SUSPENDED, target=BACK, conditions=[is_not_cured_by_the_clock], permission=may_suspend_label
    )
    def lift(self):
        """Let it hold again."""

    @transition(state, source=SUSPENDED, target=BACK, conditions=[was_not_confirmed], permission=by_clock)
    def lift_unconfirmed(self):
        """Let it hold again, as nobody confirmed the suspension in time."""

    @transition(state, source=SUSPENDED, target=BACK, permission=by_clock)
    def lift_after_appeal(self):
        """Let it hold again, as an appeal against the suspension was upheld."""

    @transition(state, source=SUSPENDED, target=BACK, conditions=[is_cured], permission=by_clock)
    def lift_cured(self):
        """Let it hold again, as the duty is made good."""

    @transition(
        state, source=SUSPENDED, target=REVOKED, conditions=[is_confirmed, is_heard], permission=may_revoke_label
    )
    def revoke(self, ground, words):
        self._end(ground=ground, words=words)

    @transition(state, source=STANDING, target=REVOKED, permission=may_revoke_label)
    def revoke_by_order(self, words):
        self.state_before = self.state
        self._end(ground=Ground.ORDER, words=words)

    @transition(state, source=LIVE, target=REVOKED, permission=by_clock)
    def revoke_after_reexamination(self):
        self.state_before = self.state_before if self.state == SUSPENDED else self.state
        self._end(ground=Ground.REEXAMINED)

    @transition(state, source=[ACTIVE, GRACE], target=CONDITIONAL, permission=by_clock)
    def become_conditional(self):
        """Hold on the conditions that a re-examination set."""

    @transition(state, source=STANDING, target=SURRENDERED, permission=may_answer_for_label)
    def surrender(self):
        self._end()

    @transition(state, source=ACTIVE, target=GRACE, conditions=[is_over, has_renewal_in_time], permission=by_clock)
    def wait_for_renewal(self):
        self.grace_from = self.valid_until

    @transition(state, source=LIVE, target=SUPERSEDED, permission=by_clock)
    def supersede(self):
        self.ended_on = today()

    @transition(state, source=GRACE, target=EXPIRED, conditions=[has_no_renewal], permission=by_clock)
    def end_grace(self):
        self.ended_on = today()

    @transition(state, source=[ACTIVE, SUSPENDED, GRACE], target=EXPIRED, conditions=[is_over], permission=by_clock)
    def expire(self):
        self.ended_on = self.valid_until

    @transition(state, source=REVOKED, target=BACK, permission=by_clock)
    def reinstate(self):
        """Let it hold again until the day it had; only an upheld appeal does that."""
        self.ground, self.words, self.ended_on = "", "", None

    def _end(self, *, ground="", words=""):
        self.ground, self.words, self.ended_on = ground, words, today()
