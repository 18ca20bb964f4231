"""The people in an organiser, and who was one of them."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import clock


class MembershipQuerySet(models.QuerySet):
    def owners(self):
        """Return the memberships of owners."""
        return self.filter(role=Membership.Role.OWNER)

    def owners_above(self, organiser):
        """Return the memberships of those who own what an organiser is part of."""
        above = self.owners().filter(organiser__in=organiser.parents())
        return above.select_related("person", "organiser").prefetch_related("organiser__texts")

    def acting_in(self, organiser):
        """Return the memberships of an organiser, of the units inside it, and of owners of what it is part of."""
        places = {f"organiser{up}": organiser for up in ["", "__parent", "__parent__parent"]}
        above = Q(organiser__in=organiser.parents(), role=Membership.Role.OWNER)
        return self.filter(Q(**places, _connector=Q.OR) | above)

    def addresses(self):
        """Return the addresses that these members proved."""
        return EmailAddress.objects.filter(user__in=self.values("person"), verified=True).values("email")

    def people_count(self) -> int:
        """Return how many people these are, each once whatever their roles."""
        return self.order_by().values("person").distinct().count()

    def reaching(self):
        """Return the memberships that count in the organiser of an outer query: its own, and its parents' owners."""
        above = Q(organiser=OuterRef("parent")) | Q(organiser=OuterRef("parent__parent"))
        return self.filter(Q(organiser=OuterRef("pk")) | (above & Q(role=Membership.Role.OWNER)))

    def reach(self, field: str):
        """Yield organiser (by a field of it), person and role: a role where it is held, an owner's in all units too."""
        places = [f"organiser__{field}", f"organiser__children__{field}", f"organiser__children__children__{field}"]
        for here, unit, unit_in_it, person, role in self.values_list(*places, "person_id", "role"):
            yield here, person, role
            if role == Membership.Role.OWNER:
                yield from ((below, person, role) for below in (unit, unit_in_it) if below)


class Membership(models.Model):
    """One role of one person in one organiser; an owner's counts in the units inside it as well."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ISSUER = "issuer", _("Issuer")
        AUTHOR = "author", _("Author")
        REVIEWER = "reviewer", _("Reviewer")

    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    since = models.DateTimeField(default=clock.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organiser", "person", "role"], name="role_once")]


class PastMembershipQuerySet(models.QuerySet):
    def recent(self):
        """Return the roles that ended not long ago: they still make a person partial."""
        return self.filter(until__gt=clock.months_later(clock.now(), -PastMembership.KEPT_MONTHS))

    def outdated(self):
        """Return the roles that ended so long ago that nobody asks any more."""
        return self.filter(until__lte=clock.months_later(clock.now(), -PastMembership.KEPT_MONTHS))


class PastMembership(models.Model):
    """A role that ended; kept so that nobody judges those whom they belonged to."""

    KEPT_MONTHS = 36

    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.CASCADE, related_name="past_memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=Membership.Role)
    since = models.DateTimeField()
    until = models.DateTimeField(default=clock.now)

    objects = PastMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
