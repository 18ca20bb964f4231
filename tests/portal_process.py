"""A portal as people run it: web and worker as processes, on a copy of the demo."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.databases import ROOT, TEST_PORT, template

START_LIMIT = 60


def environment(var: Path, **settings: str) -> dict:
    """Return the environment of a demo portal that keeps everything under `var`."""
    known = {**os.environ, "VAR_DIR": str(var), "DEMO": "1", "PORT": str(TEST_PORT)}
    known["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "KEY_ENCRYPTION_KEY", "BASE_URL", "EMAIL_URL"):
        known.pop(name, None)
    return known | settings


class PortalProcess:
    """The demo portal on a copy of the demo, with some settings of its own; it can be stopped and started again."""

    def __init__(self, var: Path, **settings: str):
        self.var, self.settings = var, settings
        self.base = f"http://localhost:{TEST_PORT}"
        shutil.copytree(template("demo"), var, dirs_exist_ok=True)

    def start(self) -> None:
        """Start web and worker and wait for their first answer."""
        with (self.var / "portal.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "runall"],
                env=environment(self.var, **self.settings),
                cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            wait_until_ready(self.base, self.process, self.var / "portal.log")
        except RuntimeError:
            self.stop()
            raise

    def stop(self) -> None:
        """End web and worker."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)

    @contextmanager
    def stopped(self):
        """Stop the portal for a while."""
        self.stop()
        try:
            yield
        finally:
            self.start()


@contextmanager
def running_portal(var: Path, **settings: str):
    """Run the demo portal; yields it."""
    portal = PortalProcess(var, **settings)
    portal.start()
    try:
        yield portal
    finally:
        portal.stop()


def wait_until_ready(base: str, process, log: Path, path: str = "/healthz/live") -> None:
    """Wait for the first good answer of the portal."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise RuntimeError(f"the portal ended by itself:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{base}{path}", timeout=2):  # noqa: S310 loopback
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the portal did not start:\n{log.read_text()}")


def manage(var: Path, *words: str) -> str:
    """Run a management command of that portal and return what it printed."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment(var), cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout
