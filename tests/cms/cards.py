"""What stands on the cards of a page."""

import html
import re

TITLE = re.compile(r'<a [^>]*href="[^"]*"[^>]*>([^<]*)</a>')


def titles_on(cards) -> list[str]:
    """Return the titles of drawn cards, in order."""
    return [html.unescape(TITLE.search(card)[1]) for card in cards]
