"""A Verifier answers of each badge as `verify` does, whatever it saw before."""

import json
import os
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from badges import openbadges as ob
from badges.openbadges.forms import take_apart

from .awards import recipient
from .forgeries import changed, places, retold
from .samples import DID, FULL, MINIMAL, NOW, SHAPES, STATUS_URL, World, signed, signer, status_list, tampered, token

CASES = 10_000 if os.environ.get("FULL_SIZE") == "1" else 100
TAMPERED = tampered()


def verifier(world=None, now=NOW):
    return ob.Verifier(resolve=(world or World()).resolve, now=now)


def taught(world=None):
    """Return a Verifier that tells the form of a full badge, and of every shape of the samples, from its shape."""
    taught = verifier(world)
    for award in (*SHAPES.values(), FULL):
        for number in range(3):
            badge = signed(replace(award, recipient=recipient(number)))
            assert taught.verify(badge).state == ob.State.VERIFIED
    assert tells(taught, signed())
    return taught


def tells(verifier, badge):
    document = json.loads(badge)
    del document["proof"]
    shape, texts = take_apart(document)
    seen = verifier._form.__self__._seen.get(shape)
    return bool(seen and seen.told and seen.told.form(texts))


def signed_anyway(document):
    """Sign whatever it is, as a careless issuer would, with all that contexts do not define."""
    content = {name: part for name, part in document.items() if name != "proof"}
    try:
        return signer().seal(ob.encode(content), ob.canonical(content), content["@context"])
    except (ValueError, SyntaxError, LookupError, TypeError):
        return ob.encode(document)


@pytest.fixture(scope="module")
def experienced():
    return taught()


@pytest.mark.parametrize("name", TAMPERED)
def test_tampered_badge_is_as_invalid_as_alone(name, experienced):
    for _again in range(3):
        answer = experienced.verify(TAMPERED[name])
        assert answer == World().verify(TAMPERED[name])
        assert answer.state == ob.State.INVALID


@pytest.mark.timeout(7200)
def test_any_change_gets_the_answer_that_it_gets_alone(experienced):
    chance, states = random.Random(1), Counter()
    badges = [json.loads(signed(award)) for award in SHAPES.values()]

    for _ in range(CASES):
        document = changed(chance, chance.choice(badges))
        forged = [ob.encode(document), signed_anyway(document), signed_anyway(retold(chance, document))]
        for badge in [*forged, forged[1]]:
            answer = experienced.verify(badge)
            assert answer == World().verify(badge)
            states[answer.state] += 1

    assert states[ob.State.VERIFIED] > CASES / 10
    assert states[ob.State.INVALID] > CASES


def test_every_text_of_a_badge_is_watched(experienced):
    document = json.loads(signed())
    texts = [(holder, key) for holder, key in places(document) if isinstance(holder[key], str)]

    for holder, key in texts:
        kept = holder[key]
        holder[key] = f"{kept}x"
        answer = experienced.verify(ob.encode(document))
        assert answer.state != ob.State.VERIFIED, (key, kept)
        assert answer == World().verify(ob.encode(document))
        holder[key] = kept
    assert len(texts) > 80


def test_halves_of_characters_and_members_told_twice_are_refused(experienced):
    badge = signed()
    for spoilt in (
        badge.replace(b'"Escola', b'"\\ud83dEscola'),
        badge.replace(b'{"@context"', b'{"name":"x","@context"'),
        badge.replace(b'"name":', b'"name":NaN,"x":'),
    ):
        assert experienced.verify(spoilt) == World().verify(spoilt)
        assert experienced.verify(spoilt).state == ob.State.INVALID


def test_a_hundred_badges_ask_for_an_issuer_and_a_list_once():
    asked, world = Counter(), World()

    def resolve(name):
        asked[name] += 1
        return world.resolve(name)

    batch = ob.BatchSigner(signer())
    one = ob.Verifier(resolve=resolve, now=NOW)
    states = {one.verify(batch.sign(replace(FULL, recipient=recipient(number)))).state for number in range(100)}

    assert states == {ob.State.VERIFIED}
    assert asked == {DID: 1, STATUS_URL: 1}


def test_each_badge_has_its_own_bit():
    one = verifier(World(listing=status_list(8)))
    places = [ob.StatusEntry(list_url=STATUS_URL, index=index) for index in (7, 8, 9)]

    states = [one.verify(signed(replace(FULL, status=place))).state for place in places]

    assert states == ["verified", "revoked", "verified"]


def test_a_list_that_does_not_hold_spoils_every_badge_in_it():
    one = verifier(World(listing=status_list(secret=bytes(32))))

    assert [one.verify(signed()).state for _ in range(3)] == [ob.State.INVALID] * 3


def test_tokens_and_badges_that_are_over_get_their_answers():
    later = verifier(now=NOW + timedelta(days=2))
    over = signed(replace(MINIMAL, expires_at=NOW + timedelta(days=1)))

    assert [later.verify(over).state for _ in range(4)] == [ob.State.EXPIRED] * 4
    assert later.verify(token()).state == ob.State.VERIFIED
