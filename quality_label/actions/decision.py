"""Deciding on an application: the panel votes, the coordinator writes down what it decided."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import mark_read_about, notify
from portal.workflow import StepRefused, take, unmet
from quality_label.actions.application import refuse_unless_operating
from quality_label.actions.conditions import let_fall
from quality_label.actions.eligibility import note_acting, require_declaration
from quality_label.actions.label import award_label
from quality_label.actions.limits import refuse_longer, refuse_others, refuse_overlong
from quality_label.actions.reexamination import follow_reexamination
from quality_label.conflicts import free_members
from quality_label.criteria import HIGHEST
from quality_label.digests import digest_of
from quality_label.models import Application, CommitteeTerm, Condition, Decision, Declaration, Label, PanelSeat
from quality_label.models.panel import QUORUM
from quality_label.permissions import is_free, may_correct_facts, may_decide, may_vote
from quality_label.reports import (
    FIRST_CONDITION_DAY,
    LAST_CONDITION_DAY,
    LEAST_RECOMMENDATIONS,
    LONGEST_RECOMMENDATIONS,
    MOST_CONDITIONS,
    SHORTEST_DEPARTURE,
    consensus_score,
    is_condition_term,
    reached_already,
    report_of,
)
from quality_label.scores import AWARDED, AWARDED_CONDITIONS, NOT_AWARDED
from quality_label.workflow.application import was_not_sent_back

CHECKS = {
    "names": _("No name of an assessor stands in it."),
    "tone": _("Its tone is respectful and plain."),
    "thresholds": _("Every threshold that was missed is explained."),
}


@dataclass(frozen=True)
class Tally:
    """The votes that count, by what they are for."""

    votes: Counter
    agreed: Counter  # of these, who agrees to depart from the rule

    @property
    def cast(self) -> int:
        """Return how many voted, abstentions included."""
        return self.votes.total()

    @property
    def has_quorum(self) -> bool:
        """Say whether enough voted."""
        return self.cast >= QUORUM

    def votes_against(self, outcome: str) -> int:
        """Return how many voted for something else; who abstained voted for nothing."""
        return self.cast - self.votes[outcome] - self.votes[PanelSeat.Vote.ABSTAIN]

    def has_majority(self, outcome: str) -> bool:
        """Say whether more voted for an outcome than for anything else together."""
        return self.votes[outcome] > self.votes_against(outcome)

    def may_depart(self, outcome: str) -> bool:
        """Say whether two thirds of all who voted agree to depart from the rule for an outcome."""
        return self.cast > 0 and 3 * self.agreed[outcome] >= 2 * self.cast


def tally(application: Application) -> Tally:
    """Return the votes of a panel, without those of people whom a conflict bars by now."""
    seats = application.seats.voted().select_related("person")
    counted = [seat for seat in seats if is_free(application, seat.person)]
    agreed = (seat.vote for seat in counted if seat.agrees_to_departure)
    return Tally(Counter(seat.vote for seat in counted), Counter(agreed))


def left_to_invite(application: Application) -> list[Person]:
    """Return who of the committee can sit on the panel of a case and has no seat in it yet."""
    seated = set(application.seats.values_list("person", flat=True))
    return [person for person in free_members(application) if person.pk not in seated]


@transaction.atomic
def invite_panel(application: Application) -> list[PanelSeat]:
    """Give a seat to each member of the committee who has no other part in the case and no tie to the applicant."""
    application = _locked(application)
    if not application.is_ready:
        return []
    people = left_to_invite(application)
    seats = [PanelSeat.objects.create(application=application, person=person) for person in people]
    notify(people, "quality_label/panel_invited", about=application)
    return seats


@transaction.atomic
def declare_for_panel(seat: PanelSeat, *, has_conflict: bool, words: str = "", by) -> PanelSeat:
    """Say, before the vote, whether one has a tie to the applicant; who has one does not see the case any more."""
    _locked(seat.application)
    seat = _open_seat(seat, by=by)
    if seat.declaration:
        raise StepRefused([_("You have declared this already.")])
    refuse_overlong(Declaration, words=words)
    conflict = Declaration.Conflict.EXCLUDING if has_conflict else Declaration.Conflict.NONE
    seat.declaration, _new = Declaration.objects.update_or_create(
        application=seat.application, person=by, defaults={"conflict": conflict, "words": words}
    )
    seat.save()
    record("quality_label.declare", about=seat.application, by=by, facts={"conflict": conflict})
    return seat


@transaction.atomic
def cast_vote(seat: PanelSeat, *, vote: str, words: str, agrees_to_departure: bool = False, by) -> PanelSeat:
    """Vote, with a reason; it can be changed until the decision is written down."""
    _locked(seat.application)
    seat = _open_seat(seat, by=by)
    if seat.declaration is None:
        raise StepRefused([_("Declare first that you have no conflict of interest.")])
    refuse_unless_operating(seat.application)
    if vote not in PanelSeat.Vote or not words.strip():
        raise StepRefused([_("Choose what you vote for, and say why.")])
    if vote == PanelSeat.Vote.SEND_BACK and seat.application.sent_back_codes:
        raise StepRefused([was_not_sent_back.reason])
    refuse_overlong(PanelSeat, vote_words=words)
    seat.vote, seat.vote_words, seat.voted_at = vote, words, clock.now()
    seat.agrees_to_departure = agrees_to_departure
    seat.save()
    mark_read_about(seat.application, ["quality_label/panel_invited"])
    record("quality_label.vote", about=seat.application, by=by, facts={"vote": vote})
    return seat


def _locked(application) -> Application:
    """Return an application as it is now, and will be until the end of the transaction."""
    return Application.objects.locked().get(pk=application.pk)


def _open_seat(seat, *, by) -> PanelSeat:
    seat = PanelSeat.objects.select_related("application__organiser", "declaration").get(pk=seat.pk)
    if not may_vote(seat, by):
        raise PermissionDenied
    if not seat.application.is_ready:
        raise StepRefused([_("The decision was taken already.")])
    if not CommitteeTerm.objects.current().filter(person=by).exists():
        raise StepRefused([_("Your term in the committee is over, so you do not vote any more.")])
    return seat


@transaction.atomic
def record_decision(
    application: Application,
    *,
    outcome: str,
    checks: Collection[str],
    conditions: Collection[dict] = (),
    recommendations: Collection[str] = (),
    departure_reason: str = "",
    by,
    seen: int | None = None,
) -> Decision:
    """Write down what the panel decided, release its report to the applicant, and award the label where it says so.

    The team is released, the clock ends. Raises StepRefused with every reason why that is not possible.
    """
    application = _locked(application)
    if not may_decide(application, by):
        raise PermissionDenied
    require_declaration(application, by=by)
    step = {
        AWARDED: application.award,
        AWARDED_CONDITIONS: application.award_with_conditions,
        NOT_AWARDED: application.not_award,
    }[outcome]
    if reasons := unmet(step):
        raise StepRefused(reasons)
    refuse_overlong(Decision, departure_reason=departure_reason)
    refuse_longer("\n".join(recommendations), LONGEST_RECOMMENDATIONS)
    found, votes = consensus_score(application), tally(application)
    departs = outcome != found.outcome
    conditions = list(conditions) if outcome == AWARDED_CONDITIONS else []
    reasons = [*unchecked(checks), *against_votes(votes, outcome)]
    reasons += against_departure(votes, outcome, departure_reason) if departs else []
    reasons += against_conditions(application, conditions) if outcome == AWARDED_CONDITIONS else []
    reasons += against_recommendations(recommendations) if outcome == NOT_AWARDED else []
    if reasons:
        raise StepRefused(reasons)
    refuse_unfit_conditions(application, conditions)
    application = take(step, by=by, seen=seen)
    note_acting(application, step.__name__, by=by)
    report = report_of(
        application, found, outcome=outcome, by=by, conditions=conditions, recommendations=recommendations
    )
    application.decisions.standing().update(replaced_at=clock.now())
    let_fall(application.conditions)
    Condition.objects.bulk_create(Condition(application=application, **facts) for facts in conditions)
    decision = Decision.objects.create(
        application=application,
        outcome=outcome,
        rule_outcome=found.outcome,
        votes_for=votes.votes[outcome],
        votes_against=votes.votes_against(outcome),
        is_departure=departs,
        departure_reason=departure_reason if departs else "",
        recorded_by=by,
        round=application.round,
        round_from=application.round_from,
        round_days=application.round_days,
        extension=application.extension,
        report=report,
        sha256=digest_of(report),
    )
    for place in application.assignments.open():
        take(place.release, by=None)
    follow_decision(decision, by=by)
    notify(owners_to_tell(application.organiser), "quality_label/decided", about=decision)
    return decision


def follow_decision(decision: Decision, *, by) -> None:
    """Give the label that a decision awards; after a re-examination let the label that is there follow."""
    label = Label.objects.filter(application=decision.application).first()
    if label and label.is_live:
        follow_reexamination(decision)
    elif label is None and decision.is_award:
        award_label(decision, by=by)


@transaction.atomic
def send_back(
    application: Application, *, codes: Collection[str], words: str, by, seen: int | None = None
) -> Application:
    """Let the team rework levels that the panel found not justified, within seven days; once. The votes are cleared."""
    application = _locked(application)
    if not may_decide(application, by):
        raise PermissionDenied
    require_declaration(application, by=by)
    if reasons := against_votes(tally(application), PanelSeat.Vote.SEND_BACK):
        raise StepRefused(reasons)
    if not codes or not words.strip():
        raise StepRefused([_("Name the criteria that are not justified, and say what is missing.")])
    refuse_others(codes, application.asked)
    refuse_overlong(Application, sent_back_words=words)
    codes = [code for code in application.asked if code in codes]
    application = take(application.send_back, by=by, seen=seen, codes=codes, words=words.strip())
    note_acting(application, "send_back", by=by)
    application.consensus.filter(code__in=codes).update(is_settled=False, version=F("version") + 1)
    application.seats.update(vote="", vote_words="", voted_at=None, agrees_to_departure=False)
    leads = [place.person for place in application.assignments.leads()]
    notify(leads, "quality_label/sent_back", about=application)
    return application


def unchecked(checks) -> list:
    """Return what the coordinator did not check before the release."""
    return [_("Not checked yet: %(check)s") % {"check": words} for name, words in CHECKS.items() if name not in checks]


def against_votes(votes: Tally, outcome: str) -> list:
    """Return why the votes do not carry an outcome."""
    if not votes.has_quorum:
        said = ngettext(
            "%(count)d vote was cast. A decision takes %(quorum)d.",
            "%(count)d votes were cast. A decision takes %(quorum)d.",
            votes.cast,
        )
        return [said % {"count": votes.cast, "quorum": QUORUM}]
    if not votes.has_majority(outcome):
        return [_("There is no majority for this outcome.")]
    return []


def against_departure(votes: Tally, outcome: str, reason: str) -> list:
    """Return what a decision lacks that departs from the rule."""
    reasons = []
    if not votes.may_depart(outcome):
        reasons.append(_("The rule proposes something else. Two thirds of the panel have to agree to depart from it."))
    if len(reason.strip()) < SHORTEST_DEPARTURE:
        said = _("Say why the panel departs from the rule, in %(count)d characters or more.")
        reasons.append(said % {"count": SHORTEST_DEPARTURE})
    return reasons


def against_conditions(application: Application, conditions: Collection[dict]) -> list:
    """Return what is wrong with conditions."""
    if not 1 <= len(conditions) <= MOST_CONDITIONS:
        return [_("Write one condition at least and %(count)d at most.") % {"count": MOST_CONDITIONS}]
    asked = Counter(condition["code"] for condition in conditions)
    reasons = [_("There is more than one condition on %(code)s.") % {"code": code} for code in asked if asked[code] > 1]
    for one in conditions:
        said = _("The condition on %(code)s: %(fault)s")
        reasons += [said % {"code": one["code"], "fault": fault} for fault in _faults_of(application, one)]
    if reasons:
        return reasons
    return reached_already(application, [(condition["code"], condition["level"]) for condition in conditions])


def _faults_of(application, condition) -> list:
    """Return what is wrong with one condition."""
    days = {"first": FIRST_CONDITION_DAY, "last": LAST_CONDITION_DAY}
    said = {
        _("there is no such criterion."): condition["code"] in application.rules.criteria,
        _("choose a level from 1 to 4."): 1 <= condition["level"] <= HIGHEST,
        _("say what is to be shown."): condition["evidence"].strip(),
        _("choose a day between %(first)d and %(last)d days from now.") % days: is_condition_term(condition["due_on"]),
    }
    return [sentence for sentence, is_so in said.items() if not is_so]


def refuse_unfit_conditions(application: Application, conditions: Collection[dict]) -> None:
    """Raise StepRefused where a condition is on no criterion, or on one that has one, or says too much."""
    refuse_others([condition["code"] for condition in conditions], application.rules.criteria)
    for condition in conditions:
        refuse_overlong(Condition, evidence=condition["evidence"])


def against_recommendations(recommendations: Collection[str]) -> list:
    """Return what is wrong with recommendations to an applicant who did not get the label."""
    if len([words for words in recommendations if words.strip()]) < LEAST_RECOMMENDATIONS:
        said = _("Write %(count)d recommendations at least that the applicant can act on.")
        return [said % {"count": LEAST_RECOMMENDATIONS}]
    return []


@transaction.atomic
def correct_facts(decision: Decision, *, words: str, by) -> Decision:
    """Say, once and within five working days, which facts in a report are wrong; no level changes by it."""
    decision = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if not may_correct_facts(decision, by):
        raise PermissionDenied
    if not decision.may_be_corrected:
        raise StepRefused([_("Corrections of facts can be sent once, within five working days.")])
    if not words.strip():
        raise StepRefused([_("Say which facts are wrong.")])
    refuse_overlong(Decision, correction=words)
    decision.correction, decision.corrected_by, decision.corrected_at = words, by, clock.now()
    decision.save()
    record("quality_label.correct_facts", about=decision, by=by)
    if decision.application.coordinator:
        notify([decision.application.coordinator], "quality_label/facts_corrected", about=decision)
    return decision
