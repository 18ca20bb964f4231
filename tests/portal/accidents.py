"""What goes wrong in the middle of something, or at the same time."""

import queue
import threading
import time
from contextlib import suppress

from django.db import connection, transaction

from portal.workflow import StepRefused


def fail_after(act):
    """Do something in a transaction that then fails."""
    with transaction.atomic():
        act()
        raise ZeroDivisionError


def at_once(*steps) -> list:
    """Run the steps in threads that start together; return what each returned or raised."""
    ready, results = threading.Barrier(len(steps)), [None] * len(steps)

    def run(number, step):
        try:
            ready.wait()
            results[number] = step()
        except StepRefused as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def in_a_crowd(steps, hands: int = 16) -> list:
    """Run many steps as fast as some processes of a web server do, each with a connection of its own."""
    waiting, results = queue.SimpleQueue(), [None] * len(steps)
    for pair in enumerate(steps):
        waiting.put(pair)

    def work():
        with suppress(queue.Empty):
            while True:
                number, step = waiting.get_nowait()
                results[number] = step()

    done = at_once(*[work] * hands)
    assert done == [None] * hands
    return results


def while_it_commits(act, then) -> list:
    """Do something in a transaction that stays open for a moment, and something else meanwhile; as `at_once`."""
    done = threading.Event()

    def slowly():
        with transaction.atomic():
            done_so_far = act()
            done.set()
            time.sleep(0.4)
        return done_so_far

    def meanwhile():
        done.wait(5)
        return then()

    return at_once(slowly, meanwhile)
