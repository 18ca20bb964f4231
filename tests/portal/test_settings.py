"""Settings: every variable is explained, and a wrong one is refused with a sentence."""

import os
import re
import secrets
import subprocess
import sys
from itertools import pairwise

import pytest
from django.conf import settings as conf

from portal.bootstrap import ROOT

GOOD = {
    "BASE_URL": "https://badges.example.org",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "KEY_ENCRYPTION_KEY": secrets.token_urlsafe(48),
}


def start(tmp_path, *, asks="", **variables):
    """Load the settings in a process of their own; returns its last line of complaint, or the setting it is asked."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **variables}
    done = subprocess.run(
        [sys.executable, "-c", f"from portal import settings; print(getattr(settings, {asks!r}, ''))"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    return done.stderr.strip().rsplit("\n", 1)[-1] or done.stdout.strip()


def test_every_variable_that_is_read_is_explained_and_the_other_way_round():
    source = (ROOT / "portal" / "settings.py").read_text()
    read = set(re.findall(r"""(?:env(?:\.\w+)?|flag|number|secret)\(\s*"([A-Z_]+)\"""", source))
    lines = (ROOT / ".env.example").read_text().splitlines()
    explained = {
        line.split("=")[0] for before, line in pairwise(lines) if re.match("[A-Z_]+=", line) and before.startswith("# ")
    }

    assert read == explained


def test_complete_settings_are_taken(tmp_path):
    assert start(tmp_path, **GOOD) == ""


def test_demo_needs_nothing(tmp_path):
    assert start(tmp_path, DEMO="1") == ""


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"BASE_URL": ""}, "BASE_URL must be the public address"),
        ({"BASE_URL": "badges.example.org"}, "BASE_URL must be the public address"),
        ({"BASE_URL": "https://badges.example.org/portal"}, "BASE_URL must be the public address"),
        ({"BASE_URL": "http://badges.example.org"}, "must begin with https://"),
        ({"DEMO": "1"}, "DEMO=1 has known passwords"),
        ({"DEMO": "1", "BASE_URL": "https://localhost.example.org"}, "DEMO=1 has known passwords"),
        ({"MAP_TILES": "https://tiles.example.org/map.png", "MAP_CREDIT": "T"}, "write https://tiles.example.org/"),
        ({"MAP_TILES": "http://tiles.example.org/{z}/{x}/{y}.png", "MAP_CREDIT": "T"}, "MAP_TILES="),
        ({"MAP_TILES": "https://tiles.example.org; x/{z}/{x}/{y}.png", "MAP_CREDIT": "T"}, "MAP_TILES="),
        ({"MAP_TILES": "https://tiles.example.org/{z}/{x}/{y}.png"}, "MAP_CREDIT must name"),
        ({"MAP_CREDIT_URL": "javascript:alert(1)"}, "MAP_CREDIT_URL="),
        ({"DEMO": "yes"}, "DEMO='yes': write 1 or 0."),
        ({"DEBUG": "on"}, "DEBUG='on': write 1 or 0."),
        ({"PORT": "eighty"}, "PORT='eighty': write a whole number."),
        ({"HOLIDAYS": "Belgium"}, "HOLIDAYS='BELGIUM': write the two letters of a country, such as BE, or nothing."),
        ({"PORT": "-1"}, "PORT='-1': write a whole number."),
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be set"),
        ({"KEY_ENCRYPTION_KEY": "short"}, "KEY_ENCRYPTION_KEY must be set"),
        ({"KEY_ENCRYPTION_KEY": "k" * 40}, "KEY_ENCRYPTION_KEY is a sample"),
        ({"SECRET_KEY": "change-me-change-me-change-me-change-me"}, "SECRET_KEY is a sample"),
        ({"KEY_ENCRYPTION_KEY": conf.KEY_ENCRYPTION_KEY}, "KEY_ENCRYPTION_KEY is a sample"),
        ({"SAFE_FETCH_ALLOW": "localhost:8901"}, "SAFE_FETCH_ALLOW is for tests alone"),
        ({"SAFE_FETCH_ALLOW": "localhost:8901", "DEBUG": "1"}, "SAFE_FETCH_ALLOW is for tests alone"),
        (
            {"SAFE_FETCH_ALLOW": "localhost:8901,10.0.0.1", "DEMO": "1", "BASE_URL": "http://localhost:8000"},
            "SAFE_FETCH_ALLOW='10.0.0.1': write name:port",
        ),
        ({"TOKEN_ALGORITHM": "none"}, "TOKEN_ALGORITHM='none': write EdDSA or RS256."),
    ],
)
def test_wrong_variable_is_refused_with_a_sentence(tmp_path, wrong, sentence):
    assert sentence in start(tmp_path, **(GOOD | wrong))


def test_a_demo_may_let_sites_of_its_machine_in(tmp_path):
    said = start(tmp_path, DEMO="1", SAFE_FETCH_ALLOW="localhost:8901,localhost:8902", asks="SAFE_FETCH_ALLOW")

    assert said.count("localhost") == 2


def test_demo_keeps_its_secrets_between_starts(tmp_path):
    start(tmp_path, DEMO="1")
    first = (tmp_path / "secrets.json").read_text()
    start(tmp_path, DEMO="1")

    assert (tmp_path / "secrets.json").read_text() == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("behind", "count"), [("0", "0"), ("1", "1")])
def test_callers_are_told_apart_behind_a_proxy_and_believed_nothing_without_one(tmp_path, behind, count):
    said = start(tmp_path, **GOOD, BEHIND_PROXY=behind, asks="ALLAUTH_TRUSTED_PROXY_COUNT")

    assert said == count
