"""@digitalbazaar/vc and the 1EdTech schema judge what templates sign: any shape, any text."""

import os

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from badges import openbadges as ob
from badges.openbadges.credentials import outline
from badges.openbadges.forms import take_apart
from badges.openbadges.templates import Template
from tests.interop.engines import verify_ob3

from .awards import awards
from .samples import World, signer

pytestmark = pytest.mark.interop
BADGES = 1000 if os.environ.get("FULL_SIZE") == "1" else 12


def is_sorted_alike(quads):
    """Tell whether lines have one order by code points (RDFC-1.0, 4.4.3) and by UTF-16, which @digitalbazaar takes."""
    lines = quads.decode().split("\n")[:-1]
    return lines == sorted(lines, key=lambda line: line.encode("utf-16-be"))


def signed_by_template(count):
    badges = []

    @seed(1)
    @settings(
        max_examples=count,
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
        badges.append([batch.sign(award) for award in (first, second)][1])

    draw()
    return badges


@pytest.mark.timeout(1200)
def test_what_templates_sign_is_valid_elsewhere(tmp_path):
    maps = World().maps(tmp_path / "world")
    badges = signed_by_template(BADGES)
    files = [tmp_path / str(number) for number in range(len(badges))]
    for file, badge in zip(files, badges, strict=True):
        file.write_bytes(badge)

    batches = [files[start : start + 250] for start in range(0, len(files), 250)]
    answers = {file: answer for batch in batches for file, answer in zip(batch, verify_ob3(batch, maps), strict=True)}

    assert len(answers) >= BADGES
    assert answers == dict.fromkeys(files, ("VALID", []))
