"""Work on what strangers send, in a process of its own with limits on memory and time.

The portal calls `run_confined`; this module run as a program is the other side:
python -m portal.files.confined MEMORY SECONDS MODULE WORD... < content > output
"""

import logging
import resource
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 512 * 1024 * 1024
SLOW = -signal.SIGXCPU

log = logging.getLogger("portal.files")


class Outcome(NamedTuple):
    """How the process ended: 0, a number of its own, `SLOW`, or less than 0 when it was killed."""

    code: int
    output: bytes


def run_confined(module: str, *words, content: bytes, seconds: int, memory: int = MEMORY) -> Outcome:
    """Run a module on some bytes and return what it wrote; it has `seconds` of work within four times as many."""
    program = [sys.executable, "-m", "portal.files.confined", str(memory), str(seconds), module, *map(str, words)]
    try:
        child = subprocess.run(  # noqa: S603 fixed program, no shell
            program, input=content, capture_output=True, timeout=seconds * 4, cwd=ROOT, env={"PATH": ""}
        )
    except subprocess.TimeoutExpired:
        return Outcome(SLOW, b"")
    if child.returncode < 0 or child.stderr:
        reason = child.stderr.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
        log.info("%s ended with %s: %s", module, child.returncode, reason)
    return Outcome(child.returncode, child.stdout)


def main(memory: str, seconds: str, module: str, *words: str) -> None:
    """Take the limits, give up writing files, then do the work."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
