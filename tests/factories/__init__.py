"""Rows for tests, without surprises: what a test needs, it says."""
