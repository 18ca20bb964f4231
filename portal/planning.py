"""Telling the database how full its tables are, after much was written at once."""

from django.db import connection, models


def look_anew(*tables: type[models.Model]) -> None:
    """Let PostgreSQL's planner see what these tables hold now; by itself it looks about once a minute.

    Between a great load and that look it takes a full table for an empty one, and compares each row with each.
    """
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {names}")
