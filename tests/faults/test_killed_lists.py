"""Workers are killed while they read a list and award a badge to it; nothing is lost and nothing is made twice."""

import json
import os
import random
import subprocess
import time

import pytest

from tests.faults.installation import FULL_SIZE, Workers, ask, crowd, flush_redis, fsck, wait_for

ON_SERVER = "DATABASE_URL" in os.environ
ROWS, KILLS, RESTARTS = ((100_000 if ON_SERVER else 20_000), 20, 3) if FULL_SIZE else (1200, 3, 1)
PATIENCE = 1800 if FULL_SIZE else 240
pytestmark = [pytest.mark.services, pytest.mark.slow, pytest.mark.timeout(4 * PATIENCE)]


def left(installation):
    return ask(installation, "SELECT count(*) FROM badges_awardrow WHERE state = 'due'")


def restart_database():
    """Restart the database at once, as after a power cut: every connection breaks."""
    subprocess.run(["pg_ctlcluster", *os.environ["PG_CLUSTER"].split(), "restart", "-m", "immediate"], check=True)


def test_a_list_is_awarded_exactly_once_whatever_is_killed(installation):
    rng = random.Random(11)
    workers = Workers(installation)
    crowd(installation, "upload", str(ROWS))
    for _kill in range(2):  # while the file is read
        workers.start()
        time.sleep(rng.uniform(1, 2))
        workers.kill()
    workers.start()
    drafts = "SELECT count(*) FROM badges_awardbatch WHERE state = 'draft'"
    wait_for(lambda: ask(installation, drafts) == 1, otherwise="the list was not read", patience=PATIENCE)
    workers.kill()

    crowd(installation, "award")
    faults = [*range(KILLS)]
    for number in faults:
        goal = ROWS - ROWS * (number + 1) // (KILLS + 1)
        workers.start()
        wait_for(lambda goal=goal: left(installation) <= goal, otherwise=f"no progress in {number}", patience=PATIENCE)
        time.sleep(rng.uniform(0, 0.3))
        if ON_SERVER and number < RESTARTS:
            restart_database()
        workers.kill()
        if workers.scaled_out and number == RESTARTS:
            flush_redis(installation)
    workers.start()
    wait_for(lambda: left(installation) == 0, otherwise="not everything was carried out", patience=PATIENCE)
    time.sleep(2)
    workers.kill()

    found = json.loads(crowd(installation, "count"))
    assert found["refused"] == []
    assert (found["due"], found["assertions"], found["holdings"], found["mails"]) == (0, ROWS, ROWS, ROWS)
    assert found["mails_sent"] == 0  # held until tomorrow
    assert fsck(installation) == ("", 0)
