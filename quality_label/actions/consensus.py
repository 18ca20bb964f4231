"""Agreeing on a level for each criterion, and calling for a third review where two are far apart."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.notifications.actions import notify
from portal.workflow import Stale, StepRefused, says, take
from quality_label import scores
from quality_label.actions.application import refuse_unless_operating
from quality_label.actions.limits import refuse_others, refuse_overlong
from quality_label.criteria import HIGHEST
from quality_label.differences import Comparison, Review, is_undecided
from quality_label.models import Application, Assignment, ConsensusLevel
from quality_label.permissions import may_call_third, may_lead
from quality_label.reports import consensus_score

HALF_STEPS = [Decimal(half) / 2 for half in range(2 * HIGHEST + 1)]
SHORTEST_REASON = 30  # characters, of an assessor and of the team
LONGEST_REASON = ConsensusLevel._meta.get_field("reason").max_length


def review_of(assignment: Assignment) -> Review:
    """Return what a review says; prefetch `ratings` in lists."""
    ratings = list(assignment.ratings.all())
    return Review(
        assignment.application.rules,
        assignment.levels(),
        frozenset(rating.code for rating in ratings if rating.does_not_apply),
        frozenset(assignment.ticked()),
        {rating.code: rating.reason for rating in ratings},
    )


def comparison_of(application: Application) -> Comparison:
    """Return the reviews that were handed in, laid beside each other in the order of their places."""
    places = application.assignments.locked().select_related("application__framework").prefetch_related("ratings")
    carried = list(application.consensus.carried())
    return Comparison(application.rules, [with_carried(review_of(place), carried) for place in places])


def with_carried(review: Review, carried: Iterable[ConsensusLevel]) -> Review:
    """Return a review that says of what is not judged again what was agreed on before."""
    return replace(
        review,
        levels={row.code: row.level for row in carried if row.level is not None} | review.levels,
        not_applicable=review.not_applicable | {row.code for row in carried if row.does_not_apply},
        ticked=review.ticked | {code for row in carried for code in row.ticked},
    )


def opening_words(application: Application, comparison: Comparison, code: str) -> str:
    """Return what the reason for a level begins with: the words of the reviews, by which none can be told apart."""
    return "\n\n".join(_quoted(comparison, code))


def _quoted(comparison, code) -> list[str]:
    said = list(comparison.words_behind(code).values())
    if len(said) < 2:
        return said
    room = LONGEST_REASON // len(said) - 50
    return [Truncator(words).chars(room) for words in said]


@transaction.atomic
def fill_consensus(application: Application, *, anew: bool = False) -> None:
    """Fill in what the reviews settle by themselves.

    What the lead wrote stays, but where the reviews were opened again since, or all of it after a third review.
    """
    comparison = comparison_of(application)
    reopened = {
        code for codes in application.assignments.locked().values_list("reopened_criteria", flat=True) for code in codes
    }
    rows = application.consensus.select_for_update(no_key=True).by_code()
    for code, settled in comparison.settled.items():
        row = rows.get(code) or ConsensusLevel(application=application, code=code)
        if row.is_carried or (row.pk and row.version and not anew and code not in reopened):
            continue
        row.level, row.does_not_apply, row.ticked = settled.level, settled.does_not_apply, list(settled.ticked)
        row.is_settled = settled.is_settled
        if settled.is_settled and not comparison.lies_between(code):
            row.reason = row.reason or opening_words(application, comparison, code)
        row.version += bool(row.pk)
        row.save()


@transaction.atomic
def save_level(application: Application, code: str, facts: dict, *, by, seen: int) -> ConsensusLevel:
    """Keep the level that the team agrees on for one criterion, with its reason."""
    application = _in_consensus(application, by=by)
    row = application.consensus.get(code=code)
    if row.is_carried:
        raise StepRefused([_("%(code)s is not judged again: it keeps its level.") % {"code": code}])
    if row.version != seen and not says(row, facts):
        raise Stale(row)
    criterion = application.rules.criteria[code]
    if facts["level"] is not None and is_undecided(criterion, facts["level"]):
        raise StepRefused([_("%(code)s: choose 2 or 3 and say why.") % {"code": code}])
    if facts["level"] not in [None, *HALF_STEPS] or (facts.get("does_not_apply") and not criterion.may_not_apply):
        raise StepRefused([_("Agree on a level from 0 to 4, in half steps, or that the criterion does not apply.")])
    refuse_overlong(ConsensusLevel, reason=facts.get("reason", ""))
    refuse_others(facts.get("ticked", []), [one.code for one in criterion.indicators])
    for name, value in facts.items():
        setattr(row, name, value)
    row.is_settled = row.level is not None or row.does_not_apply
    row.version += 1
    row.save()
    return row


def _in_consensus(application, *, by) -> Application:
    application = Application.objects.locked().with_words().get(pk=application.pk)
    if not may_lead(application, by):
        raise PermissionDenied
    if not application.is_in_consensus:
        raise StepRefused([_("Levels are agreed on while the case is in consensus.")])
    refuse_unless_operating(application)
    return application


def faults_of_levels(application: Application, comparison: Comparison) -> dict[str, list]:
    """Return what is missing in what the team agreed on, by criterion."""
    rows = application.consensus.by_code()
    found = {}
    for code, criterion in application.rules.criteria.items():
        row = rows.get(code)
        if row and row.is_carried:
            continue
        if row is None or (row.level is None and not row.does_not_apply):
            found[code] = [_("Agree on a level.")]
        elif code in application.sent_back_codes and not row.is_settled:
            found[code] = [_("The panel found this not justified: look at it again, say why, and save it.")]
        elif row.level is not None and is_undecided(criterion, row.level):
            found[code] = [_("Choose 2 or 3 and say why.")]
        elif fault := _fault_of_reason(row, comparison):
            found[code] = [fault]
    return found


def _fault_of_reason(row, comparison) -> str:
    """Return what a reason lacks: words of the team's own where it takes some, enough of any where reviews differ."""
    words, own = row.reason.strip(), _own_words(row, comparison)
    takes_own = comparison.wants_reason(row.code, row.level, row.does_not_apply)
    if comparison.lies_between(row.code) and not words:
        return _("The reviews differ: say in a sentence of your own why it is this level.")
    if takes_own and words and not own:
        return _("Say why in words of your own: what stands there is quoted from the reviews.")
    counts = own if takes_own else words
    is_asked = takes_own or comparison.difference(row.code) > 0
    return reason_wanted() if is_asked and len(counts) < SHORTEST_REASON else ""


def _own_words(row, comparison) -> str:
    """Return the reason without what it quotes from the reviews."""
    own = row.reason
    for words in _quoted(comparison, row.code):
        own = own.replace(words, "")
    return own.strip()


def reason_wanted() -> str:
    """Return what is said of a reason that is too short."""
    return _("Give a reason of at least %(count)d characters.") % {"count": SHORTEST_REASON}


def agreed_score(application: Application) -> scores.Score | None:
    """Return what the agreed levels come to; None while some are open."""
    rows = list(application.consensus.all())
    levels = {row.code: row.level for row in rows if row.level is not None}
    if scores.faults_in(application.rules, levels, halves=True):
        return None
    if any(row.level is None and not row.does_not_apply for row in rows):
        return None
    return consensus_score(application)


@transaction.atomic
def call_third_review(application: Application, *, by) -> Application:
    """Ask for a third review, which sees no levels of the others; who writes it is found by the coordinator."""
    if not may_call_third(application, by):
        raise PermissionDenied
    if application.is_in_consensus and not comparison_of(application).may_have_third:
        raise StepRefused(
            [_("The reviews differ by less than 20 points and lead to the same outcome: no third one is called.")]
        )
    application = take(application.call_third, by=by)
    if application.coordinator and application.coordinator != by:
        notify([application.coordinator], "quality_label/third_review_called", about=application)
    return application
