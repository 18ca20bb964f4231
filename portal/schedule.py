"""Work that outlives a request: functions that look for due rows, run by a clock or by Celery.

A row in the database is the only job there is. A wake-up, by datagram or by broker, says "look now" and may be lost.
"""

import contextlib
import hashlib
import logging
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from celery import current_app, shared_task
from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils.module_loading import autodiscover_modules

log = logging.getLogger("portal.schedule")
LONGEST_SOCKET_PATH = 100  # the kernel takes 107
BROKER_OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}


@dataclass(frozen=True)
class Job:
    """A function that finds its own work, and the longest time it may go unasked."""

    name: str
    seconds: float
    run: Callable[[], object]


jobs: dict[str, Job] = {}


def every(*, seconds: float):
    """Register an idempotent function of no arguments; returning True means that more work is due at once."""

    def register(function):
        name = f"{function.__module__.split('.schedule')[0].split('.')[-1]}.{function.__name__}"
        jobs[name] = Job(name, seconds, function)

        @shared_task(name=name)
        def task():
            run_and_ring(name)

        return function

    return register


def discover() -> dict[str, Job]:
    """Load every app's `schedule` module and return the registered jobs by name."""
    autodiscover_modules("schedule")
    return jobs


def nudge(name: str) -> None:
    """Make the named job look for work right after this transaction commits; a lost nudge only costs time."""
    transaction.on_commit(partial(_ring, name), robust=True)


def _ring(name):
    if settings.REDIS_URL:
        with current_app.connection_for_write(transport_options=BROKER_OPTIONS, connect_timeout=0.5) as connection:
            current_app.send_task(name, connection=connection, retry=False)
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.setblocking(False)
        bell.sendto(name.encode(), str(bell_path()))


def bell_path() -> Path:
    """Return where the embedded worker listens: under var/, or by its digest where that path is too long."""
    path = settings.VAR_DIR.resolve() / "work.sock"
    if len(bytes(path)) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.gettempdir()) / f"waymark-{hashlib.sha256(bytes(path)).hexdigest()[:16]}.sock"


def run_until(stopped: Callable[[], bool]) -> None:
    """Run every job when it is due or nudged, until told to stop: the embedded worker."""
    discover()
    path = bell_path()
    path.unlink(missing_ok=True)
    due = dict.fromkeys(jobs, 0.0)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.bind(str(path))
        try:
            while not stopped():
                bell.settimeout(max(0.01, min(1.0, min(due.values(), default=1.0) - time.monotonic())))
                with contextlib.suppress(TimeoutError):
                    rung = bell.recv(200).decode(errors="replace")
                    due.update({name: 0.0 for name in jobs if name == rung})
                close_old_connections()
                for name in [name for name, at in due.items() if at <= time.monotonic()]:
                    if stopped():
                        break
                    due[name] = time.monotonic() + (0 if run_job(name) else jobs[name].seconds)
        finally:
            path.unlink(missing_ok=True)


def run_job(name: str) -> bool:
    """Run one job; a failure is logged and the job comes round again. Returns whether more work is due."""
    try:
        return bool(jobs[name].run())
    except Exception:
        log.exception("%s failed and will be tried again", name)
        return False


def drain() -> None:
    """Run every job until none has work left; for the demo and for tests."""
    while sum(run_job(name) for name in discover()):
        pass


def run_and_ring(name: str) -> None:
    """Run one job as a Celery task; while more work is due, the next task follows at once."""
    if jobs[name].run():
        _ring(name)


def beat_schedule() -> dict:
    """Return the jobs as Celery beat wants them."""
    return {name: {"task": name, "schedule": job.seconds} for name, job in discover().items()}
