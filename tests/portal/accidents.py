"""What goes wrong in the middle of something, or at the same time."""

import threading
import time

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
