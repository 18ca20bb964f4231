"""The things of this app that can be endorsed: organisers, badges, and badges that somebody holds."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from badges.actions.badge_classes import freeze
from badges.documents import address, assertion_address
from badges.ledger import issuer_of
from badges.models import Assertion, BadgeClass, BadgeClassVersion
from badges.subjects import ASSERTION, BADGE, ORGANISER, Pinned, Subject
from organisers.models import Organiser


class Organisers:
    """An organiser as a whole: what all its badges carry from then on."""

    label = _("Organiser")

    def find(self, key: UUID) -> Subject | None:
        """Return an organiser that may act."""
        found = Organiser.objects.filter(standing__in=Organiser.OPERATING, key=key)
        organiser = found.with_words().with_parents().first()
        return organiser and self._subject(organiser)

    def of(self, organiser) -> list[Subject]:
        """Return the organiser itself."""
        return [self._subject(organiser)] if organiser.may_operate else []

    def pin(self, subject: Subject) -> Pinned:
        """Name the identity under which it issues."""
        return Pinned(address=issuer_of(subject.organiser).did)

    def _subject(self, organiser):
        where = organiser.get_absolute_url()
        return Subject(kind=ORGANISER, key=organiser.key, organiser=organiser, title=organiser.name, url=where)


class Badges:
    """A badge as it is now: an endorsement is of the words that its writer read."""

    label = _("Badge")

    def find(self, key: UUID) -> Subject | None:
        """Return a badge that can be earned."""
        badge = self._published().filter(key=key).first()
        return badge and self._subject(badge)

    def of(self, organiser) -> list[Subject]:
        """Return the published badges of an organiser."""
        return [self._subject(badge) for badge in self._published().of(organiser)]

    def pin(self, subject: Subject) -> Pinned:
        """Name the version that says what the badge says now."""
        version = freeze(BadgeClass.objects.get(key=subject.key))
        return Pinned(address=address("version-achievement", subject.key, version.number), badge_version=version)

    def _published(self):
        operating = BadgeClass.objects.published().filter(organiser__standing__in=Organiser.OPERATING)
        return operating.with_words().select_related("organiser__parent__parent").prefetch_related("skills")

    def _subject(self, badge):
        return Subject(
            kind=BADGE,
            key=badge.key,
            organiser=badge.organiser,
            title=badge.name,
            url=badge.get_absolute_url(),
            says=BadgeClassVersion.digest_of(badge.content()),
        )


class Assertions:
    """A badge that somebody holds; it is chosen on its own page alone."""

    label = _("Badge of a person")

    def find(self, key: UUID) -> Subject | None:
        """Return a badge that its holder accepted and everybody may see."""
        public = Assertion.objects.visible_to(AnonymousUser()).collected().with_words()
        found = public.select_related("badge_class__organiser__parent__parent").filter(key=key).first()
        return found and Subject(
            kind=ASSERTION,
            key=found.key,
            organiser=found.badge_class.organiser,
            title=found.badge_version.words()["name"],
            url=found.get_absolute_url(),
            assertion=found,
        )

    def of(self, organiser) -> list[Subject]:
        """Return none: there may be thousands."""
        return []

    def pin(self, subject: Subject) -> Pinned:
        """Name the credential."""
        return Pinned(address=assertion_address("assertion-credential", subject.key))


ORGANISERS, BADGES, ASSERTIONS = Organisers(), Badges(), Assertions()
