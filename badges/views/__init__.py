"""Pages about badges: for strangers and software, for holders, for those who award."""
