#!/bin/bash
# The tests against PostgreSQL and Redis: first those that share a server, then those that restart it.
set -euo pipefail
readonly RESTARTS=tests/faults/test_killed_lists.py
# Nobody pulls the plug here, and what a killed server had written stays with the system: waiting for a disk proves nothing.
"$1" -c 'import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
    server.execute("ALTER SYSTEM SET fsync = off")
    server.execute("SELECT pg_reload_conf()")'
"$1" -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m services --ignore "$RESTARTS"
"$1" -m pytest "$RESTARTS"
