"""Who did what, when: an append-only log, sealed into a hash chain."""
