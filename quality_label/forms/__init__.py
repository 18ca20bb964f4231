"""Forms in which the network writes what the label asks."""
