"""The audit log: append-only, sealed, checked."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from portal.audit.invariants import chain_is_whole
from portal.audit.log import record
from portal.audit.models import AuditEvent, AuditText
from portal.audit.schedule import seal
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def behind_the_trigger(statement, line):
    """Change the table as somebody with the keys to the database would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
            triggers = [row[0] for row in cursor.fetchall()]
            cursor.execute("DROP TRIGGER audit_no_delete")
            cursor.execute("DROP TRIGGER audit_no_change")
            cursor.execute(statement, [line.pk])
            for trigger in triggers:
                cursor.execute(trigger)
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement, [line.pk])
            cursor.execute("SET session_replication_role = DEFAULT")


def sealed_lines(count=3):
    """Write and seal some lines."""
    lines = [record(f"act {n}", facts={"n": n}) for n in range(count)]
    seal()
    return lines


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(verb="another"),
        lambda rows: rows.update(facts={}),
        lambda rows: rows.update(actor=99),
        lambda rows: rows.update(at="2001-01-01T00:00:00Z"),
        lambda rows: rows.update(object_id="7"),
        lambda rows: rows.delete(),
    ],
)
@pytest.mark.parametrize("is_sealed", [True, False])
def test_database_refuses_to_change_or_delete_a_line(change, is_sealed):
    line = record("act", facts={"n": 1})
    if is_sealed:
        seal()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(AuditEvent.objects.filter(pk=line.pk))


def test_database_refuses_to_seal_a_line_twice():
    (line,) = sealed_lines(1)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=line.pk).update(seal="f" * 64)


def test_lines_are_sealed_in_order_without_gaps_over_several_runs():
    first = sealed_lines(2)
    second = sealed_lines(3)

    positions = list(AuditEvent.objects.filter(pk__gte=first[0].pk).order_by("pk").values_list("position", flat=True))
    assert positions == list(range(positions[0], positions[0] + 5))
    assert len(second) == 3
    assert list(chain_is_whole()) == []


def test_sealing_nothing_says_that_no_work_is_left():
    seal()

    assert seal() is False


def test_changed_byte_is_named():
    _, line, _ = sealed_lines()

    behind_the_trigger("UPDATE audit_auditevent SET verb = 'act 7' WHERE id = %s", line)

    assert list(chain_is_whole()) == [f"line {line.pk} was changed, or a line before it was taken out"]


def test_line_taken_out_is_noticed_at_the_next_one():
    _, line, after = sealed_lines()

    behind_the_trigger("DELETE FROM audit_auditevent WHERE id = %s", line)

    assert list(chain_is_whole()) == [f"line {after.pk} was changed, or a line before it was taken out"]


def test_fsck_prints_the_broken_line_and_fails(capsys):
    line, *_ = sealed_lines()
    behind_the_trigger("UPDATE audit_auditevent SET object_id = 'x' WHERE id = %s", line)

    with pytest.raises(SystemExit):
        call_command("fsck")

    assert f"I8 audit chain: line {line.pk} was changed" in capsys.readouterr().out


def test_fsck_is_silent_when_all_is_well(capsys):
    sealed_lines()

    call_command("fsck")

    assert capsys.readouterr().out == ""


def test_words_about_a_person_can_be_erased_without_breaking_the_chain():
    line = record("act", by=PersonFactory(), words="Ona phoned and complained.")
    seal()

    AuditText.objects.filter(event=line).update(words="")

    assert list(chain_is_whole()) == []


def test_erasing_a_person_leaves_their_lines_as_bare_ids():
    person = PersonFactory()
    line = record("act", by=person)
    seal()

    person.delete()

    line.refresh_from_db()
    assert line.actor_id is not None
    assert list(chain_is_whole()) == []
