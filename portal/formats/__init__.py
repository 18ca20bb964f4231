"""Dates as readers of each language write them, where Django's own are another country's."""
