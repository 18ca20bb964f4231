"""Which applications there are: by state, by what is due, and by who may see them."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisers.models import Organiser
from portal import clock
from quality_label.models.appeal_seat import AppealSeat
from quality_label.models.conflict import barred
from quality_label.models.panel import PanelSeat
from quality_label.models.pause import ApplicationPause
from quality_label.models.team import Assignment
from quality_label.permissions import may_see_cases
from quality_label.scores import AWARDED, AWARDED_CONDITIONS
from quality_label.workflow import appeal as appeal_steps
from quality_label.workflow import application as steps

DISCARDED_DAYS, FORGOTTEN_MONTHS, ENDED_MONTHS = 30, 12, 6  # for which evidence is kept after the end
REMEMBERED_MONTHS = 36  # for which a case tells who judged it, and they read how it ended


class ApplicationQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names, and the days."""
        return self.select_related("organiser", "framework", "coordinator", "label").prefetch_related(
            "organiser__texts", "pauses"
        )

    def of(self, organiser):
        """Return the applications of an organiser."""
        return self.filter(organiser=organiser)

    def open(self):
        """Return what has not ended."""
        return self.filter(state__in=steps.OPEN)

    def drafts(self):
        """Return what was not handed in."""
        return self.filter(state=steps.DRAFT)

    def under_way(self):
        """Return what the network has, or waits for."""
        return self.filter(state__in=steps.UNDER_WAY)

    def submitted(self):
        """Return what was ever handed in."""
        return self.exclude(day_0=None)

    def untouched(self, days=steps.DRAFT_DAYS):
        """Return the drafts on which nobody has worked for so many days; renewals wait for their label."""
        return self.drafts().filter(renews=None, edited_at__lte=clock.now() - timedelta(days=days))

    def standing_still(self):
        """Return those whose next move is the applicant's, so that their days stand still."""
        return self.filter(state__in=steps.PAUSED)

    def decided_by_panel(self):
        """Return what a panel decided on."""
        return self.filter(state__in=steps.DECIDED).exclude(state=steps.INELIGIBLE)

    def awarded(self):
        """Return what ended with the label."""
        return self.decided_by_panel().exclude(state=steps.NOT_AWARDED)

    def reexamined(self):
        """Return what is judged again while its label stays."""
        return self.open().filter(decisions__replaced_at=None, decisions__outcome__in=[AWARDED, AWARDED_CONDITIONS])

    def suspended(self):
        """Return those of organisers that are suspended."""
        return self.filter(organiser__standing=Organiser.Standing.SUSPENDED)

    def following_suspensions(self):
        """Return what is under way and stands still for a suspension, or has to from now on."""
        still = Q(pauses__cause=ApplicationPause.Cause.SUSPENSION, pauses__resumed_on=None)
        return self.under_way().filter(still | Q(organiser__standing=Organiser.Standing.SUSPENDED)).distinct()

    def not_standing_still(self):
        """Leave out what a suspension holds up, so that no day of the applicant runs out meanwhile."""
        return self.exclude(pk__in=self.model.objects.following_suspensions())

    def overdue_returns(self):
        """Return those that were returned and not completed in time."""
        return self.not_standing_still().filter(state=steps.RETURNED, answer_by__lt=clock.today())

    def overdue_answers(self):
        """Return those whose questions were not answered in time."""
        return self.not_standing_still().filter(state=steps.CLARIFICATION, answer_by__lt=clock.today())

    def with_evidence_to_erase(self):
        """Return what ended so long ago that nobody needs its evidence; a label or an appeal keeps it longer."""
        now = clock.now()
        half_a_year_ago = clock.months_later(now, -ENDED_MONTHS)
        discarded = Q(day_0=None, state=steps.WITHDRAWN, ended_at__lte=now - timedelta(days=DISCARDED_DAYS))
        forgotten = Q(day_0=None, ended_at__lte=clock.months_later(now, -FORGOTTEN_MONTHS))
        ended = Q(day_0__isnull=False, state__in=steps.WITHOUT_LABEL, ended_at__lte=half_a_year_ago)
        outlived = Q(label__ended_on__lte=clock.day_of(half_a_year_ago))
        found = self.filter(discarded | forgotten | ended | outlived, evidence__isnull=False)
        return found.exclude(appeals__state__in=appeal_steps.RUNNING).distinct()

    def ended_without_label(self):
        """Return what ended half a year ago without a label."""
        return self.filter(label=None, ended_at__lte=clock.months_later(clock.now(), -ENDED_MONTHS))

    def ended_long_ago(self):
        """Return what ended three years ago."""
        return self.filter(ended_at__lte=clock.months_later(clock.now(), -REMEMBERED_MONTHS))

    def locked(self):
        """Hold the cases that are read until the transaction ends, so that one acts on a case after the other."""
        return self.select_for_update(no_key=True, of=("self",))

    def returned(self):
        """Return what waits to be completed by its applicant."""
        return self.filter(state=steps.RETURNED)

    def questioned(self):
        """Return what waits for answers of its applicant."""
        return self.filter(state=steps.CLARIFICATION)

    def withdrawn(self):
        """Return what its applicant took back after it was handed in."""
        return self.submitted().filter(state=steps.WITHDRAWN)

    def not_awarded(self):
        """Return what was decided without a label."""
        return self.filter(state=steps.NOT_AWARDED)

    def free_for(self, user):
        """Leave out what a conflict bars a person from, said by them or shown by rows."""
        return self.exclude(barred(user))

    def opened_to(self, user):
        """Return what a person reads: in its whole team, in its panel once it is ready, in the panel of an appeal."""
        place = Assignment.objects.settled().held_by(user).filter(application=OuterRef("pk"))
        seat = PanelSeat.objects.filter(application=OuterRef("pk"), person=user)
        team, panel = Q(Exists(place), state__in=steps.READABLE), Q(Exists(seat), state=steps.READY)
        appeal = AppealSeat.objects.read_by(user).filter(appeal__application=OuterRef("pk"))
        return self.filter(team | panel | Exists(appeal))

    def over_for(self, user):
        """Return what ended in the last years and a person judged until then, in team or panel, without a tie."""
        if not user.is_authenticated:
            return self.none()
        place = Assignment.objects.finished().held_by(user).filter(application=OuterRef("pk"))
        seat = PanelSeat.objects.taken_by(user).filter(application=OuterRef("pk"))
        since = clock.months_later(clock.now(), -REMEMBERED_MONTHS)
        return self.filter(Exists(place) | Exists(seat), ended_at__gt=since).free_for(user)

    def without_panel(self):
        """Return what is ready to be decided and has no panel yet."""
        seats = PanelSeat.objects.filter(application=OuterRef("pk"))
        return self.filter(~Exists(seats), state=steps.READY)

    def read_by_team(self, user):
        """Return what is open to a person as one of the team, and to which they have no other tie."""
        return self.submitted().free_for(user).opened_to(user) if user.is_authenticated else self.none()

    def visible_to(self, user):
        """Return what a person may follow: of their own organisers, or of others for the network and for the team."""
        if not user.is_authenticated:
            return self.none()
        own = self.filter(organiser__in=Organiser.objects.held_by(user))
        return own | self.cases_for(user)

    def cases_for(self, user):
        """Return what a person of the network works on: never what is about their own organisers."""
        if not user.is_authenticated:
            return self.none()
        free = self.submitted().free_for(user)
        return free if may_see_cases(user) else free.opened_to(user)
