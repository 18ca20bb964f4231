"""Who judges an application: places in its team, and their ratings."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.accounts.models import NetworkRole
from quality_label.criteria import HIGHEST
from quality_label.models.declaration import Declaration
from quality_label.workflow import application as case_steps
from quality_label.workflow import assignment as steps
from quality_label.workflow.assignment import AssignmentWorkflow

TEAM_SIZE, REPLACEABLE_AFTER = 3, 5  # people; days that a review is late
NETWORK_ROLE = {"assessor": "assessor", "lead": "lead_assessor", "third": "assessor"}  # that a place is held in


class AssignmentQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related(
            "application__organiser", "application__framework", "application__coordinator", "person", "declaration"
        ).prefetch_related("application__organiser__texts", "application__pauses")

    def open(self):
        """Return the places that somebody holds or was asked to take."""
        return self.filter(state__in=steps.OPEN)

    def team_size(self) -> int:
        """Return how many of the team, a third assessor aside, hold a place or were asked."""
        return self.open().exclude(role=Assignment.Role.THIRD).count()

    def invited(self):
        """Return those that wait for an answer."""
        return self.filter(state=steps.INVITED)

    def unanswered(self):
        """Return those that were not answered in time."""
        return self.invited().filter(answer_by__lt=clock.today())

    def silent(self):
        """Return those that wait for an answer and were not reminded yet."""
        return self.invited().filter(reminders=0, answer_by__gte=clock.today())

    def taken(self):
        """Return the places that somebody accepted and still holds."""
        return self.filter(state__in=steps.TAKEN)

    def settled(self):
        """Return those taken by people without a conflict, or with a tie that was agreed to."""
        is_agreed = Q(declaration__conflict=Declaration.Conflict.MANAGEABLE, declaration__agreed_at__isnull=False)
        return self.taken().filter(Q(declaration__conflict=Declaration.Conflict.NONE) | is_agreed)

    def without_role(self):
        """Return the places on which a case waits, whose holders are no longer in their role for the network."""
        lost = Q(pk__in=[])
        for role, name in NETWORK_ROLE.items():
            held = NetworkRole.objects.current().filter(person=OuterRef("person"), role=name)
            lost |= Q(~Exists(held), role=role)
        waited_for = Q(role=Assignment.Role.LEAD) | Q(state__in=steps.WRITING)
        return self.taken().filter(lost, waited_for).exclude(application__state=case_steps.READY)

    def keeping_off_panel(self):
        """Return the places whose holders cannot sit on the panel: held or offered now, or taken at any time."""
        return self.filter(Q(state__in=steps.OPEN) | Q(accepted_at__isnull=False))

    def held_by(self, user):
        """Return the places of a person who still has the role in the network in which they were taken."""
        roles = [role for role, name in NETWORK_ROLE.items() if user.has_network_role(name)]
        return self.filter(person=user, role__in=roles)

    def finished(self):
        """Return the places that somebody held until the case ended, for the last time."""
        return self.of_last_round().filter(state=steps.RELEASED, accepted_at__isnull=False)

    def of_last_round(self):
        """Leave out the places of teams whose decision was replaced."""
        return self.filter(round=F("application__round"))

    def reviews(self):
        """Return the places whose holders judge: the assessors and a third one."""
        return self.taken().exclude(role=Assignment.Role.LEAD)

    def being_written(self):
        """Return the reviews that are not handed in."""
        return (
            self.reviews().filter(state__in=steps.WRITING).exclude(due_on=None).select_related("person", "declaration")
        )

    def leads(self):
        """Return who leads the team."""
        return self.taken().filter(role=Assignment.Role.LEAD).select_related("person")

    def unwritten(self):
        """Return the reviews that were never handed in."""
        return self.filter(state__in=steps.UNWRITTEN).exclude(role=Assignment.Role.LEAD)

    def accepted_since(self, moment):
        """Return the places that somebody accepted and holds, or held until after a moment."""
        lately = Q(ended_at=None) | Q(ended_at__gt=moment)
        return self.exclude(accepted_at=None).exclude(state=steps.VOIDED).filter(lately)

    def of_open_cases(self):
        """Return the places in cases that have not ended."""
        return self.filter(application__ended_at=None)

    def locked(self):
        """Return the reviews that were handed in."""
        return self.reviews().filter(state=steps.LOCKED)


class Assignment(AssignmentWorkflow):
    """A place in the team of an application, with the review that is written from it."""

    class Role(models.TextChoices):
        ASSESSOR = "assessor", _("assessor")
        LEAD = "lead", _("lead assessor")
        THIRD = "third", _("third assessor")

    class ReplacedFor(models.TextChoices):
        LATE = "late", _("The review is more than five days late.")
        WITHDREW = "withdrew", _("The person withdrew.")
        CONFLICT = "conflict", _("A conflict of interest was found.")

    class Reason(models.TextChoices):
        CONFLICT = "conflict", _("I have a conflict of interest.")
        TIME = "time", _("I have no time.")
        LANGUAGE = "language", _("I do not read the language well enough.")
        OTHER = "other", _("Another reason.")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    answer_by = models.DateField(editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    declaration = models.OneToOneField(
        Declaration, null=True, on_delete=models.PROTECT, related_name="assignment", editable=False
    )
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    reason_words = models.TextField(max_length=1000, blank=True)
    accepted_at = models.DateTimeField(null=True, editable=False)
    began_at = models.DateTimeField(null=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    reconfirmed_version = models.CharField(max_length=10, blank=True, editable=False)  # of the eight questions
    ended_at = models.DateTimeField(null=True, editable=False)
    reopened_criteria = models.JSONField(default=list, editable=False)
    reopened_on = models.DateField(null=True, editable=False)
    strengths = models.TextField(_("strengths"), max_length=3000, blank=True)
    advice = models.TextField(_("advice"), max_length=3000, blank=True)
    questions = models.TextField(_("questions to the applicant"), max_length=3000, blank=True)
    has_no_more_questions = models.BooleanField(default=False)
    remarks_version = models.PositiveIntegerField(default=0, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], condition=Q(state__in=steps.OPEN), name="one_place_a_person"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=steps.OPEN, role__in=["lead"]),
                name="one_lead_an_application",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=steps.OPEN, role__in=["third"]),
                name="one_third_assessor_an_application",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=steps.TAKEN) | Q(accepted_at__isnull=False, declaration__isnull=False),
                name="taken_with_a_declaration",
            ),
            models.CheckConstraint(
                condition=Q(state=steps.LOCKED, locked_at__isnull=False)
                | ~Q(state__in=[steps.LOCKED, steps.REOPENED])
                | Q(state=steps.REOPENED, locked_at=None),
                name="locked_at_fits",
            ),
        ]

    def get_absolute_url(self):
        """Where its holder answers and works."""
        return reverse("quality_label:assignment", args=[self.key])

    @property
    def is_review(self) -> bool:
        """Whether its holder judges."""
        return self.role != self.Role.LEAD

    @property
    def network_role(self) -> str:
        """The role in the network in which it is held."""
        return NETWORK_ROLE[self.role]

    @property
    def is_invited(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == steps.INVITED

    @property
    def is_taken(self) -> bool:
        """Whether somebody accepted it and still holds it."""
        return self.state in steps.TAKEN

    @property
    def awaits_agreement(self) -> bool:
        """Whether its holder named a tie that the coordinator has not agreed to yet."""
        return self.is_taken and not self.declaration.is_settled

    @property
    def is_replaceable(self) -> bool:
        """Whether somebody else can be asked in place of its holder, for some reason at least."""
        return self.is_freely_replaceable or bool(self.causes_to_replace())

    @property
    def is_freely_replaceable(self) -> bool:
        """Whether somebody else can be asked for any reason: before the review begins, or while nobody answered."""
        seeks = self.application.state in case_steps.SEEKING and self.application.seeks(self.role)
        return (self.is_taken and seeks) or (self.is_invited and self.application.seeks(self.role))

    def causes_to_replace(self) -> list:
        """Return for what its holder can be replaced once the review began; a conflict counts also after that."""
        Cause, state = self.ReplacedFor, self.application.state
        if not self.is_taken:
            return []
        if self.is_locked:
            others = self.application.assignments.locked().exclude(pk=self.pk).exists()
            found_late = state in [case_steps.CONSENSUS, case_steps.THIRD_REVIEW] and others
            return [Cause.CONFLICT] if found_late or state == case_steps.IN_REVIEW else []
        if state != case_steps.IN_REVIEW:
            return []
        late = [Cause.LATE] if self.days_late() > REPLACEABLE_AFTER else []
        return [*late, Cause.WITHDREW, Cause.CONFLICT]

    @property
    def is_locked(self) -> bool:
        """Whether its review was handed in."""
        return self.state == steps.LOCKED

    @property
    def is_unbegun(self) -> bool:
        """Whether its review was accepted, and nothing is written yet."""
        return self.state == steps.ACCEPTED

    @property
    def is_being_written(self) -> bool:
        """Whether its review may still change."""
        return self.state in steps.WRITING

    @property
    def is_reopened(self) -> bool:
        """Whether an answer of the applicant opened it again, for the criteria that were asked about."""
        return self.state == steps.REOPENED

    @property
    def reads_reviews(self) -> bool:
        """Whether the reviews are laid beside each other, and its holder has none of their own to write first."""
        return self.application.is_compared and not (self.is_review and self.state in steps.UNWRITTEN)

    def review_due_on(self) -> date | None:
        """Return until when its review is written; as the days stand still, it moves on. Fetch `with_words` in lists.

        None while the file is not open to its holder.
        """
        if self.due_on is None:
            return None
        settled = [moment for moment in (self.accepted_at, self.declaration.agreed_at) if moment]
        began = [self.application.review_began_on, self.reopened_on, *map(clock.day_of, settled)]
        set_on = max(filter(None, began))
        return self.application.days().moved(self.due_on, since=set_on)

    def days_late(self) -> int:
        """Return how many days its holder is behind: with the answer, the review, or as lead with the consensus.

        Nobody is late while the days of the case stand still. Fetch `with_words` in lists.
        """
        if not self.is_review and self.is_taken:
            return self.application.days_late() if self.application.is_in_consensus else 0
        due_on = self.answer_by if self.is_invited else self.review_due_on() if self.is_being_written else None
        days = self.application.days()
        return 0 if due_on is None or days.is_paused else max(0, -days.days_until(due_on))

    def is_past_due(self) -> bool:
        """Say whether the days stand still, and the review had not been handed in on its day before. As `days_late`."""
        due_on = self.review_due_on() if self.is_being_written else None
        days = self.application.days()
        return due_on is not None and days.is_paused and days.days_until(due_on) < 0

    def levels(self) -> dict:
        """Return the levels by criterion; what does not apply is left out. Prefetch `ratings` in lists."""
        return {one.code: one.level for one in self.ratings.all() if one.level is not None}

    def ticked(self) -> set:
        """Return the indicators that are so."""
        return {code for one in self.ratings.all() for code in one.ticked}


class Rating(models.Model):
    """What one assessor says of one criterion."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="ratings")
    code = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField(null=True)
    does_not_apply = models.BooleanField(default=False)
    reason = models.TextField(max_length=3000, blank=True)
    evidence = models.JSONField(default=list)  # what it points to: `e4` evidence, `s2` a sampled badge, `f` computed
    ticked = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(default=clock.now)
    former_level = models.PositiveSmallIntegerField(null=True)
    change_reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "code"], name="one_rating_a_criterion"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__lte=HIGHEST), name="rating_on_the_scale"),
            models.CheckConstraint(condition=Q(level=None) | Q(does_not_apply=False), name="rating_applies_or_not"),
        ]
