"""What can happen to what learners do."""
