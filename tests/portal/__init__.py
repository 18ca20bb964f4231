"""The floor of the portal: workflow, audit, clock, mail, files, access."""
