"""@digitalbazaar/vc and the 1EdTech schema judge what templates sign: any shape, any text, and any change to it."""

import json
import os
import random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from badges import openbadges as ob
from badges.openbadges.credentials import outline
from badges.openbadges.forms import take_apart
from badges.openbadges.proofs import covered
from badges.openbadges.templates import Template
from tests.interop.engines import verify_ob3

from .awards import awards
from .forgeries import places
from .samples import SECRET, World, png, signer, token_signer

pytestmark = [pytest.mark.interop, pytest.mark.timeout(3600)]
BADGES = 1000 if os.environ.get("FULL_SIZE") == "1" else 50
CHANGES = 200


def is_sorted_alike(quads):
    """Tell whether lines have one order by code points (RDFC-1.0, 4.4.3) and by UTF-16, which @digitalbazaar takes."""
    lines = quads.decode().split("\n")[:-1]
    return lines == sorted(lines, key=lambda line: line.encode("utf-16-be"))


@pytest.fixture(scope="module")
def badges():
    """Awards drawn at random with the badge that a template signed for each: the second of its shape."""
    drawn = []

    @seed(1)
    @settings(
        max_examples=BADGES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data):
        first = data.draw(awards())
        second = data.draw(awards(like=first))
        _, texts = take_apart(outline(second))
        quads = Template(outline(first)).canonical(texts)
        assume(quads and is_sorted_alike(quads))
        batch = ob.BatchSigner(signer())
        drawn.append((second, [batch.sign(award) for award in (first, second)][1]))

    draw()
    return drawn


def judged(directory, contents):
    """Return the verdicts on badges, in the order given."""
    maps = World().maps(directory / "world")
    files = [directory / str(number) for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    starts = range(0, len(files), 250)
    return [verdict for start in starts for verdict in verify_ob3(files[start : start + 250], maps)]


def test_what_templates_sign_is_valid_elsewhere(tmp_path, badges):
    assert len(badges) >= BADGES
    assert judged(tmp_path, [badge for _, badge in badges]) == [("VALID", [])] * len(badges)


def test_it_is_valid_as_picture_and_as_token_too(tmp_path, badges):
    picture, tokens = png(), token_signer(SECRET, 1)
    baked = [ob.bake_png(picture, badge) for _, badge in badges]
    signed = [tokens.sign(ob.achievement_credential(award)) for award, _ in badges]

    assert [verdict for verdict in judged(tmp_path, baked + signed) if verdict != ("VALID", [])] == []


def test_any_change_makes_it_invalid(tmp_path, badges):
    chance, forged = random.Random(1), []
    while len(forged) < CHANGES:
        document = json.loads(chance.choice(badges)[1])
        said = what_it_says(document)
        place = change_one_thing(chance, document)
        if what_it_says(document) != said:
            forged.append((place, ob.encode(document)))

    verdicts = judged(tmp_path, [badge for _, badge in forged])

    pairs = list(zip(forged, verdicts, strict=True))
    assert [(place, verdict) for (place, _), verdict in pairs if verdict.verdict != "INVALID"] == []
    assert [place for place, badge in forged if World().verify(badge).state == ob.State.VERIFIED] == []


def what_it_says(document):
    """Return what readers of JSON-LD see: a node that is told twice, once with fewer members, is no change to them."""
    try:
        return covered(document)
    except (ValueError, SyntaxError):
        return None


def change_one_thing(chance, document):
    """Change a document somewhere, but not so that it leads to somebody whose documents are not at hand."""
    settled = ("@context", "issuer", "proof", "statusListCredential", "verificationMethod")
    leading = (document["@context"], document["issuer"]["id"])
    open_places = [
        (holder, key)
        for holder, key in places(document)
        if key not in settled and holder is not leading[0] and holder[key] != leading[1]
    ]
    holder, key = chance.choice(open_places)
    value = holder[key]
    if chance.random() < 0.3:
        del holder[key]
    elif isinstance(value, dict):
        value["grade"] = "x"
    elif isinstance(value, list):
        value.append("x")
    elif isinstance(value, str):
        holder[key] = chance.choice([f"{value}x", f"x{value}", f"{value.swapcase()}1"])
    else:
        holder[key] = not value if isinstance(value, bool) else value + 1
    return key, value
