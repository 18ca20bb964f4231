"""Keys at rest and at work: private parts are opened only here."""

from datetime import datetime
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from badges.models import Issuer, IssuerKey
from badges.openbadges import Signer, TokenSigner, generate_rsa_secret, generate_secret, public_key

GENERATORS = {IssuerKey.Algorithm.ED25519: generate_secret, IssuerKey.Algorithm.RS256: generate_rsa_secret}


def signing_key_of(issuer: Issuer, algorithm: str = IssuerKey.Algorithm.ED25519) -> IssuerKey:
    """Return the key that signs for an issuer now, made when none may sign. Call it with the issuer locked."""
    key = issuer.keys.signing(algorithm).first()
    if key is None:
        key = new_issuer_key(issuer, algorithm)
        key.save()
    return key


@sensitive_variables()
def new_issuer_key(issuer: Issuer, algorithm: str = IssuerKey.Algorithm.ED25519) -> IssuerKey:
    """Return an unsaved key, the next of the issuer, its private part encrypted."""
    number = issuer.keys.count() + 1
    secret = GENERATORS[algorithm]()
    key = IssuerKey(issuer=issuer, number=number, algorithm=algorithm, public=public_key(secret))
    key.encrypted = _encrypt(secret, bound_to=key.method)
    return key


def signer(key: IssuerKey, *, created: datetime) -> Signer:
    """Return what signs with a key; every proof it makes says `created`."""
    return Signer(_decrypt(bytes(key.encrypted), bound_to=key.method), verification_method=key.method, created=created)


@sensitive_variables()
def token_signer(key: IssuerKey, *, key_address: str) -> TokenSigner:
    """Return what signs tokens with a key, which the world finds at an address."""
    secret = _decrypt(bytes(key.encrypted), bound_to=key.method)
    return TokenSigner(secret, algorithm=key.algorithm, key_address=key_address)


def can_open(key: IssuerKey) -> bool:
    """Say whether the encryption key of this installation opens the private part, and it fits the public one."""
    try:
        return public_key(_decrypt(bytes(key.encrypted), bound_to=key.method)) == bytes(key.public)
    except (InvalidTag, ValueError):
        return False


def encrypt_anew(key: IssuerKey) -> None:
    """Encrypt the private part with the present encryption key; raise InvalidTag where neither opens it."""
    key.encrypted = _encrypt(_decrypt(bytes(key.encrypted), bound_to=key.method), bound_to=key.method)


@sensitive_variables()
def _cipher(master_key: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"waymark issuer keys 1")
    return AESGCM(derived.derive(master_key.encode()))


@sensitive_variables()
def _encrypt(secret: bytes, *, bound_to: str) -> bytes:
    nonce = urandom(12)
    return nonce + _cipher(settings.KEY_ENCRYPTION_KEY).encrypt(nonce, secret, bound_to.encode())


@sensitive_variables()
def _decrypt(sealed: bytes, *, bound_to: str) -> bytes:
    """Open a private part with the present encryption key, or with the one before."""
    try:
        return _cipher(settings.KEY_ENCRYPTION_KEY).decrypt(sealed[:12], sealed[12:], bound_to.encode())
    except InvalidTag:
        if not settings.KEY_ENCRYPTION_KEY_PREVIOUS:
            raise
    return _cipher(settings.KEY_ENCRYPTION_KEY_PREVIOUS).decrypt(sealed[:12], sealed[12:], bound_to.encode())
