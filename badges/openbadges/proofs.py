"""Signatures that anyone can check: Data Integrity with eddsa-rdfc-2022 (VC Data Integrity EdDSA 1.0, 3.2)."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse, serialize

from . import base58
from .contexts import UnknownContext, inlined
from .keys import load_private
from .lint import LintError, lint, uncovered
from .wire import Document, encode, moment, timestamp

CRYPTOSUITE = "eddsa-rdfc-2022"
SIGNATURE_2020 = "Ed25519Signature2020"  # of the time before cryptosuites: hashed and signed alike
_REQUIRED = {"type", "created", "verificationMethod", "proofPurpose", "proofValue"}
_OPTIONAL = {"@context", "id", "expires"}
_TOLERABLY_ALIKE = 6


class ProofError(ValueError):
    """The proof does not hold; the message says why."""


def canonical(document: Document) -> bytes:
    """Return the RDFC-1.0 canonical N-Quads of `document` read as JSON-LD, all contexts from our own copies.

    Telling nameless nodes apart that look alike takes up to n! steps; LintError refuses a document made for that.
    """
    quads = list(parse(json.dumps(inlined(document)), RdfFormat.JSON_LD))
    if _most_alike(quads) > _TOLERABLY_ALIKE:
        raise LintError([f"document: more than {_TOLERABLY_ALIKE} parts without an id look alike."])
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    # Not splitlines(): U+0085 and U+2028 may stand inside a literal.
    lines = serialize(dataset, format=RdfFormat.N_QUADS).split(b"\n")
    return b"".join(line + b"\n" for line in sorted(set(lines)) if line)


def _most_alike(quads: list[Quad]) -> int:
    """Count the largest group of blank nodes that RDFC-1.0 cannot tell apart at first sight (4.6)."""
    views: dict[BlankNode, set[tuple[object, ...]]] = defaultdict(set)
    for quad in quads:
        ends = (quad.subject, quad.object, quad.graph_name)
        for node in ends:
            if isinstance(node, BlankNode):
                masked = (end == node if isinstance(end, BlankNode) else end for end in ends)
                views[node].add((quad.predicate, *masked))
    return max(Counter(map(frozenset, views.values())).values(), default=0)


class Signer:
    """Signs an issuer's documents with one key, all dated `created`: one Signer for a batch, or for a request.

    The bytes that `sign` returns are the badge, and are kept and served as they are.
    """

    def __init__(self, secret: bytes, *, verification_method: str, created: datetime) -> None:
        self._key = load_private(secret)
        self._proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": CRYPTOSUITE,
            "created": timestamp(created),
            "verificationMethod": verification_method,
            "proofPurpose": "assertionMethod",
        }
        self._before, self._after = encode({"proof": {**self._proof, "proofValue": "z.."}})[1:].split(b"..")
        self._proof_hashes: dict[tuple[str, ...], bytes] = {}

    def sign(self, document: Document) -> bytes:
        """Return the signed document as exact bytes; raise LintError rather than sign what readers would not see."""
        lint(document)
        return self.seal(encode(document), canonical(document), document["@context"])

    def seal(self, written: bytes, form: bytes, context: list[str]) -> bytes:
        """Return the document `written` with a proof over its canonical `form`; the caller vouches that they agree."""
        signature = self._key.sign(self._proof_hash(context) + hashlib.sha256(form).digest())
        return b"".join((written[:-1], b",", self._before, base58.encode(signature).encode(), self._after))

    def _proof_hash(self, context: list[str]) -> bytes:
        key = tuple(context)
        if key not in self._proof_hashes:
            config = {"@context": context, **self._proof}
            lint(config)
            self._proof_hashes[key] = hashlib.sha256(canonical(config)).digest()
        return self._proof_hashes[key]


def claims_to_be_ours(proof: Document) -> bool:
    """Tell whether a proof names a kind that is verified here, rightly or not."""
    return proof.get("cryptosuite") == CRYPTOSUITE or proof.get("type") == SIGNATURE_2020


def covered(document: Document) -> bytes:
    """Return the canonical form of `document`; raise ProofError if a signature over it would not cover all of it."""
    if faults := uncovered(document):
        raise ProofError("Not covered by the signature: " + " ".join(faults))
    return canonical(document)


def verify_proof(
    document: Document, proof: Document, public: bytes, *, now: datetime, form: Callable[[Document], bytes] = covered
) -> None:
    """Raise ProofError unless `proof` is `public`'s signature over all of `document` (3.2.2).

    `document` is without its `proof`; a part that the signature does not cover breaks it. `form` says the same as
    `covered`.
    """
    _check_options(document, proof, now)
    config = {**proof, "@context": document["@context"]}
    signature = _signature(config.pop("proofValue"))
    try:
        message = b"".join(hashlib.sha256(form(part)).digest() for part in (config, document))
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except UnknownContext:
        raise
    except InvalidSignature:
        raise ProofError("The signature does not match the content.") from None
    except (ValueError, SyntaxError) as error:
        raise ProofError(str(error)) from None


def _check_options(document: Document, proof: Document, now: datetime) -> None:
    kinds = [("DataIntegrityProof", CRYPTOSUITE), (SIGNATURE_2020, None)]
    if (proof.get("type"), proof.get("cryptosuite")) not in kinds:
        raise ProofError(f"Only {CRYPTOSUITE} and {SIGNATURE_2020} proofs are verified here.")
    names = set(proof) - {"cryptosuite"}
    if not names >= _REQUIRED or names - _REQUIRED - _OPTIONAL:
        raise ProofError("The proof lacks a member or has one we do not know.")
    if proof["proofPurpose"] != "assertionMethod":
        raise ProofError("The signature was not made to assert anything.")
    if proof.get("@context", document.get("@context")) != document.get("@context"):
        raise ProofError("The proof was made under another context.")
    try:
        moment(proof["created"])
        if "expires" in proof and moment(proof["expires"]) <= now:
            raise ProofError("The proof has expired.")
    except ValueError as error:
        raise ProofError(str(error)) from None


def _signature(value: object) -> bytes:
    if not isinstance(value, str) or not value.startswith("z") or len(value) > 100:
        raise ProofError("proofValue is not base58btc Multibase.")
    return base58.decode(value[1:])
