#!/bin/bash
# The tests against PostgreSQL and Redis: first those that share a server, then those that restart it.
set -euo pipefail
"$1" -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "services and not slow"
"$1" -m pytest -m "services and slow"
