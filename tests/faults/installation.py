"""An installation of its own for each fault test, with workers that can be killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import redis

from tests.portal_process import ROOT

FULL_SIZE = os.environ.get("FULL_SIZE") == "1"
PATIENCE = 240


def crowd(installation, *words):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.crowd", *words],
        env=installation, cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def connect(installation):
    """Connect to the installation's database."""
    if "DATABASE_URL" in installation:
        return psycopg.connect(installation["DATABASE_URL"])
    return sqlite3.connect(Path(installation["VAR_DIR"]) / "waymark.sqlite3", timeout=20)


def ask(installation, question):
    """Ask the installation's database for a number."""
    with closing(connect(installation)) as database:
        return database.execute(question).fetchone()[0]


LEASES = [
    ("badges_awardrow", "leased_until"),
    ("badges_awardbatch", "reading_until"),
    ("notifications_outgoingmail", "inflight_since"),
]


def end_leases(installation):
    """Let the leases of killed workers end at once; at full size the next workers wait for that."""
    with closing(connect(installation)) as database:
        for table, column in LEASES:
            database.execute(f"UPDATE {table} SET {column} = '2000-01-01 00:00:00' WHERE {column} IS NOT NULL")  # noqa: S608
        database.commit()


class Workers:
    """The worker of an installation: the embedded one, or Celery's with its beat."""

    def __init__(self, installation):
        self.installation = installation
        self.scaled_out = "REDIS_URL" in installation

    def start(self):
        commands = [[sys.executable, "manage.py", "work"]]
        if self.scaled_out:
            celery = [sys.executable, "-m", "celery", "-A", "portal.celery"]
            schedule = os.path.join(self.installation["VAR_DIR"], "beat")
            commands = [
                [*celery, "worker", "--concurrency", "2", "--loglevel", "ERROR"],
                [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "ERROR"],
            ]
        self.processes = [
            subprocess.Popen(command, env=self.installation, cwd=ROOT, start_new_session=True) for command in commands
        ]

    def kill(self):
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if not FULL_SIZE:
            end_leases(self.installation)


def flush_redis(installation):
    redis.Redis.from_url(installation["REDIS_URL"]).flushall()


def fsck(installation):
    """Return what the invariants have to say."""
    done = subprocess.run(
        [sys.executable, "manage.py", "fsck"], env=installation, cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout, done.returncode


def wait_for(condition, *, otherwise, patience=PATIENCE):
    """Wait until the condition holds; fail with words when patience ends."""
    limit = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < limit, otherwise
        time.sleep(0.1)
