"""The floor every app stands on: people, audit, mail, files, state changes, access, look; and the composition."""
