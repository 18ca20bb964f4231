"""Who offers learning and issues badges: organisers, their members, their places."""
