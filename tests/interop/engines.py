"""What engines that are not ours say about our badges; install them with tests/interop/install.sh."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

DIRECTORY = Path(os.environ.get("INTEROP_DIR") or Path(__file__).parents[2] / "var" / "interop")


class Verdict(NamedTuple):
    """VALID, INVALID or UNRESOLVED, and the engine's own words."""

    verdict: str
    reasons: list[str]


class NotInstalled(RuntimeError):
    """The engines are missing."""


def verify_ob3(
    files: Iterable[Path], maps: Mapping[str, Path], *, strict: bool = True, now: str | None = None
) -> list[Verdict]:
    """Judge 3.0 badges, JSON or baked PNG, in one run of @digitalbazaar/vc.

    `maps` says which file answers for a DID or a status list; `strict` asks the 1EdTech schema too.
    """
    shared = {"maps": {url: str(file) for url, file in maps.items()}, "schema": strict, "now": now}
    return verify_ob3_jobs({**shared, "file": str(file)} for file in files)


def verify_ob3_jobs(jobs: Iterable[Mapping[str, object]]) -> list[Verdict]:
    """Judge many badges, each with maps of its own, in one run; see verify_ob3.mjs for a job."""
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    answers = _run([_installed("node"), _installed("verify_ob3.mjs"), "-"], lines)
    if len(answers) != lines.count("\n"):
        raise RuntimeError("The 3.0 engine did not answer every job.")
    return answers


def verify_ob2(
    inputs: Iterable[str | Path], *, allow: Iterable[str] = (), recipient: str | None = None
) -> list[Verdict]:
    """Judge 2.0 badges, by address, JSON or baked PNG, with the official validator.

    `allow` names the HOST:PORT, on this machine, that it may ask; `recipient` is an e-mail address to match.
    """
    options = [f"--allow={host}" for host in allow]
    if recipient:
        options.append(f"--recipient=email={recipient}")
    return _run([_installed("python/bin/python"), _installed("verify_ob2.py"), *options, *map(str, inputs)])


def issuing_rate(credential: bytes, seconds: float, rounds: int) -> float:
    """Return how often @digitalbazaar/vc issues `credential` in a second of one core, in the best of some rounds."""
    command = [_installed("node"), _installed("issue_ob3.mjs"), str(seconds), str(rounds)]
    return float(subprocess.run(command, input=credential, capture_output=True, timeout=300, check=True).stdout)


def signed_2020(credential: Mapping[str, object], *, secret: bytes, method: str, date: str) -> bytes:
    """Return `credential`, of the data model 1.1, signed by @digitalbazaar/ed25519-signature-2020."""
    job = {"credential": credential, "seed": list(secret), "method": method, "date": date}
    command = [_installed("node"), _installed("issue_2020.mjs")]
    return subprocess.run(command, input=json.dumps(job).encode(), capture_output=True, timeout=60, check=True).stdout


def _installed(name: str) -> str:
    path = DIRECTORY / name
    if not path.exists():
        raise NotInstalled("The foreign engines are missing: run tests/interop/install.sh.")
    return str(path)


def _run(command: list[str], lines: str = "") -> list[Verdict]:
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=300)
    if done.returncode not in (0, 1) or (done.stderr and not done.stdout):
        raise RuntimeError(done.stderr)
    answers = map(json.loads, done.stdout.split("\n")[:-1])
    return [Verdict(answer["verdict"], answer["reasons"]) for answer in answers]
