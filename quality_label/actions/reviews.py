"""Writing a review: each criterion by itself, unseen by anybody else until every review is handed in."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import Stale, StepRefused, says, take, unmet
from quality_label.actions.application import refuse_unless_operating
from quality_label.actions.consensus import SHORTEST_REASON, fill_consensus, reason_wanted
from quality_label.actions.limits import refuse_more, refuse_others, refuse_overlong
from quality_label.criteria import HIGHEST, MANDATORY_LEVEL, Criterion
from quality_label.models import MOST_EVIDENCE, Application, Assignment, Declaration, Evidence, Rating
from quality_label.permissions import may_write_review

REMARKS = ["strengths", "advice"]
MOST_POINTERS = 2 * MOST_EVIDENCE  # at all evidence, the sample and what is computed, with some that went since


@transaction.atomic
def save_rating(assignment: Assignment, code: str, facts: dict, *, by, seen: int) -> Rating:
    """Keep what an assessor says of one criterion; `seen` is the version of the rating that they were looking at."""
    assignment = _open_review(assignment, by=by)
    if code not in assignment.application.rules.criteria:
        raise StepRefused([_("There is no such criterion.")])
    if code not in assignment.application.asked:
        raise StepRefused([_("%(code)s is not judged again: it keeps its level.") % {"code": code}])
    if assignment.is_reopened and code not in assignment.reopened_criteria:
        raise PermissionDenied
    if assignment.application.has_open_questions and code in assignment.application.codes_asked_about():
        raise StepRefused([_("The applicant is asked about this criterion. It opens again with the answer.")])
    refuse_unfit_rating(assignment.application.rules.criteria[code], facts)
    if assignment.is_unbegun:
        assignment = take(assignment.begin, by=by)
    rating, _created = Rating.objects.get_or_create(assignment=assignment, code=code)
    if rating.version != seen and not says(rating, facts):
        raise Stale(rating, is_own=True)
    before = rating.level
    for name, value in facts.items():
        setattr(rating, name, value)
    if assignment.is_reopened:
        _keep_former(rating, before)
    rating.version, rating.edited_at = rating.version + 1, clock.now()
    rating.save()
    return rating


def refuse_unfit_rating(criterion: Criterion, facts: dict) -> None:
    """Raise StepRefused where a rating says more than it can."""
    if facts.get("level") not in [None, *range(HIGHEST + 1)]:
        raise StepRefused([_("A level is a whole number from 0 to 4; there are no half ones here.")])
    if facts.get("does_not_apply") and not criterion.may_not_apply:
        raise StepRefused([_("This criterion applies to everybody.")])
    refuse_overlong(Rating, **{name: facts.get(name, "") for name in ["reason", "change_reason"]})
    refuse_more(facts.get("evidence", []), MOST_POINTERS)
    refuse_others(facts.get("ticked", []), [one.code for one in criterion.indicators])


def _keep_former(rating, before) -> None:
    if rating.former_level is None and before != rating.level:
        rating.former_level = before
    elif rating.former_level is not None and rating.former_level == rating.level:
        rating.former_level, rating.change_reason = None, ""


@transaction.atomic
def save_remarks(assignment: Assignment, facts: dict, *, by, seen: int) -> Assignment:
    """Keep the strengths that an assessor saw and the advice they give."""
    assignment = _open_review(assignment, by=by)
    if assignment.remarks_version != seen and not says(assignment, {name: facts[name] for name in REMARKS}):
        raise Stale(assignment, is_own=True)
    refuse_overlong(Assignment, **{name: facts[name] for name in REMARKS})
    for name in REMARKS:
        setattr(assignment, name, facts[name])
    assignment.remarks_version += 1
    assignment.save(update_fields=[*REMARKS, "remarks_version"])
    return assignment


def _locked(assignment, *, by) -> Assignment:
    """Return a review that may still change, as it is until the end of the transaction."""
    assignment = Assignment.objects.select_for_update(no_key=True, of=["self"]).with_words().get(pk=assignment.pk)
    if not may_write_review(assignment, by):
        raise PermissionDenied
    if not assignment.is_being_written:
        raise StepRefused([_("This review was handed in and does not change any more.")])
    refuse_unless_operating(assignment.application)
    return assignment


def _open_review(assignment, *, by) -> Assignment:
    assignment = _locked(assignment, by=by)
    if not assignment.application.lets_write(assignment.role):
        raise StepRefused([_("Reviews are written while the application is in review.")])
    return assignment


def pointers_of(application: Application) -> set[str]:
    """Return what a level can point to: shown evidence that was frozen, the sample, and `f` for computed facts."""
    snapshot = application.snapshots.last()
    if snapshot is None:
        return set()
    pointers = {f"e{number}" for number in application.handed_in_evidence().values_list("number", flat=True)}
    pointers |= {f"s{number}" for number in application.sample.values_list("number", flat=True)}
    return pointers | ({"f"} if snapshot.document.get("facts") else set())


def faults_of(criterion: Criterion, rating: Rating | None, pointers: set[str], *, is_reopened: bool = False) -> list:
    """Return what is missing in what was said of a criterion before the review can be handed in."""
    if rating is None or (rating.level is None and not rating.does_not_apply):
        return [_("Choose a level.")]
    faults = []
    if len(rating.reason.strip()) < SHORTEST_REASON:
        faults.append(reason_wanted())
    if rating.level is not None and rating.level >= MANDATORY_LEVEL and not rating.evidence:
        faults.append(_("Point to the evidence: a level of 3 or 4 needs some."))
    if set(rating.evidence) - pointers:
        faults.append(_("Something you point to is not in the file that was handed in, or is hidden now."))
    if is_reopened and rating.former_level is not None and not rating.change_reason.strip():
        faults.append(_("Say why you changed the level."))
    return faults


def faults_by_code(assignment: Assignment) -> dict[str, list]:
    """Return what is missing in a review, by criterion; in one that was opened again, of what was asked about."""
    pointers = pointers_of(assignment.application)
    ratings = {rating.code: rating for rating in assignment.ratings.all()}
    criteria = assignment.application.asked
    codes = assignment.reopened_criteria if assignment.is_reopened else criteria
    found = {
        code: faults_of(criteria[code], ratings.get(code), pointers, is_reopened=assignment.is_reopened)
        for code in codes
    }
    return {code: faults for code, faults in found.items() if faults}


class Incomplete(StepRefused):
    """A review lacks something; `faults` are sentences by criterion."""

    def __init__(self, faults: dict[str, list]):
        super().__init__([f"{code}: {fault}" for code, found in faults.items() for fault in found])
        self.faults = faults


@transaction.atomic
def lock_review(assignment: Assignment, *, by, has_no_conflict: bool, seen: int | None = None) -> Assignment:
    """Hand a review in for good; with the last one the reviews are laid beside each other.

    Raises Incomplete with what is missing, by criterion.
    """
    application = Application.objects.locked().get(pk=assignment.application_id)
    assignment = _locked(assignment, by=by)
    if not has_no_conflict:
        raise StepRefused([_("Confirm what you declared; where something changed, tell the coordinator first.")])
    if faults := faults_by_code(assignment):
        raise Incomplete(faults)
    if not all(getattr(assignment, name).strip() for name in REMARKS):
        raise StepRefused([_("Write what is strong, and what you advise.")])
    assignment = take(assignment.lock, by=by, seen=seen, text_version=Declaration.TEXT_VERSION)
    compare_when_complete(application)
    return assignment


@transaction.atomic
def compare_when_complete(application: Application) -> None:
    """Compare the reviews if all are handed in: after each one, and when questions end that opened none again."""
    application = Application.objects.locked().get(pk=application.pk)
    if not unmet(application.compare):
        compare_reviews(application)


@transaction.atomic
def compare_reviews(application: Application) -> Application:
    """Lay the reviews beside each other once all are handed in: what they agree on is filled in, and the team told."""
    was_third = application.is_in_third_review
    application = take(application.compare, by=None)
    fill_consensus(application, anew=was_third)
    places = application.assignments.taken().select_related("person")
    notify([place.person for place in places], "quality_label/reviews_compared", about=application)
    return application


@transaction.atomic
def report_personal_data(assignment: Assignment, evidence: Evidence, words: str, *, by) -> Evidence:
    """Hide evidence that shows people who are none of our business, and ask the applicant to replace it where they can.

    It is no question to the applicant: no round is used up and the days go on.
    """
    if not may_write_review(assignment, by):
        raise PermissionDenied
    if not words.strip():
        raise StepRefused([_("Say what is to be blacked out, without repeating it.")])
    refuse_overlong(Evidence, hidden_words=words)
    if not Evidence.objects.filter(pk=evidence.pk, hidden_at=None).update(hidden_at=clock.now(), hidden_words=words):
        raise StepRefused([_("It is hidden already.")])
    record("quality_label.report_personal_data", about=evidence, by=by)
    application, facts = assignment.application, {"title": evidence.title, "words": words}
    if application.evidence_to_replace().exists():
        notify(owners_to_tell(application.organiser), "quality_label/evidence_hidden", about=application, facts=facts)
    if application.coordinator:
        notify([application.coordinator], "quality_label/evidence_reported", about=application, facts=facts)
    return evidence
