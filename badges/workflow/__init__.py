"""What can happen to a badge class, to a batch of awards, to an assertion, and to the use of a claim code."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from badges.permissions import (
    may_answer_code,
    may_award_list,
    may_change_list,
    may_edit_badge,
    may_go_on,
    may_hold,
    may_prove,
    may_release_batch,
    may_take_back,
    may_undo_batch,
)
from portal.clock import now
from portal.workflow import StateField, Workflow, by_clock, guard

# --- badge class ----------------------------------------------------------------------------------------------------

DRAFT, PUBLISHED, ARCHIVED = "draft", "published", "archived"


@guard(_("Give the badge a name, a description and a text that says what the picture shows."))
def has_words(badge_class):
    words = badge_class.original()
    return bool(words and words.name and words.description and words.picture_text)


@guard(_("Say what one must do to earn the badge, as a text or as an address."))
def has_criteria(badge_class):
    words = badge_class.original()
    return bool(badge_class.criteria_url or (words and words.criteria))


@guard(_("Choose a picture."))
def has_picture(badge_class):
    return bool(badge_class.picture)


@guard(_("This organiser may not issue badges at the moment."))
def organiser_may_operate(badge_class):
    return badge_class.organiser.may_operate


# What Annex I of Council Recommendation 2022/C 243/02 wants of a micro-credential and a badge class knows: the learner
# and the date come with the award, the country and the awarding body with the organiser, the title with every badge.


@guard(_("A micro-credential names its learning outcomes: write what people can do afterwards."))
def has_outcomes(badge_class):
    return not badge_class.is_micro_credential or bool(badge_class.original().outcomes)


@guard(_("A micro-credential names its workload: give ECTS credits, minutes, or both."))
def has_workload(badge_class):
    return not badge_class.is_micro_credential or bool(badge_class.workload_minutes or badge_class.credits)


@guard(_("A micro-credential names its level: choose a level of the European Qualifications Framework or a cycle."))
def has_level(badge_class):
    return not badge_class.is_micro_credential or bool(badge_class.level or badge_class.cycle)


@guard(_("A micro-credential names its type of assessment: write how the outcomes are tested."))
def has_assessment(badge_class):
    return not badge_class.is_micro_credential or bool(badge_class.original().assessment)


@guard(_("A micro-credential names its form of participation: on site, online or both."))
def has_participation(badge_class):
    return not badge_class.is_micro_credential or bool(badge_class.participation)


@guard(_("A micro-credential names its quality assurance: write who looks after its quality, and how."))
def has_quality(badge_class):
    return not badge_class.is_micro_credential or bool(badge_class.original().quality)


COMPLETE = [
    *(has_words, has_criteria, has_picture),
    *(has_outcomes, has_workload, has_level, has_assessment, has_participation, has_quality),
]


def lacking(badge_class) -> list[str]:
    """Return what a badge class must say before anybody may rely on it, and does not; empty when it is complete."""
    return [condition.reason for condition in COMPLETE if not condition(badge_class)]


class BadgeClassWorkflow(Workflow):
    """draft → published ⇄ archived"""

    STATES = [(DRAFT, _("draft")), (PUBLISHED, _("published")), (ARCHIVED, _("archived"))]

    state = StateField(default=DRAFT, choices=STATES)

    class Meta:
        abstract = True

    @transition(
        state,
        source=DRAFT,
        target=PUBLISHED,
        conditions=[*COMPLETE, organiser_may_operate],
        permission=may_edit_badge,
    )
    def publish(self):
        self.published_at = now()

    @transition(state, source=PUBLISHED, target=ARCHIVED, permission=may_edit_badge)
    def archive(self):
        self.archived_at = now()

    @transition(state, source=ARCHIVED, target=PUBLISHED, conditions=[organiser_may_operate], permission=may_edit_badge)
    def bring_back(self):
        self.archived_at = None


# --- batch of awards ------------------------------------------------------------------------------------------------

READING, HELD, OUT, UNDONE = "reading", "held", "out", "undone"


@guard(_("The time in which this award could be undone has passed."))
def is_in_hold(batch):
    return now() < batch.release_at or not may_go_on(batch)


@guard(_("This organiser may not issue badges at the moment."))
def issuer_may_operate(batch):
    return batch.badge_class.organiser.may_operate


@guard(_("Publish the badge before you award it."))
def badge_is_published(batch):
    return batch.badge_class.state == PUBLISHED


@guard(_("No row of this list can be awarded yet."))
def has_ready_rows(batch):
    return batch.rows.filter(state="ready").exists()


class AwardBatchWorkflow(Workflow):
    """reading → draft ⇄ reading, draft → held → out | undone

    A list is read, mended and awarded; by hand begins held; what was earned is out from the start. What a suspended
    organiser awarded stays held.
    """

    STATES = [
        (READING, _("being read")),
        (DRAFT, _("draft")),
        (HELD, _("held")),
        (OUT, _("out")),
        (UNDONE, _("undone")),
    ]

    state = StateField(default=HELD, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=READING, target=DRAFT, permission=by_clock)
    def show(self, header, columns, notes):
        self.header, self.columns, self.notes = header, columns, notes
        self.reading_until = None

    @transition(state, source=DRAFT, target=READING, permission=may_change_list)
    def read_again(self, columns):
        self.columns = columns

    @transition(
        state,
        source=DRAFT,
        target=HELD,
        conditions=[badge_is_published, issuer_may_operate, has_ready_rows],
        permission=may_award_list,
    )
    def send(self, badge_version, release_at, notify, awarder):
        self.badge_version, self.release_at, self.notify, self.awarded_by = badge_version, release_at, notify, awarder

    @transition(state, source=HELD, target=OUT, conditions=[issuer_may_operate], permission=may_release_batch)
    def release(self):
        self.release_at = min(self.release_at, now())

    @transition(state, source=HELD, target=UNDONE, conditions=[is_in_hold], permission=may_undo_batch)
    def undo(self):
        self.undone_at = now()


# --- assertion ------------------------------------------------------------------------------------------------------

WAITING, COLLECTED, DECLINED, REVOKED, WITHDRAWN = "waiting", "collected", "declined", "revoked", "withdrawn"
LIVE = [WAITING, COLLECTED, DECLINED]


@guard(_("This badge is not out yet."))
def is_out(assertion):
    return assertion.batch.state == OUT


class AssertionWorkflow(Workflow):
    """waiting → collected | declined (which may change its mind); revoked by its issuer; withdrawn with its batch"""

    STATES = [
        (WAITING, _("waiting to be collected")),
        (COLLECTED, _("collected")),
        (DECLINED, _("declined")),
        (REVOKED, _("revoked")),
        (WITHDRAWN, _("withdrawn")),
    ]

    state = StateField(default=WAITING, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=[WAITING, DECLINED], target=COLLECTED, conditions=[is_out], permission=may_hold)
    def collect(self, holder):
        self.collected_at = now()
        self.person = holder

    @transition(state, source=WAITING, target=DECLINED, conditions=[is_out], permission=may_hold)
    def decline(self):
        self.person = None

    @transition(state, source=WAITING, target=DECLINED, permission=by_clock)
    def disown(self):
        self.person = None

    @transition(state, source=LIVE, target=REVOKED, conditions=[is_out], permission=may_take_back)
    def revoke(self, reason):
        self.revoked_at = now()
        self.revocation_reason = reason.strip()

    @transition(state, source=LIVE, target=REVOKED, permission=by_clock)
    def supersede(self):
        self.revoked_at = now()
        self.revocation_reason = "Corrected: another badge replaces this one."


# --- use of a claim code --------------------------------------------------------------------------------------------

UNPROVEN, AWARDED = "unproven", "awarded"
COUNTED = [WAITING, AWARDED]


@guard(_("This code does not work at the moment. Ask whoever gave it to you."))
def codes_work(use):
    badge_class = use.series.badge_class
    return badge_class.state == PUBLISHED and badge_class.organiser.may_operate and badge_class.organiser.is_verified


@guard(_("This code was closed by those who made it."))
def is_not_closed(use):
    return use.series.closed_at is None


@guard(_("This code does not work yet."))
def has_begun(use):
    return use.series.valid_from <= now()


@guard(_("The time of this code is over."))
def was_asked_in_time(use):
    return use.asked_at <= use.series.valid_until


@guard(_("This code was used as often as it can be."))
def code_has_uses_left(use):
    return use.code.used < use.code.uses


@guard(_("Publish the badge before you award it."))
def badge_can_be_earned(use):
    return use.series.badge_class.state == PUBLISHED


class CodeUseWorkflow(Workflow):
    """unproven → awarded, or unproven → waiting → awarded | declined where the organiser wants to be asked"""

    STATES = [
        (UNPROVEN, _("address not proved")),
        (WAITING, _("waiting for an answer")),
        (AWARDED, _("accepted")),
        (DECLINED, pgettext_lazy("request", "declined")),
    ]
    OPEN = [codes_work, is_not_closed, has_begun, was_asked_in_time, code_has_uses_left]

    state = StateField(default=UNPROVEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=UNPROVEN, target=AWARDED, conditions=OPEN, permission=may_prove)
    def prove(self, name, person):
        self.name, self.person, self.proved_at = name, person, now()

    @transition(state, source=UNPROVEN, target=WAITING, conditions=OPEN, permission=may_prove)
    def ask(self, name, person):
        self.name, self.person, self.proved_at = name, person, now()

    @transition(state, source=WAITING, target=AWARDED, conditions=[badge_can_be_earned], permission=may_answer_code)
    def accept(self):
        self.answered_at = now()

    @transition(state, source=WAITING, target=DECLINED, permission=may_answer_code)
    def turn_down(self):
        self.answered_at = now()
