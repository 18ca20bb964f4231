"""What can happen to what the label is about: a file for each thing that has states."""
