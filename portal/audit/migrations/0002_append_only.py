"""The database itself refuses to delete or change a line of the audit log; only its place in the chain may be set once."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditevent
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE ON audit_auditevent
       WHEN OLD.position IS NOT NULL OR OLD.at IS NOT NEW.at OR OLD.verb IS NOT NEW.verb
         OR OLD.actor_id IS NOT NEW.actor_id OR OLD.object_type IS NOT NEW.object_type
         OR OLD.object_id IS NOT NEW.object_id OR OLD.facts IS NOT NEW.facts
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'UPDATE' AND OLD.position IS NULL
            AND (OLD.at, OLD.verb, OLD.actor_id, OLD.object_type, OLD.object_id, OLD.facts)
                IS NOT DISTINCT FROM (NEW.at, NEW.verb, NEW.actor_id, NEW.object_type, NEW.object_id, NEW.facts)
         THEN RETURN NEW; END IF;
         RAISE EXCEPTION 'the audit log is append-only';
       END $$""",
    """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditevent
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
]


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_no_delete")
        schema_editor.execute("DROP TRIGGER audit_no_change")
    else:
        schema_editor.execute("DROP TRIGGER audit_append_only ON audit_auditevent")
        schema_editor.execute("DROP FUNCTION audit_append_only")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
