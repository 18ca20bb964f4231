"""Workers are killed while a crowd completes a playlist; nothing is lost and nothing is made twice."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import redis

from tests import databases
from tests.portal_process import ROOT, TEST_PORT

FULL_SIZE = os.environ.get("FULL_SIZE") == "1"
LEARNERS, KILLS = (500, 5) if FULL_SIZE else (60, 3)
PATIENCE = 240
pytestmark = [pytest.mark.services, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation of its own, on the engine of this run."""
    known = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "DEMO": "1", "PORT": str(TEST_PORT)}
    known["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    for name in ("SECRET_KEY", "KEY_ENCRYPTION_KEY", "BASE_URL"):
        known.pop(name, None)
    shutil.copytree(databases.template("migrated"), tmp_path / "var")
    if "DATABASE_URL" in known:
        known["DATABASE_URL"] = databases.server_copy(f"waymark_faults_{os.getpid()}")
    return known


def crowd(installation, *words):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.crowd", *words],
        env=installation, cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def crowd_at_work(installation, first, last):
    """Let some learners complete the playlist in a process of their own."""
    command = [sys.executable, "-m", "tests.faults.crowd", "complete", str(first), str(last)]
    return subprocess.Popen(command, env=installation, cwd=ROOT)


def ask(installation, question):
    """Ask the installation's database for a number."""
    if "DATABASE_URL" in installation:
        with psycopg.connect(installation["DATABASE_URL"]) as database:
            return database.execute(question).fetchone()[0]
    with closing(sqlite3.connect(Path(installation["VAR_DIR"]) / "waymark.sqlite3", timeout=20)) as database:
        return database.execute(question).fetchone()[0]


def made(installation):
    return ask(installation, "SELECT count(*) FROM badges_assertion")


def sent(installation):
    return ask(
        installation,
        "SELECT count(*) FROM notifications_outgoingmail WHERE event = 'badges/badge_waiting' AND state = 'sent'",
    )


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


def flush_redis(installation):

    redis.Redis.from_url(installation["REDIS_URL"]).flushall()


def test_killed_workers_lose_nothing_and_repeat_nothing(installation):
    rng = random.Random(7)
    crowd(installation, "build", str(LEARNERS))
    workers, share = Workers(installation), LEARNERS // KILLS
    for number in range(KILLS):
        before = made(installation)
        workers.start()
        learners = crowd_at_work(installation, number * share, (number + 1) * share)
        wait_for(lambda seen=before: made(installation) > seen, otherwise=f"no progress in round {number}")
        time.sleep(rng.uniform(0, 0.5))
        workers.kill()
        if workers.scaled_out and number == 1:
            flush_redis(installation)
        assert learners.wait(PATIENCE) == 0
    workers.start()

    def is_done():
        return made(installation) == sent(installation) == 2 * LEARNERS

    wait_for(is_done, otherwise="not everything was carried out")
    time.sleep(2)
    workers.kill()

    found = json.loads(crowd(installation, "count"))
    assert found == {
        "engine": found["engine"],
        "completed": LEARNERS,
        "rows": 2 * LEARNERS,
        "due": 0,
        "assertions": 2 * LEARNERS,
        "holdings": 2 * LEARNERS,
        "mails": 2 * LEARNERS,
        "mails_sent": 2 * LEARNERS,
    }
    fsck = subprocess.run(
        [sys.executable, "manage.py", "fsck"], env=installation, cwd=ROOT, capture_output=True, text=True
    )
    assert (fsck.stdout, fsck.returncode) == ("", 0)


def wait_for(condition, *, otherwise):
    """Wait until the condition holds; fail with words when patience ends."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, otherwise
        time.sleep(0.1)
