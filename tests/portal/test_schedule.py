"""The embedded worker and its bell."""

import socket
import time
from threading import Event, Thread

import pytest
from django.db import transaction

from portal import schedule
from tests.portal.accidents import fail_after


@pytest.fixture
def worker(committing_db, monkeypatch, tmp_path, settings):
    """Run the loop with jobs of the test alone; returns a function that registers one."""
    settings.VAR_DIR = tmp_path
    stop = Event()
    monkeypatch.setattr(schedule, "jobs", {})
    monkeypatch.setattr(schedule, "discover", lambda: schedule.jobs)
    threads = []

    def start(**jobs):
        for name, run in jobs.items():
            schedule.jobs[name] = schedule.Job(name, 3600, run)
        threads.append(Thread(target=schedule.run_until, args=[stop.is_set]))
        threads[0].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()


def wait_for(condition, seconds=5):
    """Wait until something holds; returns whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_nudge_wakes_the_loop_after_the_commit(worker):
    runs = []
    worker(job=lambda: runs.append(time.monotonic()))
    assert wait_for(lambda: len(runs) == 1)

    with transaction.atomic():
        schedule.nudge("job")
        time.sleep(0.1)
        assert len(runs) == 1
    rung = time.monotonic()

    assert wait_for(lambda: len(runs) == 2)
    assert runs[1] - rung < 0.5


def test_nudge_of_a_transaction_that_failed_wakes_nobody(worker):
    runs = []
    worker(job=lambda: runs.append(1))
    assert wait_for(lambda: runs == [1])

    with pytest.raises(ZeroDivisionError):
        fail_after(lambda: schedule.nudge("job"))

    assert not wait_for(lambda: len(runs) > 1, seconds=0.3)


def test_failing_job_does_not_stop_the_others(worker):
    runs = []
    worker(broken=lambda: 1 / 0, good=lambda: runs.append(1))
    assert wait_for(lambda: runs == [1])

    schedule.nudge("broken")
    schedule.nudge("good")

    assert wait_for(lambda: runs == [1, 1])


def test_job_with_more_work_comes_round_at_once(worker):
    runs = []
    worker(job=lambda: runs.append(1) or len(runs) < 5)

    assert wait_for(lambda: len(runs) == 5)


def test_task_with_more_work_rings_for_the_next(monkeypatch, tmp_path, settings):
    settings.VAR_DIR, settings.REDIS_URL = tmp_path, ""
    amounts = [True, False]
    monkeypatch.setattr(schedule, "jobs", {"job": schedule.Job("job", 3600, amounts.pop)})
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.bind(str(schedule.bell_path()))
        bell.setblocking(False)

        schedule.run_and_ring("job")
        with pytest.raises(BlockingIOError):
            bell.recv(200)
        schedule.run_and_ring("job")

        assert bell.recv(200) == b"job"


def test_nudge_for_a_job_nobody_knows_is_dropped(worker):
    runs = []
    worker(job=lambda: runs.append(1))
    assert wait_for(lambda: runs == [1])

    schedule.nudge("no.such.job")
    schedule.nudge("job")

    assert wait_for(lambda: runs == [1, 1])


def test_nudge_without_a_worker_is_lost_in_silence(committing_db, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    schedule.nudge("job")


def test_bell_hangs_elsewhere_when_the_path_is_too_long_for_a_socket(settings, tmp_path):
    settings.VAR_DIR = tmp_path / ("deep" * 30)

    assert len(str(schedule.bell_path())) < 100
    assert schedule.bell_path() == schedule.bell_path()


def test_every_job_has_a_name_of_its_own_app():
    names = set(schedule.discover())

    assert {"audit.seal", "notifications.send_due_mail"} <= names
    assert all(name.count(".") == 1 for name in names)
