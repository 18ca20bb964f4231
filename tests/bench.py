"""Benchmarks as ratios within one run; figures of different machines are not comparable.

python -m tests.bench

Rates are for a second of one core, so that other work on the machine counts less.
"""

import os
import sys
import time
from itertools import cycle

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from badges.actions import Recipient, award  # noqa: E402
from badges.documents import award_facts, batch_facts  # noqa: E402
from badges.ledger import award_chunk  # noqa: E402
from badges.models import Assertion, SignedDocument  # noqa: E402
from badges.openbadges import (  # noqa: E402
    BatchSigner,
    Signer,
    State,
    Verifier,
    bake_png,
    decode,
    encode,
    generate_secret,
)
from badges.published import own_document  # noqa: E402
from badges.schedule import sign_stale_lists  # noqa: E402
from badges.verdicts import verdict_on  # noqa: E402
from portal import clock  # noqa: E402
from portal.files.pictures import read_picture  # noqa: E402
from tests import databases  # noqa: E402
from tests.factories.badges import published_badge  # noqa: E402
from tests.interop.engines import NotInstalled, issuing_rate  # noqa: E402

SECONDS, ROUNDS = 3.0, 5


def rate(work) -> float:
    """Return how often `work` runs in a second of this process, in the best of some rounds: the least disturbed one."""
    work()
    return max(_one_round(work) for _ in range(ROUNDS))


def _one_round(work) -> float:
    started, done = time.process_time(), 0
    while time.process_time() - started < SECONDS / ROUNDS:
        work()
        done += 1
    return done / (time.process_time() - started)


def main() -> None:
    """Print one line a benchmark: what, rate a second, ratio to a peer of the same run."""
    settings.ALLOWED_HOSTS.append("testserver")
    databases.use_fresh_copy()
    badge = published_badge()
    people = [Recipient(f"p{n}@example.org", f"Person {n}") for n in range(1000)]
    award(badge, people, by=None, source="playlist", once_key="bench")
    started = time.process_time()
    while award_chunk():
        pass
    ledger = len(people) / (time.process_time() - started)
    sign_stale_lists()

    Assertion.objects.update(published_at=clock.now())
    held = Assertion.objects.select_related("issuer").first()
    body = held.documents.get(format=SignedDocument.Format.OB3).body
    unsigned = {name: value for name, value in decode(body.encode()).items() if name != "proof"}
    key = Ed25519PrivateKey.generate()
    alike = batch_facts(held.batch, held.issuer, held.language)
    facts = cycle([award_facts(row, *alike, held.expires_at) for row in held.batch.rows.select_related("status_list")])
    signer = Signer(generate_secret(), verification_method=f"{held.issuer.did}#key-1", created=clock.now())
    batch_signer = BatchSigner(signer)
    picture = read_picture(held.badge_version.content["picture"])
    client = Client()
    bodies = SignedDocument.objects.filter(format=SignedDocument.Format.OB3).values_list("body", flat=True)
    badges = cycle([text.encode() for text in bodies])
    verifier = Verifier(resolve=own_document, now=clock.now())

    raw = rate(lambda: key.sign(body.encode()))
    signing = rate(lambda: signer.sign(unsigned))
    assert all(verifier.verify(next(badges)).state == State.VERIFIED for _badge in people)
    in_batch = rate(lambda: verifier.verify(next(badges)))
    by_template = rate(lambda: batch_signer.sign(next(facts)))
    lines = [
        ("raw Ed25519 signature", raw, raw, "itself"),
        ("Open Badges 3.0 credential signed", signing, raw, "raw Ed25519"),
        ("Open Badges 3.0 credential signed from a template", by_template, raw, "raw Ed25519"),
        ("award row carried out (SQLite)", ledger, signing, "signing"),
        ("own badge verified with its list, alone", rate(lambda: verdict_on(held, body)), signing, "signing"),
        ("own badge verified with its list, of 1,000 of a batch", in_batch, raw, "raw Ed25519"),
        ("PNG baked", rate(lambda: bake_png(picture, body.encode())), signing, "signing"),
        ("assertion page", rate(lambda: client.get(held.get_absolute_url())), signing, "signing"),
        ("home page", rate(lambda: client.get("/en/")), signing, "signing"),
    ]
    try:
        foreign = issuing_rate(encode(unsigned), SECONDS / ROUNDS, ROUNDS)
        lines.insert(3, ("Open Badges 3.0 credential issued by @digitalbazaar/vc", foreign, by_template, "template"))
    except NotInstalled as missing:
        sys.stderr.write(f"{missing}\n")
    for name, per_second, peer, peer_name in lines:
        sys.stdout.write(f"| {name} | {per_second:,.0f}/s | {per_second / peer:.3f} × {peer_name} |\n")


if __name__ == "__main__":
    main()
