"""The Quality Label for Badge Recognition."""
