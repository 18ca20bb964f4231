"""People: one account, several verified addresses, preferences, network roles."""
