"""How often a case is judged, in which days, and what keeps from one time to the next."""

from datetime import date, timedelta

from portal import clock
from quality_label.clock import Clock
from quality_label.sections import places
from quality_label.workflow import application as steps
from quality_label.workflow.stages import TARGET_OF


class ApplicationRounds:
    """What an application knows of its rounds: their days, their decisions and the criteria that are judged in them."""

    @property
    def conditional_label(self):
        """The label that it earned, while its conditions are open; None otherwise."""
        label = getattr(self, "label", None)
        return label if label and label.is_conditional else None

    def has_live_label(self) -> bool:
        """Say whether the label that it earned stands or is suspended."""
        label = getattr(self, "label", None)
        return label is not None and label.is_live

    @property
    def is_reexamined(self) -> bool:
        """Whether it is judged again while its label stays."""
        return self.is_open and self.is_judged_again and self.standing_decision is not None

    def places(self) -> list[str]:
        """Return the places that are filled in; in a renewal what changed, and the criteria that are judged again."""
        if not self.renews_id:
            return places(self.rules)
        carried = set(self.consensus.carried().values_list("code", flat=True))
        return places(self.rules, carried=carried, is_renewal=True)

    def days(self) -> Clock:
        """Return its clock as it is known today, or was on the day it ended; prefetch `pauses` in lists."""
        today = clock.day_of(self.ended_at) if self.ended_at else clock.today()
        pauses = tuple(pause.days for pause in self.pauses.all() if pause.stopped_on >= self.began_on)
        return Clock(self.began_on, today, pauses, self.extension, self.round_days)

    @property
    def began_on(self) -> date:
        """The day from which the days of its round count."""
        return self.round_from or self.day_0

    @property
    def rework_by(self) -> date | None:
        """The day by which the lead reworks what the panel sent back; None where it was not."""
        return self.sent_back_on and self.sent_back_on + timedelta(days=steps.REWORK_DAYS)

    @property
    def is_judged_again(self) -> bool:
        """Whether an earlier decision was replaced, so that others judge it now."""
        return self.round > 1

    @property
    def asked(self) -> dict:
        """The criteria that are judged in this round, by code; the others keep the level that they were given."""
        carried = set(self.consensus.carried().values_list("code", flat=True))
        return {code: one for code, one in self.rules.criteria.items() if code not in carried}

    @property
    def decision(self):
        """The last decision on it, also where it was replaced since; None before. Prefetch `decisions` in lists."""
        return next(reversed(self.decisions.all()), None)

    def last_time(self, code: str):
        """Return what was agreed on for a criterion when the label was awarded that this renews; None in others."""
        return self.renews.application.consensus.filter(code=code).first() if self.renews_id else None

    @property
    def proposed_conditions(self) -> list:
        """The conditions that its team proposes."""
        report = getattr(self, "report", None)
        return report.conditions if report else []

    @property
    def standing_decision(self):
        """The decision that is in force."""
        last = self.decision
        return last if last and not last.replaced_at else None

    def days_late(self) -> int:
        """Return by how many of the days that count its stage is over; 0 in time and while they stand still."""
        if self.stage not in TARGET_OF:
            return 0
        days = self.days()
        return 0 if days.is_paused else max(0, days.day - days.target(TARGET_OF[self.stage]))

    def was_returned(self) -> bool:
        """Say whether it was returned to be completed before."""
        return self.returns.exists()

    def rounds_asked(self) -> int:
        """Return how often the applicant was asked questions in this round."""
        return self.clarifications.sent().filter(sent_at__gte=clock.beginning_of(self.began_on)).count()

    def was_given_more_time(self) -> bool:
        """Say whether the applicant took more days for the open questions."""
        return self.clarifications.unanswered().filter(has_more_time=True).exists()
