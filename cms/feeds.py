"""Feeds as every reader of feeds can read them."""

from django.utils.feedgenerator import Atom1Feed

from portal.folding import printable


class PlainFeed(Atom1Feed):
    """An Atom feed without the characters that XML has no place for; editors paste some, and so do those who search."""

    def __init__(self, title, *args, **facts):
        super().__init__(printable(str(title)), *args, **facts)

    def add_item(self, title, link, description, **facts):
        """Add an entry, its words without what nobody sees."""
        facts |= {name: printable(value) for name, value in facts.items() if isinstance(value, str)}
        super().add_item(printable(title), link, printable(description), **facts)
