"""Workers are killed while a crowd completes a playlist; nothing is lost and nothing is made twice."""

import json
import random
import subprocess
import sys
import time

import pytest

from tests.faults.installation import FULL_SIZE, PATIENCE, Workers, ask, crowd, flush_redis, fsck, wait_for
from tests.portal_process import ROOT

LEARNERS, KILLS = (500, 5) if FULL_SIZE else (36, 3)
pytestmark = [pytest.mark.services, pytest.mark.slow, pytest.mark.timeout(600)]


def crowd_at_work(installation, first, last):
    """Let some learners complete the playlist in a process of their own."""
    command = [sys.executable, "-m", "tests.faults.crowd", "complete", str(first), str(last)]
    return subprocess.Popen(command, env=installation, cwd=ROOT)


def made(installation):
    return ask(installation, "SELECT count(*) FROM badges_assertion")


def sent(installation):
    return ask(
        installation,
        "SELECT count(*) FROM notifications_outgoingmail WHERE event = 'badges/badge_waiting' AND state = 'sent'",
    )


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
        "refused": [],
        "assertions": 2 * LEARNERS,
        "holdings": 2 * LEARNERS,
        "mails": 2 * LEARNERS,
        "mails_sent": 2 * LEARNERS,
    }
    assert fsck(installation) == ("", 0)
