"""Award lists in files."""
