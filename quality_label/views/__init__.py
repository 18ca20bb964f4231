"""Pages about the label: for everybody, and for the network that writes its rules."""
