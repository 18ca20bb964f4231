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
    revocations_url: str = ""
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
class Creator:
    """The organisation that made a badge, which need not be the one that awards it."""

    did: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialWords:
    """What a micro-credential says in words, in one language (Council Recommendation 2022/C 243/02, Annex I)."""

    learning_outcomes: str = ""
    assessment: str = ""
    quality_assurance: str = ""
    prerequisites: str = ""
    grading: str = ""
    stackability: str = ""
    further_information: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicroCredential:
    """What a micro-credential says beyond other badges, as codes; the words are in the language of the award."""

    level: str = ""
    cycle: str = ""
    participation: str = ""
    supervision: str = ""
    awarding_country: str = ""
    workload_minutes: int | None = None
    words: CredentialWords = CredentialWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The texts of an achievement in another language than the award's."""

    language: str
    name: str
    description: str
    criteria_text: str = ""
    words: CredentialWords = CredentialWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """One frozen version of a badge class: `id` names it in 3.0, `hosted_url` serves it in 2.0.

    Texts are in one language, the award's; `translations` hold the others. `workload` is a sentence for people
    ("12 hours of learning"): neither standard has a term for hours, so it ends the criteria. What the standards have
    no term for is said in a vocabulary of our own, which is served at `vocabulary_url`.
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
    version: str = ""
    creator: Creator | None = None
    credits: float | None = None
    micro_credential: MicroCredential | None = None
    translations: tuple[Translation, ...] = ()
    vocabulary_url: str = ""
    endorsements: tuple[str, ...] = ()  # signed EndorsementCredentials, as JSON

    def __post_init__(self) -> None:
        if not (self.criteria_text or self.criteria_url):
            raise ValueError("A badge needs criteria, as text or as an address.")
        if self.needs_vocabulary and not self.vocabulary_url:
            raise ValueError("What the standards have no term for needs the address of the vocabulary.")

    @property
    def needs_vocabulary(self) -> bool:
        """Whether it says something that the standards have no term for."""
        return bool(self.micro_credential or self.translations)


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
class Resource:
    """A file that a credential speaks of, by the digest of its bytes."""

    url: str
    sha256: str
    media_type: str


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
    credits_earned: float | None = None
    results: tuple[str, ...] = ()


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
    resources: tuple[Resource, ...] = ()
