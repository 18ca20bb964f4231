"""Awards of any shape, with the texts that people and their foes type."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from badges import openbadges as ob

from .samples import BASE, FULL, HOSTILE, MINIMAL, STATUS_URL

_AWKWARD = [
    '"',
    "\\",
    "\\\\n",
    "\n",
    "\r\n",
    "\t",
    "\u2028",
    "\x85",
    "🎓👩‍🏫",
    "e\u0301",
    "\u202eevil\u202c",
    "שלום",
    "%s",
    "%(0)s",
    "%%",
    "{0}",
    "${x}",
    "_:c14n0 .",
    "urn:text:0;",
    '"@id"',
    "\ufeff",
    "\ufffe",
    "true",
    "1E0",
    HOSTILE,
    "long " * 2000,
]
_words = st.one_of(st.sampled_from(_AWKWARD), st.text(max_size=20)).map(lambda text: f"x{text}")
_texts = st.lists(_words, min_size=1, max_size=3).map("".join)
_past = st.datetimes(datetime(2020, 1, 1), datetime(2025, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_future = st.datetimes(datetime(2050, 1, 1), datetime(2098, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_days = st.dates(date(2000, 1, 1), date(2098, 1, 1))
_uuids = st.uuids().map(str)
_paths = st.text("abcXYZ019-_.~!$&'()*+,;=:@/?", max_size=12)
_SCHEMES = ["https://example.org/", "http://localhost:8000/a/../", "https://a-b.example/?q=%20", "https://x.example/#"]
_addresses = st.builds(str.__add__, st.sampled_from(_SCHEMES), _paths)


def recipient(number: int) -> ob.Recipient:
    return ob.Recipient.by_email(
        f"{number}@example.com", id=f"urn:uuid:00000000-0000-4000-8000-{number:012}", salt=f"salt{number}"
    )


_OWN = {
    "awarded_at": _past,
    "expires_at": _future,
    "activity_started_on": _days,
    "activity_ended_on": _days,
    "narrative": _texts,
    "status": st.builds(ob.StatusEntry, list_url=st.just(STATUS_URL), index=st.integers(0, 2**17 - 1)),
}
_EVIDENCE = {"url": _addresses, "name": _texts, "narrative": _texts, "description": _texts}


@st.composite
def awards(draw, like: ob.Award | None = None) -> ob.Award:
    """Draw an award of any shape or, with `like`, another one of that shape."""
    sample = like or draw(_samples())
    key, email, salt = draw(_uuids), draw(st.emails()), draw(st.text("abcdefgh01-_", min_size=1, max_size=22))
    return replace(
        sample,
        id=f"{BASE}/assertions/{key}/credential.json",
        hosted_url=f"{BASE}/assertions/{key}.json",
        recipient=ob.Recipient.by_email(email, id=f"urn:uuid:{key}", salt=salt),
        issued_at=draw(_past),
        evidence=tuple(_redrawn(draw, item, _EVIDENCE) for item in sample.evidence),
        **{name: draw(values) for name, values in _OWN.items() if getattr(sample, name)},
    )


def _redrawn(draw, sample, members):
    return replace(sample, **{name: draw(values) for name, values in members.items() if getattr(sample, name)})


@st.composite
def _samples(draw):
    """Draw what a batch has in common, and which members its awards have."""
    absent = draw(st.sets(st.sampled_from(sorted(_OWN))))
    evidence = draw(st.lists(st.sets(st.sampled_from(sorted(_EVIDENCE)), min_size=1), max_size=3))
    return replace(
        FULL,
        issuer=replace(FULL.issuer, name=draw(_texts), image=draw(st.sampled_from([None, FULL.issuer.image]))),
        achievement=replace(
            FULL.achievement,
            name=draw(_texts),
            description=draw(_texts),
            tags=tuple(draw(st.lists(_texts, max_size=3))),
            alignments=FULL.achievement.alignments[: draw(st.integers(0, 2))],
        ),
        evidence=tuple(ob.Evidence(**dict.fromkeys(members, "x")) for members in evidence),
        **{name: getattr(MINIMAL, name) for name in absent},
    )
