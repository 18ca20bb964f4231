"""The report of the expert team: drafted from what was agreed on, written by the lead, and handed to the panel."""

import re
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.notifications.actions import notify
from portal.workflow import Stale, StepRefused, says, take
from quality_label import scores
from quality_label.actions.application import refuse_unless_operating
from quality_label.actions.consensus import agreed_score, comparison_of, faults_of_levels
from quality_label.actions.decision import invite_panel, refuse_unfit_conditions
from quality_label.actions.limits import refuse_longer, refuse_more, refuse_others, refuse_overlong
from quality_label.criteria import HIGHEST
from quality_label.models import Application, Report
from quality_label.permissions import may_lead
from quality_label.reports import (
    LEAST_RECOMMENDATIONS,
    LONGEST_AREA,
    LONGEST_RECOMMENDATION,
    MOST_CONDITIONS,
    MOST_RECOMMENDATIONS,
    SHORTEST_DEPARTURE,
    is_condition_term,
    reached_already,
)

AREA_SENTENCE = gettext_lazy("Area %(area)s reaches %(share)s %% of its points.")
SHARE = r"(\d+(?:[.,]\d+)?)"
FACTS = ["areas", "strengths", "recommendations", "outcome", "call_held_on", "departure_reason"]


def drafted(application: Application) -> Report:
    """Return the report as it was written so far; before that one drafted from the consensus, unsaved."""
    known = Report.objects.filter(application=application).first()
    if known:
        return known
    score = agreed_score(application)
    places = list(application.assignments.locked())
    return Report(
        application=application,
        areas={area.code: _area_sentence(score, area) for area in application.rules.areas} if score else {},
        strengths="\n\n".join(dict.fromkeys(place.strengths.strip() for place in places)),
        recommendations=list(
            dict.fromkeys(line.strip() for place in places for line in place.advice.splitlines() if line.strip())
        ),
        outcome=score.outcome if score else "",
    )


def _area_sentence(score, area) -> str:
    share = number_format(scores.shown(score.of_area(area)), 1)
    return AREA_SENTENCE % {"area": area.code, "share": share}


def _drafts(area) -> list[str]:
    """Return the pattern of the drafted sentence of an area, for each language in which it may be drafted."""
    patterns = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            patterns.append(re.escape(AREA_SENTENCE % {"area": area.code, "share": "SHARE"}).replace("SHARE", SHARE))
    return patterns


def _is_draft(area, text) -> bool:
    return any(re.fullmatch(pattern, text.strip()) for pattern in _drafts(area))


def _outdated_shares(application, report, score) -> list:
    """Return what the draft said of areas whose levels changed since."""
    reasons = []
    for area in application.rules.areas:
        now, text = scores.shown(score.of_area(area)), report.areas.get(area.code, "")
        written = {share for pattern in _drafts(area) for share in re.findall(pattern, text)}
        outdated = [share for share in written if Decimal(share.replace(",", ".")) != now]
        reasons += [
            _("Area %(area)s: the report says %(share)s %%, but %(now)s %% are reached by now.")
            % {"area": area.code, "share": share, "now": number_format(now, 1)}
            for share in outdated
            if not _is_draft(area, text)
        ]
    return reasons


@transaction.atomic
def save_report(application: Application, facts: dict, conditions: list[dict], *, by, seen: int) -> Report:
    """Keep the report as far as it is written; the conditions are replaced by those given."""
    application = _led(application, by=by)
    if not application.is_in_consensus:
        raise StepRefused([_("The report is written while the case is in consensus.")])
    refuse_unless_operating(application)
    if len(conditions) > MOST_CONDITIONS:
        raise StepRefused([_("Name five conditions at most.")])
    refuse_unfit_report(application, facts)
    refuse_unfit_conditions(application, conditions)
    report = Report.objects.filter(application=application).first() or Report(application=application)
    before = report.proposed
    report.propose(conditions)
    if report.version != seen and not (says(report, facts) and report.proposed == before):
        report.refresh_from_db()
        raise Stale(report, is_own=report.written_by == by)
    for name in FACTS:
        setattr(report, name, facts[name])
    report.written_by, report.edited_at, report.version = by, clock.now(), report.version + 1
    report.save()
    return report


def refuse_unfit_report(application: Application, facts: dict) -> None:
    """Raise StepRefused where a report says more than it can."""
    refuse_overlong(Report, **{name: facts[name] for name in ["strengths", "departure_reason"]})
    refuse_others(facts["areas"], [area.code for area in application.rules.areas])
    refuse_more(facts["recommendations"], MOST_RECOMMENDATIONS)
    for words, most in [(facts["areas"].values(), LONGEST_AREA), (facts["recommendations"], LONGEST_RECOMMENDATION)]:
        for text in words:
            refuse_longer(text, most)


def _led(application, *, by) -> Application:
    application = Application.objects.locked().with_words().get(pk=application.pk)
    if not may_lead(application, by):
        raise PermissionDenied
    return application


def reasons_against_finishing(application: Application) -> list:
    """Return what is missing before the panel can decide; empty when nothing is."""
    comparison = comparison_of(application)
    faults = faults_of_levels(application, comparison)
    reasons = [f"{code}: {fault}" for code, found in faults.items() for fault in found]
    report = Report.objects.filter(application=application).first()
    if report is None:
        return [*reasons, _("Write the report.")]
    if comparison.needs_call and not report.call_held_on:
        reasons.append(_("The reviews lie 12 points or more apart: talk with both, and say on which day."))
    missing = [area.code for area in application.rules.areas if not report.areas.get(area.code, "").strip()]
    if missing:
        reasons.append(_("Say something on area %(areas)s.") % {"areas": ", ".join(missing)})
    reasons += [
        _("Area %(area)s: write two to four sentences of your own.") % {"area": area.code}
        for area in application.rules.areas
        if _is_draft(area, report.areas.get(area.code, ""))
    ]
    if not report.strengths.strip():
        reasons.append(_("Name what is strong."))
    if score := agreed_score(application):
        reasons += _outdated_shares(application, report, score)
    return reasons + _outcome_faults(application, report)


def _outcome_faults(application, report) -> list:
    score = agreed_score(application)
    if not report.outcome:
        return [_("Propose an outcome.")]
    reasons = []
    if score and report.outcome != score.outcome and len(report.departure_reason.strip()) < SHORTEST_DEPARTURE:
        reasons.append(
            _("You propose another outcome than the rule. Say why, in at least %(count)d characters.")
            % {"count": SHORTEST_DEPARTURE}
        )
    conditions = report.conditions
    if report.outcome == scores.AWARDED_CONDITIONS:
        if not conditions:
            reasons.append(_("Write one to five conditions."))
        reasons += [
            _("%(code)s: set a day between 30 and 180 days from now.") % {"code": one.code}
            for one in conditions
            if not is_condition_term(one.due_on)
        ]
        reasons += reached_already(application, [(one.code, one.level) for one in conditions])
    else:
        if conditions:
            reasons.append(_("Take the conditions out, or propose the label with conditions."))
        if len(report.recommendations) < LEAST_RECOMMENDATIONS:
            reasons.append(_("Write at least three recommendations, the one with the greatest effect first."))
    return reasons


@transaction.atomic
def finish_consensus(application: Application, *, by, seen: int | None = None) -> Application:
    """Hand the case to the panel: levels, report and proposal stand; the applicant sees that a decision is prepared."""
    application = _led(application, by=by)
    if application.is_in_consensus and (reasons := reasons_against_finishing(application)):
        raise StepRefused(reasons)
    application = take(application.finish, by=by, seen=seen)
    notify(owners_to_tell(application.organiser), "quality_label/decision_prepared", about=application)
    seated = [seat.person for seat in application.seats.select_related("person")]
    invite_panel(application)
    if application.sent_back_on:
        notify(seated, "quality_label/panel_invited", about=application)
    if application.coordinator:
        notify([application.coordinator], "quality_label/consensus_finished", about=application)
    return application


LEVELS_TO_REACH = range(1, HIGHEST + 1)
