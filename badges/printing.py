"""PDF files by WeasyPrint; nobody imports this module at start, as it takes over a second (see `badges.cards`)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher, URLFetcherResponse

from portal.files.pictures import read_picture
from portal.folding import printable

FONTS, PICTURE, PICTURES = "own:portal/fonts/", "own:badge", "own:pictures/"


class OwnFiles(URLFetcher):
    """Fetches pictures of badges, our own fonts, and what an address itself holds; nothing from anywhere."""

    def __init__(self, picture: str):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self.picture = picture

    def fetch(self, url, headers=None):
        if url == PICTURE or url.startswith(PICTURES):
            digest = self.picture if url == PICTURE else url.removeprefix(PICTURES)
            return URLFetcherResponse(url, read_picture(digest), {"Content-Type": "image/png"})
        if url.startswith(FONTS):
            font = Path(finders.find(url.removeprefix("own:")))
            return URLFetcherResponse(url, font.read_bytes(), {"Content-Type": "font/woff2"})
        return super().fetch(url, headers)


def pdf(page: str, picture: str = "", *, attached: Mapping[str, bytes] | None = None) -> bytes:
    """Return a page as tagged PDF, in which one picture of a badge may stand.

    With files inside it, by their name, it is one to keep for ever (PDF/A-3a, ISO 19005-3).
    """
    options = _options(attached)
    return _laid_out(page, picture, options).write_pdf(**options)


def pdf_of_one_sheet(drafts: Iterable[str], picture: str = "", *, attached: Mapping[str, bytes] | None = None) -> bytes:
    """Return the first of some drafts of a page, the fullest first, that fits on one sheet; of the last what fits."""
    options = _options(attached)
    for draft in drafts:
        document = _laid_out(draft, picture, options)
        if len(document.pages) == 1:
            break
    return document.copy(document.pages[:1]).write_pdf(**options)


def _options(attached):
    files = [Attachment(string=content, name=name, relationship="Data") for name, content in (attached or {}).items()]
    return {"pdf_variant": "pdf/a-3a" if files else "pdf/ua-1", "attachments": files}


def _laid_out(page, picture, options):
    return HTML(string=printable(page), url_fetcher=OwnFiles(picture)).render(**options)
