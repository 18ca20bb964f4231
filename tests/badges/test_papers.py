"""PDF files that people hand in: the credential inside, or one sentence, whatever they are."""

import io
import zlib

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, NameObject

from badges.openbadges import Unreadable
from badges.papers import badge_inside, credential_in_pdf
from tests.badges.openbadges import samples

SIGNED = samples.signed()


def paper(*files: tuple[str, bytes], password: str = "") -> bytes:
    """Return a PDF of one page with files inside."""
    made = pypdf.PdfWriter()
    made.add_blank_page(100, 100)
    for name, content in files:
        made.add_attachment(name, content)
    if password:
        made.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def test_the_bytes_that_were_attached_come_out():
    assert credential_in_pdf(paper(("notes.txt", b"x"), ("credential.json", SIGNED))) == SIGNED
    assert badge_inside(paper(("credential.json", SIGNED))) == SIGNED


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (paper(), "carries no badge"),
        (paper(("badge.json", SIGNED)), "carries no badge"),
        (paper(("credential.json", SIGNED), ("credential.json", b"{}")), "more than one badge"),
        (paper(("credential.json", b"x" * 2_000_001)), "more than a badge"),
        (paper(*((f"{number}.txt", b"x") for number in range(101))), "more than a badge"),
        (paper(("credential.json", SIGNED), password="secret"), "broken"),
        (paper(("credential.json", SIGNED))[:300], "broken"),
        (b"%PDF-1.7\n", "broken"),
        (b"%PDF-1.7\n" + b"[" * 100_000, "broken"),
    ],
)
def test_what_holds_no_badge_is_told_in_a_sentence(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        badge_inside(content)


def test_a_bomb_is_not_unpacked():
    made = pypdf.PdfWriter()
    made.add_blank_page(100, 100)
    made.add_attachment("credential.json", b"x")
    bomb = DecodedStreamObject()
    bomb.set_data(b"")
    packed = bomb.flate_encode()
    packed._data = zlib.compress(b" " * 1_000_000_000)
    entry = made.root_object["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    entry["/EF"][NameObject("/F")] = made._add_object(packed)
    out = io.BytesIO()
    made.write(out)

    with pytest.raises(Unreadable):
        credential_in_pdf(out.getvalue())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_damage_does_more_than_a_sentence(data):
    whole = paper(("credential.json", SIGNED))
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(8, len(whole) - 1), min_size=1, max_size=60)):
        damaged[place] = data.draw(st.integers(0, 255))

    try:
        found = credential_in_pdf(bytes(damaged))
    except Unreadable as fault:
        found = str(fault)
    assert found
