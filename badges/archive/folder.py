"""A folder that mirrors addresses of the portal."""

from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

from badges.openbadges import encode

PARTS, FONTS = ("page.css", "verify.js"), "portal/fonts"


class Folder:
    """Keeps under each address what the portal answers there; addresses of pages become folders with a page inside."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, address: str, content: bytes | dict) -> None:
        """Write the document at an address."""
        path = self.root / urlsplit(address).path.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(content) if isinstance(content, dict) else content)

    def write_page(self, address: str, page: str) -> None:
        """Write the page at an address."""
        self.write(f"{address.rstrip('/')}/index.html", page.encode())

    def write_parts(self) -> None:
        """Write what all pages share."""
        for name in PARTS:
            self.write(f"archive/{name}", (files("badges.archive") / name).read_bytes())
        for font in Path(finders.find(FONTS)).glob("*.woff2"):
            self.write(f"archive/{font.name}", font.read_bytes())
