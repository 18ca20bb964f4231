"""Open Badges 3.0 and 2.0 as pure functions: no web framework, no database, no network, no clock."""

from .baking import OPEN_BADGES_2, OPEN_BADGES_3, BakingError, bake_png, unbake_png
from .checks import Check, Outcome, State, Verification
from .contexts import UnknownContext, vocabulary
from .credentials import achievement, achievement_credential, credential_showing, endorsement_credential, profile
from .drawings import bake_svg, framed_png, unbake_svg
from .facts import (
    Achievement,
    Alignment,
    Award,
    Creator,
    CredentialWords,
    Endorsement,
    Evidence,
    Image,
    Issuer,
    MicroCredential,
    Recipient,
    Resource,
    StatusEntry,
    Translation,
)
from .forms import Forms
from .hosted import assertion, assertion_showing, badge_class, issuer_profile, revocation_list, revoked_assertion
from .keys import (
    decode_multikey,
    did_address,
    did_document,
    did_key_document,
    did_web,
    encode_multikey,
    generate_rsa_secret,
    generate_secret,
    public_jwk,
    public_key,
    verification_method,
)
from .lint import LintError, lint
from .older import verify_older
from .proofs import ProofError, Signer, canonical, verify_proof
from .reading import badge_in, is_credential, is_endorsement, verify_any
from .recipients import identity_hash, matches, new_salt
from .securing import KEY_WITHDRAWN, WITHDRAWN
from .status import (
    MINIMUM_SIZE,
    StatusListError,
    decode_list,
    encode_list,
    is_set,
    status_list_credential,
)
from .summary import Summary, summary_of
from .templates import BatchSigner
from .tokens import ED25519, RS256, TokenSigner, looks_like_a_token, read_token
from .verification import Verifier, verify, verify_endorsement
from .wire import Unreadable, decode, encode, is_address

__all__ = [
    "ED25519",
    "KEY_WITHDRAWN",
    "MINIMUM_SIZE",
    "OPEN_BADGES_2",
    "OPEN_BADGES_3",
    "RS256",
    "WITHDRAWN",
    "Achievement",
    "Alignment",
    "Award",
    "BakingError",
    "BatchSigner",
    "Check",
    "Creator",
    "CredentialWords",
    "Endorsement",
    "Evidence",
    "Forms",
    "Image",
    "Issuer",
    "LintError",
    "MicroCredential",
    "Outcome",
    "ProofError",
    "Recipient",
    "Resource",
    "Signer",
    "State",
    "StatusEntry",
    "StatusListError",
    "Summary",
    "TokenSigner",
    "Translation",
    "UnknownContext",
    "Unreadable",
    "Verification",
    "Verifier",
    "achievement",
    "achievement_credential",
    "assertion",
    "assertion_showing",
    "badge_class",
    "badge_in",
    "bake_png",
    "bake_svg",
    "canonical",
    "credential_showing",
    "decode",
    "decode_list",
    "decode_multikey",
    "did_address",
    "did_document",
    "did_key_document",
    "did_web",
    "encode",
    "encode_list",
    "encode_multikey",
    "endorsement_credential",
    "framed_png",
    "generate_rsa_secret",
    "generate_secret",
    "identity_hash",
    "is_address",
    "is_credential",
    "is_endorsement",
    "is_set",
    "issuer_profile",
    "lint",
    "looks_like_a_token",
    "matches",
    "new_salt",
    "profile",
    "public_jwk",
    "public_key",
    "read_token",
    "revocation_list",
    "revoked_assertion",
    "status_list_credential",
    "summary_of",
    "unbake_png",
    "unbake_svg",
    "verification_method",
    "verify",
    "verify_any",
    "verify_endorsement",
    "verify_older",
    "verify_proof",
    "vocabulary",
]
