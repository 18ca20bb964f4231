"""Files people hand in: through one gate, stored outside the web root, served by asking each time."""
