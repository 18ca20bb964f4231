"""People: sign-up, addresses, settings, the People page."""
