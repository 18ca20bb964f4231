"""Two answers of a guardian in the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from portal.accounts.guardians import agree_for_child, refuse_for_child
from portal.accounts.models import Guardian
from portal.workflow import StepRefused
from tests.accounts.children import child_who_waits


@pytest.mark.services
def test_agreeing_and_refusing_in_the_same_moment_leaves_one_of_both(committing_db):
    child, _browser = child_who_waits()
    begin, outcomes = Barrier(2), []

    def answer(decide):
        try:
            begin.wait()
            decide(Guardian.objects.get())
            outcomes.append(decide.__name__)
        except (StepRefused, Guardian.DoesNotExist):
            outcomes.append("too late")
        finally:
            connection.close()

    def agree_for_rasa(guardian):
        agree_for_child(guardian, name="Rasa")

    threads = [Thread(target=answer, args=[decide]) for decide in (agree_for_rasa, refuse_for_child)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    child.refresh_from_db()
    assert outcomes.count("too late") == 1
    assert child.is_active is ("agree_for_rasa" in outcomes)
    assert (child.erased_at is None) is ("agree_for_rasa" in outcomes)
