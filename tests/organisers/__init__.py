"""Organisers: roles, pages, hand-over."""
