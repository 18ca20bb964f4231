"""Badge classes, the award ledger, assertions and their signed documents."""
