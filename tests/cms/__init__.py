"""The public site and the demo."""
