"""A platform elsewhere, for tests: what it publishes and the badges that it issues."""

import io
import json
from dataclasses import replace

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from badges import openbadges as ob
from tests.badges.openbadges import samples
from tests.portal.web import page

SITE = "https://school.example.org"
DID = "did:web:school.example.org:issuer"


class School(dict):
    """Its pages by path: documents, or answers as they are sent; `requests` keeps what it was asked."""

    def __init__(self, requests, site=SITE):
        super().__init__()
        self.requests = requests
        self.site = site
        self.internet = None  # in which other sites can stand beside it

    @property
    def did(self):
        """The name under which it signs."""
        return ob.did_web(self.site, ["issuer"])

    def __getitem__(self, path):
        found = self.get(path, page(b"nothing", status="404 Not Found"))
        return found if isinstance(found, bytes) else page(json.dumps(found).encode(), kind="application/json")

    def signs(self, email: str = samples.EMAIL, **options) -> bytes:
        """Return a 3.0 badge for somebody, whose key the school publishes."""
        issuer = ob.Issuer(did=self.did, profile_url="", name="School", url=self.site, email="")
        to = ob.Recipient.by_email(email, id="urn:uuid:6a0b3a6e-7a0e-4d0f-8a67-0d6fcd6e6a11", salt="Kosher")
        award = replace(samples.MINIMAL, **{"issuer": issuer, "recipient": to} | options)
        self["/issuer/did.json"] = ob.did_document(self.did, [ob.public_key(samples.SECRET)])
        return self.signer().sign(ob.achievement_credential(award))

    def signer(self) -> ob.Signer:
        """Return the pen of the school."""
        return ob.Signer(samples.SECRET, verification_method=f"{self.did}#key-1", created=samples.NOW)

    def endorses(self, about: str, comment: str = "We know them.") -> bytes:
        """Return a 3.0 endorsement of what has an address."""
        said = json.loads(self.signs())
        said |= {
            "id": f"{self.site}/endorsement",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "Endorsement",
            "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": comment},
        }
        return self.signer().sign({name: value for name, value in said.items() if name != "proof"})

    def hosts(self, email: str = samples.EMAIL, path: str = "/1") -> dict:
        """Publish a 2.0 badge for somebody and return it."""
        self[path] = {
            "@context": "https://w3id.org/openbadges/v2",
            "id": f"{self.site}{path}",
            "type": "Assertion",
            "recipient": {"type": "email", "hashed": True, "salt": "s", "identity": ob.identity_hash(email, "s")},
            "badge": f"{self.site}/badge",
            "issuedOn": "2025-01-01T00:00:00Z",
            "verification": {"type": "hosted"},
        }
        self["/badge"] = {
            "id": f"{self.site}/badge",
            "name": "Cook",
            "description": "Cooks for twenty.",
            "image": f"{self.site}/badge.png",
            "issuer": f"{self.site}/profile",
        }
        self["/badge.png"] = page(samples.png(), kind="image/png")
        self["/profile"] = {"id": f"{self.site}/profile", "name": "School"}
        return self.get(path)


def older_picture(badge: dict) -> bytes:
    """Return a picture with a 2.0 badge alone, as other platforms bake it."""
    inside, picture = PngInfo(), io.BytesIO()
    inside.add_itxt("openbadges", ob.encode(badge).decode())
    Image.new("RGB", (8, 8), "teal").save(picture, "PNG", pnginfo=inside)
    return picture.getvalue()
