"""From a fresh checkout to a running portal: database, demo, then web and worker.

    python -m portal.bootstrap

What was done is remembered under var/ by a hash of the migrations, the locks and the demo, so a second start is quick.
"""

import hashlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from portal.messages import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ["requirements.lock", "*/migrations/*.py", "portal/*/migrations/*.py", "cms/actions.py", "badges/esco/*.csv"]
SCHEMA += ["portal/accounts/texts/*.txt"]
DEMO = [*SCHEMA, "cms/demo/*.py", "cms/demo/*.json", "cms/demo/texts/*.json", "cms/demo/site/*.json", "badges/art.py"]


def fingerprint(inputs: list[str]) -> str:
    """Return a hash over the files that a prepared database depends on."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for pattern in inputs:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def manage(*words: str) -> None:
    """Run a management command; stop everything when it fails."""
    done = subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], cwd=ROOT)  # noqa: S603
    if done.returncode:
        sys.exit(done.returncode)


def refuse_taken_port(port: int) -> None:
    """Say so at once when something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken. Start on another one: make run PORT={port + 1}")


def main() -> None:
    """Prepare what is missing and hand over to `manage.py runall`."""
    started = time.monotonic()
    compile_catalogues()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    port = os.environ.get("PORT", "8000")
    if not port.isdecimal():
        sys.exit(f"PORT={port!r}: write a number, such as 8000.")
    refuse_taken_port(int(port))
    var = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    var.mkdir(parents=True, exist_ok=True)
    ready = var / f"ready-{fingerprint(DEMO)}"
    if not ready.exists():
        sys.stdout.write("First start: building the database and the demo network. This takes a few minutes.\n")
        manage("prepare")
        for old in var.glob("ready-*"):
            old.unlink()
        ready.touch()
    sys.stdout.write(f"Prepared in {time.monotonic() - started:.0f} s.\n")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, str(ROOT / "manage.py"), "runall"])  # noqa: S606


if __name__ == "__main__":
    main()
