"""The plain facts of a badge, before any standard gives them a shape."""

from dataclasses import dataclass
from datetime import date, datetime

from .recipients import identity_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture at an address, with words for those who do not see it."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The organisation that stands behind a badge: `did` names it in 3.0, `profile_url` serves it in 2.0."""

    did: str
    profile_url: str
    name: str
    url: str
    email: str
    description: str = ""
    image: Image | None = None
    endorsements: tuple[str, ...] = ()  # signed EndorsementCredentials, as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A skill or standard elsewhere that the badge answers to, such as a skill in ESCO."""

    name: str
    url: str
    framework: str = ""
    description: str = ""
    code: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """One frozen version of a badge class: `id` names it in 3.0, `hosted_url` serves it in 2.0.

    Texts are in one language, the award's. `workload` is a sentence for people ("12 hours of learning"):
    neither standard has a term for hours, so it ends the criteria.
    """

    id: str
    hosted_url: str
    name: str
    description: str
    image: Image
    criteria_text: str = ""
    criteria_url: str = ""
    type: str = "Badge"
    workload: str = ""
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""

    def __post_init__(self) -> None:
        if not (self.criteria_text or self.criteria_url):
            raise ValueError("A badge needs criteria, as text or as an address.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """The holder: a person is known to the world only by `id` (a urn:uuid) and a salted hash of an e-mail address.

    An organisation is known by its DID alone.
    """

    id: str
    identity_hash: str = ""
    salt: str = ""

    @classmethod
    def by_email(cls, email: str, *, id: str, salt: str) -> "Recipient":
        """Return the recipient behind `email`, hashed with this assertion's own salt."""
        return cls(id=id, identity_hash=identity_hash(email, salt), salt=salt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Something that shows the achievement: a thing at an address, a story, or both."""

    url: str = ""
    name: str = ""
    narrative: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEntry:
    """Where to look whether the badge was taken back: bit `index` of the list at `list_url`."""

    list_url: str
    index: int
    purpose: str = "revocation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One badge given to one person: `id` names it in 3.0, `hosted_url` serves it in 2.0."""

    id: str
    hosted_url: str
    issuer: Issuer
    achievement: Achievement
    recipient: Recipient
    issued_at: datetime
    awarded_at: datetime | None = None
    expires_at: datetime | None = None
    activity_started_on: date | None = None
    activity_ended_on: date | None = None
    narrative: str = ""
    evidence: tuple[Evidence, ...] = ()
    status: StatusEntry | None = None
    image_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """What one issuer says in favour of what `about` names, such as another issuer's DID."""

    id: str
    name: str
    issuer: Issuer
    about: str
    comment: str
    issued_at: datetime
    expires_at: datetime | None = None
    status: StatusEntry | None = None
