"""The one door for state changes."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django_fsm import FSMField, transition

from portal.audit.models import AuditEvent
from portal.workflow import Stale, StepRefused, Workflow, by_clock, do_all, guard, take, unmet
from tests.factories.accounts import PersonFactory
from tests.portal.accidents import fail_after

pytestmark = pytest.mark.services


@guard("Write down what it is for first.")
def has_purpose(errand):
    return bool(errand.purpose)


def may_run(errand, user):
    return user is not None and user.email == errand.runner


class Errand(Workflow):
    """A small workflow that only these tests know."""

    runner = models.CharField(max_length=100)
    purpose = models.CharField(max_length=50, default="bread")
    state = FSMField(default="open", protected=True)
    note = models.CharField(max_length=50)

    class Meta:
        app_label = "portal"

    @transition(state, source="open", target="done", conditions=[has_purpose], permission=may_run)
    def finish(self, note=""):
        self.note = note

    @transition(state, source="open", target="late", permission=by_clock)
    def grow_late(self):
        """Only time does this."""


@pytest.fixture
def errand(committing_db):
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
    return Errand.objects.create(runner="ona@example.org")


@pytest.fixture
def ona(committing_db):
    return PersonFactory(email="ona@example.org")


def steps_recorded():
    return list(AuditEvent.objects.filter(object_type="portal.errand").order_by("pk").values_list("verb", "facts"))


def test_taking_a_step_saves_it_counts_it_and_leaves_a_line(errand, ona):
    fresh = take(errand.finish, by=ona, note="done by noon")

    assert (fresh.state, fresh.version, fresh.note) == ("done", 1, "done by noon")
    assert Errand.objects.get() == fresh
    assert steps_recorded() == [("portal.errand.finish", {"from": "open", "to": "done"})]


def test_person_without_permission_is_refused_and_nothing_changes(errand):
    with pytest.raises(PermissionDenied):
        take(errand.finish, by=PersonFactory())

    assert Errand.objects.get().state == "open"
    assert steps_recorded() == []


def test_unmet_guard_refuses_with_its_sentence(errand, ona):
    Errand.objects.update(purpose="")

    with pytest.raises(StepRefused) as refusal:
        take(errand.finish, by=ona)

    assert refusal.value.reasons == ["Write down what it is for first."]
    assert Errand.objects.get().state == "open"


def test_step_that_is_over_is_refused_with_a_sentence(errand, ona):
    take(errand.finish, by=ona)

    with pytest.raises(StepRefused) as refusal:
        take(errand.finish, by=ona)

    assert [str(reason) for reason in refusal.value.reasons] == ["This step is not open at this stage."]


def test_guards_judge_the_row_as_it_is_now_not_as_it_was_read(errand, ona):
    Errand.objects.update(purpose="")

    assert unmet(errand.finish) == []
    with pytest.raises(StepRefused):
        take(errand.finish, by=ona)


def test_somebody_who_looked_at_an_older_version_is_told(errand, ona):
    Errand.objects.update(version=3)

    with pytest.raises(Stale) as stale:
        take(errand.finish, by=ona, seen=2)

    assert stale.value.current.version == 3
    assert Errand.objects.get().state == "open"


def test_somebody_who_took_a_step_in_another_window_is_told_so(errand, ona):
    take(errand.finish, by=ona, seen=0)

    with pytest.raises(Stale, match="You changed this in another window"):
        take(errand.finish, by=ona, seen=0)


def test_step_of_the_clock_is_open_to_the_clock_alone(errand, ona):
    with pytest.raises(PermissionDenied):
        take(errand.grow_late, by=ona)

    assert take(errand.grow_late, by=None).state == "late"


def test_failed_step_leaves_no_line_behind(errand, ona):
    with pytest.raises(ZeroDivisionError):
        fail_after(lambda: take(errand.finish, by=ona))

    assert Errand.objects.get().state == "open"
    assert steps_recorded() == []


def test_state_cannot_be_written_past_the_door(errand):
    with pytest.raises(AttributeError):
        errand.state = "done"


def test_of_several_people_who_take_the_same_step_one_succeeds(errand, ona):
    start, ends = Barrier(4), []

    def race():
        start.wait()
        try:
            take(errand.finish, by=ona)
            ends.append("done")
        except StepRefused:
            ends.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["done", "refused", "refused", "refused"]
    assert len(steps_recorded()) == 1
    assert Errand.objects.get().version == 1


def test_what_is_refused_or_fails_stops_no_other_row():
    errands, done = [Errand(pk=number) for number in range(4)], []

    def run(errand):
        if errand.pk == 0:
            raise StepRefused(["Somebody was faster."])
        if errand.pk == 1:
            raise OSError("the disk is full")
        done.append(errand.pk)

    with pytest.raises(ExceptionGroup) as raised:
        do_all((errands[:2], run), (errands[2:], run))

    assert done == [2, 3]
    assert [(str(one), one.__notes__) for one in raised.value.exceptions] == [("the disk is full", ["portal.Errand 1"])]
