"""The public site: home, lists, navigation and the demo network."""
