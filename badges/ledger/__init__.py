"""The one path from a due row to a badge: lease, plan, sign outside any transaction, commit behind a fence.

Killed at any point, the lease runs out and another worker signs the same bytes. Two unique constraints, on the row and
on (badge class, address), decide who won.
"""

import logging
import uuid

from django.db import InterfaceError, OperationalError

from badges.ledger.commits import TRIES, commit, commit_alone, mark_changed
from badges.ledger.leases import CHUNK, LEASE, allocate, issuer_of, lease_rows
from badges.ledger.signatures import sign_rows, with_open_keys

__all__ = [
    "CHUNK",
    "LEASE",
    "TRIES",
    "allocate",
    "award_chunk",
    "issuer_of",
    "lease_rows",
    "mark_changed",
    "sign_rows",
]
log = logging.getLogger("portal.badges")


def award_chunk() -> int:
    """Turn a chunk of due rows into badges; returns how many rows were taken up.

    A database that goes away meanwhile says nothing against a row: the error is raised, and the lease runs out.
    """
    lease = uuid.uuid4()
    leased = lease_rows(lease)
    if rows := with_open_keys(leased):
        signed = sign_rows(rows)
        try:
            commit(rows, signed, lease)
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            log.exception("a chunk of %s rows could not be written; each is tried alone", len(rows))
            for row in rows:
                commit_alone(row, signed, lease)
    return len(leased)
