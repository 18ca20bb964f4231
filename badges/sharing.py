"""Where a badge can be shared: plain links, which say nothing about its holder but what its page says."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _


def share_links(*, address: str, title: str, picture: str) -> list[dict]:
    """Return the links by which networks and mail programs are handed the address of a page."""
    text = f"{title} {address}"
    return [
        {"name": _("E-mail"), "url": f"mailto:?subject={quote(title)}&body={quote(address)}"},
        {"name": "WhatsApp", "url": _link("https://wa.me/", text=text)},
        {"name": "LinkedIn", "url": _link("https://www.linkedin.com/sharing/share-offsite/", url=address)},
        {"name": "Facebook", "url": _link("https://www.facebook.com/sharer/sharer.php", u=address)},
        {"name": "Mastodon", "url": f"https://share.joinmastodon.org/#text={quote(text)}"},
        {"name": "X", "url": _link("https://x.com/intent/post", text=title, url=address)},
        {
            "name": "Pinterest",
            "url": _link("https://www.pinterest.com/pin/create/button/", url=address, media=picture, description=title),
        },
    ]


def _link(where: str, **facts: str) -> str:
    return f"{where}?{urlencode(facts, quote_via=quote)}"
