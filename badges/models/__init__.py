"""Badge classes, issuers, awards, codes and assertions."""

from badges.models.assertion import Assertion
from badges.models.attestation import Attestation
from badges.models.award import AwardBatch, AwardRow
from badges.models.badge_class import BadgeClass, BadgeClassText, BadgeClassVersion
from badges.models.code import ClaimCode, CodeSeries, CodeUse
from badges.models.collection import Collection, CollectionItem
from badges.models.endorsement import Endorsement
from badges.models.group import GroupMember, RecipientGroup
from badges.models.imported import Finding, ImportedBadge
from badges.models.issuer import Installation, Issuer, IssuerKey, StatusList
from badges.models.known_issuer import KnownIssuer
from badges.models.lost_address import AddressRequest
from badges.models.move_in import FormerAward, FormerBadge, MoveIn
from badges.models.portfolio import Portfolio, PortfolioItem
from badges.models.reader_share import ReaderShare, SharedBadge
from badges.models.response import AwardReport, CorrectionRequest
from badges.models.signed_document import SignedDocument
from badges.models.skill import BadgeClassSkill, EscoLabel, EscoSkill
from badges.models.supplement import Supplement, SupplementParcel

__all__ = [
    "AddressRequest",
    "Assertion",
    "Attestation",
    "AwardBatch",
    "AwardReport",
    "AwardRow",
    "BadgeClass",
    "BadgeClassSkill",
    "BadgeClassText",
    "BadgeClassVersion",
    "ClaimCode",
    "CodeSeries",
    "CodeUse",
    "Collection",
    "CollectionItem",
    "CorrectionRequest",
    "Endorsement",
    "EscoLabel",
    "EscoSkill",
    "Finding",
    "FormerAward",
    "FormerBadge",
    "GroupMember",
    "ImportedBadge",
    "Installation",
    "Issuer",
    "IssuerKey",
    "KnownIssuer",
    "MoveIn",
    "Portfolio",
    "PortfolioItem",
    "ReaderShare",
    "RecipientGroup",
    "SharedBadge",
    "SignedDocument",
    "StatusList",
    "Supplement",
    "SupplementParcel",
]
