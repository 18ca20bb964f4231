"""The suite: one behaviour a file, through actions and pages, against real databases, browsers and verifiers."""
