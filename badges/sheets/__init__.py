"""Award lists in files: read safely, cleaned row by row, written as templates and reports; no models, no database."""
