"""Fetching what verifies a credential, and asking an engine that is not ours."""

import json

from tests.interop.engines import verify_ob3


def published_documents(page, credential, folder):
    """Fetch the DID document, the status list and the contexts of ours that a credential names, for offline engines."""
    said = json.loads(credential.read_bytes())
    did, listed = said["issuer"]["id"], said["credentialStatus"]["statusListCredential"]
    did_url = "http://" + did.removeprefix("did:web:").replace(":", "/").replace("%3A", ":") + "/did.json"
    maps = {}
    ours = [context for context in said["@context"] if context.endswith("/contexts/waymark-1.json")]
    for name, url in {did: did_url, listed: listed, **dict(zip(ours, ours, strict=True))}.items():
        maps[name] = folder / f"{len(maps)}.json"
        maps[name].write_bytes(page.request.get(url).body())
    return maps


def judged(page, credential, folder):
    """Return what the engine says of a credential with the documents that are published now."""
    return verify_ob3([credential], published_documents(page, credential, folder), strict=True)[0]
