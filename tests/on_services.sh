#!/bin/bash
# The tests against PostgreSQL and Redis: first those that share a server, then those that restart it.
set -euo pipefail
readonly RESTARTS=tests/faults/test_killed_lists.py
"$1" -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m services --ignore "$RESTARTS"
"$1" -m pytest "$RESTARTS"
