"""Who takes part in a case, and what is open to whom in it."""

from quality_label.models.appeal_seat import AppealSeat
from quality_label.models.label_suspension import LabelSuspension
from quality_label.models.team import TEAM_SIZE, Assignment
from quality_label.workflow import application as steps
from quality_label.workflow import assignment as team


class ApplicationPeople:
    """What an application knows of its team, its panel and everybody who looks at it."""

    @property
    def seeks_team(self) -> bool:
        """Whether people are asked to join its team now: all of it, a third assessor, or in the place of somebody."""
        return self.state in steps.SEEKING or (
            self.state == steps.IN_REVIEW and self.assignments.team_size() < TEAM_SIZE
        )

    def seeks(self, role) -> bool:
        """Say whether people are asked for a role now."""
        return self.seeks_team and self.is_in_third_review == (role == Assignment.Role.THIRD)

    def people_of_team(self) -> list:
        """Return who holds a place in its team, or was asked to take one."""
        return [one.person for one in self.assignments.open().select_related("person")]

    def has_whole_team(self) -> bool:
        """Say whether two assessors and a lead accepted, all free, and no tie is left to be agreed to."""
        places = self.assignments.taken().select_related("declaration", "person")
        settled = (place for place in places if place.declaration.is_settled)
        roles = sorted(place.role for place in settled if not self.is_barred_for(place.person))
        return roles == sorted([Assignment.Role.ASSESSOR, Assignment.Role.ASSESSOR, Assignment.Role.LEAD])

    def takes_reviews_of(self, role) -> bool:
        """Say whether reviews of a role are written now."""
        return self.state == steps.IN_REVIEW or (self.state == steps.THIRD_REVIEW and role == Assignment.Role.THIRD)

    def lets_write(self, role) -> bool:
        """Say whether reviews of a role may change: while questions are open as well, but for what they are about."""
        return self.takes_reviews_of(role) or self.has_open_questions

    def are_reviews_locked(self) -> bool:
        """Say whether every review that is asked for was handed in, and two at least."""
        places = list(self.assignments.reviews().values_list("role", "state"))
        if self.state == steps.THIRD_REVIEW and Assignment.Role.THIRD not in dict(places):
            return False
        return len(places) >= 2 and {state for _role, state in places} == {team.LOCKED}

    def shows_reviews_to(self, user) -> bool:
        """Say whether the reviews are compared, and the person has neither to write one nor to declare first."""
        still_writes = self.assignments.unwritten().filter(person=user).exists()
        return self.is_compared and not still_writes and self.has_declaration_of(user)

    def is_led_by(self, user) -> bool:
        """Say whether a person leads its team."""
        return self.assignments.taken().held_by(user).filter(role=Assignment.Role.LEAD).exists()

    def is_barred_for(self, user) -> bool:
        """Say whether a conflict that a person declared, or that rows show, bars them from the case."""
        return not type(self).objects.filter(pk=self.pk).free_for(user).exists()

    def is_opened_to(self, user) -> bool:
        """Say whether a person reads it as one of its team, of its panel, or of an appeal's."""
        in_team = self.state in steps.READABLE and self.assignments.settled().held_by(user).exists()
        return in_team or (self.is_ready and self.has_seat(user)) or self.is_appealed_before(user)

    def is_appealed_before(self, user) -> bool:
        """Say whether a person decides on an appeal in the case now, and declared to be free."""
        return AppealSeat.objects.read_by(user).filter(appeal__application=self).exists()

    def people_with_part(self) -> set[int]:
        """Return who led it, judged, voted, wrote a decision down or acted on its label, by primary key."""
        found = {self.coordinator_id, *self.decisions.values_list("recorded_by", flat=True)}
        found |= set(self.assignments.exclude(accepted_at=None).values_list("person", flat=True))
        found |= set(self.seats.exclude(vote="").values_list("person", flat=True))
        suspensions = LabelSuspension.objects.filter(label__application=self)
        for pair in suspensions.values_list("suspended_by", "confirmed_by"):
            found |= set(pair)
        return found - {None}

    def had_part_of(self, user) -> bool:
        """Say whether a person had a part in it."""
        return user.pk in self.people_with_part()

    def is_over_for(self, user) -> bool:
        """Say whether it ended, and a person who took part in it until then reads how."""
        return type(self).objects.filter(pk=self.pk).over_for(user).exists()

    def has_seat(self, user) -> bool:
        """Say whether a person is in its panel."""
        return self.seats.filter(person=user).exists()

    def has_declaration_of(self, user) -> bool:
        """Say whether a person of the network has said if a conflict keeps them from it: the file opens after that."""
        return self.declarations.filter(person=user.pk).exists()

    def has_other_part(self, user) -> bool:
        """Say whether a person has a part in the case other than to coordinate it."""
        return self.assignments.open().filter(person=user).exists() or self.has_seat(user)
