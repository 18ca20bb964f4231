"""Telling people: an inbox in the portal and mail, written with the change and sent by the clock."""
